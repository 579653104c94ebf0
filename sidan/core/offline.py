"""Pages that open without network: the worker that keeps one, served below the addresses that it may answer for."""

from django.http import HttpRequest, HttpResponse

from sidan.core.assets import built_script


def worker_answer(request: HttpRequest) -> HttpResponse:
    """Return the service worker; it keeps the page `offline/` below its own address."""
    del request
    response = HttpResponse(
        built_script("src/offline-worker.js"), content_type="text/javascript; charset=utf-8"
    )
    # A worker that is kept would open the page of an older release.
    response.headers["Cache-Control"] = "no-cache"
    return response
