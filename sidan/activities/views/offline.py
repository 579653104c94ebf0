"""The doors of activities without network: one page for whoever comes, one for staff who read codes; nobody's data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sidan.activities.door_forms import ScanForm
from sidan.core.offline import worker_answer


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The frame of the page on which one comes: the same for everybody, so that the telephone may keep it."""
    return render(request, "activities/offline.html")


@require_safe
def desk_page(request: HttpRequest) -> HttpResponse:
    """The frame of the page on which staff read codes, likewise."""
    return render(request, "activities/offline_desk.html", {"scan_form": ScanForm(auto_id="scan_%s")})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, under the address whose pages it may serve."""
    return worker_answer(request)
