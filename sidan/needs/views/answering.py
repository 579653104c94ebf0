"""Answering a survey: by anybody with the link, or entered by staff from paper or a home visit."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sidan.core.clock import now
from sidan.core.danger import NUMBERS
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.needs import operations, queries
from sidan.needs.forms import EnteredSheetForm, PublicSheetForm, VillageSearch
from sidan.needs.views.shared import places_of, staff_page
from sidan.orders.words import EmergencyCall, calls_of
from sidan.people.access import address_of

MOST_CALLS: Final = 3


@require_http_methods(AND_WRITES)
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The questions of a survey; no account, no name. Closed meanwhile, what was typed stays on the page."""
    found = queries.asked_survey_by_uuid(uuid=uuid)
    villages = queries.villages_of(survey=found)
    village = VillageSearch(request.GET).chosen(villages)
    form = PublicSheetForm(
        request.POST if request.method == "POST" else None, questions=found.asked, villages=villages,
        village=village,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_survey(
                at=now(), survey=found, answers=form.answers(), address=address_of(request),
                place=form.village(), client_id=form.cleaned_data["client"],
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            calls = operations.calls_for_answer(survey=found, answers=form.answers())
            return go_to(request, reverse("needs:thanks", args=[found.uuid], query={"call": calls}))
    context = {"survey": found, "form": form, "village": village}
    return render(request, "needs/sheet.html", context, status=422 if form.errors else 200)


@require_safe
def thanks(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say thank you; and first of all whom to call, where the words spoke of danger to life."""
    context = {"survey": queries.survey_by_uuid(uuid=uuid), "calls": _calls(request)}
    return render(request, "needs/thanks.html", context)


def _calls(request: HttpRequest) -> list[EmergencyCall]:
    """Return whom to call, as the page before found in what was just sent."""
    return calls_of(dict.fromkeys(request.GET.getlist("call")[:MOST_CALLS]))


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def enter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Enter a sheet; typed answers wait on this device until they are sent."""
    found = queries.asked_survey_by_uuid(uuid=uuid)
    posted = request.POST if request.method == "POST" else None
    form = EnteredSheetForm(posted, questions=found.asked, places=places_of(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.enter_answer(
                actor=actor_of(request), at=now(), survey=found, place=data["place"], source=data["source"],
                answers=form.answers(), client_id=data["client"], kept_for=form.kept_for(),
            )  # fmt: skip
        except REFUSALS as refusal:
            put_errors(form, refusal)
        else:
            messages.success(request, str(_("The sheet is kept. Here is an empty one for the next.")))
            calls = operations.calls_for_answer(survey=found, answers=form.answers())
            here = reverse("needs:enter_answer", args=[found.uuid], query={"kept": 1, "call": calls})
            return go_to(request, here)
    context = {
        "survey": found, "form": form, "kept": request.method == "GET" and "kept" in request.GET,
        "calls": _calls(request), "numbers": calls_of(NUMBERS),
    }  # fmt: skip
    return render(request, "needs/enter.html", context, status=422 if form.errors else 200)
