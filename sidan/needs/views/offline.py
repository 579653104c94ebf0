"""Surveys at doors without network: a page that the device keeps, and the empty sheets that it is filled with."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sidan.core.danger import NUMBERS
from sidan.core.offline import worker_answer
from sidan.core.requests import actor_of
from sidan.needs import queries
from sidan.needs.forms import EnteredSheetForm
from sidan.needs.models import Survey
from sidan.needs.views.shared import places_of, staff_page
from sidan.orders.words import calls_of
from sidan.places.models import Place

MOST_SHEETS: Final = 20
"""Open surveys that a device keeps, the newest: an office has a few at a time."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The frame of the page: the same for everybody, so that the device may keep it."""
    return render(request, "needs/offline.html", {"numbers": calls_of(NUMBERS)})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, under the address whose pages it may serve."""
    return worker_answer(request)


@require_safe
@staff_page
def sheets(request: HttpRequest) -> HttpResponse:
    """The empty sheets of the open surveys that one may enter answers to: questions and villages, nobody's words."""
    surveys, places = list(queries.open_surveys()[:MOST_SHEETS]), places_of(request)
    below = queries.places_below(surveys=surveys, places=places)
    kept = [
        {"survey": str(one.uuid), "title": one.title, "html": _empty(request, one, below[one.pk])}
        for one in surveys
        if below[one.pk]
    ]
    return JsonResponse({"account": str(actor_of(request).account_uuid), "sheets": kept})


def _empty(request: HttpRequest, survey: Survey, places: list[Place]) -> str:
    """Draw a sheet without anything of this session: it is used long after."""
    form = EnteredSheetForm(questions=survey.asked, places=places, auto_id=f"id_{survey.pk}_%s")
    context = {
        "survey": survey, "form": form, "account": actor_of(request).account_uuid, "of_device": True,
    }  # fmt: skip
    return render_to_string("needs/_sheet.html", context)
