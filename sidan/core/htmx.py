"""HTMX as an upgrade of plain HTML: the same view answers with the page or with the piece that changed."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def is_fragment(request: HttpRequest) -> bool:
    """Tell whether only a piece is wanted. A boosted link and a restored history entry want the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def page_or_piece(
    request: HttpRequest, *, page: str, piece: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render the piece for HTMX and the page that includes it for everybody else."""
    response = render(request, piece if is_fragment(request) else page, context, status=status)
    # Without this a browser's back button could show the piece alone.
    patch_vary_headers(response, ("HX-Request",))
    return response


def with_trigger(response: HttpResponse, *, event: str, **detail: object) -> HttpResponse:
    """Let the browser raise an event after the swap; several calls add up."""
    triggers = json.loads(response.headers.get("HX-Trigger", "{}"))
    triggers[event] = detail or None
    # Headers are latin-1: Chinese travels as \\u escapes, which json makes by itself.
    response.headers["HX-Trigger"] = json.dumps(triggers)
    return response


def with_toast(response: HttpResponse, *, sentence: str, kind: str = "ok") -> HttpResponse:
    """Show a sentence for a moment at the edge of the screen."""
    return with_trigger(response, event="sidan:toast", sentence=sentence, kind=kind)


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead to another page after a write: 303 for a form, HX-Redirect for HTMX (which would swap a page's HTML in)."""
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})
