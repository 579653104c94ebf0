"""A rule is changed from a day on: chosen, shown with what becomes of each coming time, then done."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.activities import operations, queries
from sidan.activities.calendar import rest_from
from sidan.activities.changed_form import ChangeSeriesForm, known_of
from sidan.activities.models import Recurring
from sidan.activities.operations import Foreseen
from sidan.activities.permissions import require_announcing
from sidan.activities.saying import rule_words
from sidan.activities.series_forms import COMES
from sidan.activities.views.shared import staff_page
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.people.queries import teams_to_choose
from sidan.places.queries import working_time_of

LOOK_AGAIN: Final = _(
    "This is other than what you were shown. Please look again at what becomes of the coming days."
)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hold it otherwise from a day on; done only by who was shown just what becomes of the coming days."""
    actor, found = _ours(request, uuid)
    form = _form(request, actor, found)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, [], status=422 if form.errors else 200)
    try:
        told = _foreseen(form)
        if (seen := form.cleaned_data["seen"]) != _mark(form, told):
            if seen:
                form.add_error(None, str(LOOK_AGAIN))
            return _page(request, form, told, status=422 if seen else 200)
        cut = operations.change_series(
            actor=actor, at=now(), recurring=found, day=form.cleaned_data["first"], rule=form.rule(),
            plan=form.plan(), words=form.cleaned_data["words"],
        )  # fmt: skip
    except REFUSALS as refusal:
        put_errors(form, refusal, field="first")
        return _page(request, form, [], status=422)
    messages.success(request, gettext("Changed from that day on. What was held before stays as it was."))
    return go_to(request, reverse("activities:series", args=[cut.follows.uuid if cut.follows else uuid]))


@require_POST
@staff_page
def look(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What becomes of the coming days; nothing is written. Where only another way is chosen, nothing is told yet."""
    actor, found = _ours(request, uuid)
    form, told = _form(request, actor, found), list[Foreseen]()
    if form.is_only_switched:
        form.errors.clear()
        return _page(request, form, told)
    if form.is_valid():
        try:
            told = _foreseen(form)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="first")
    return _page(request, form, told, status=422 if form.errors else 200)


def _ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Recurring]:
    """Return who reads and a rule that they may change.

    Raises:
        NoSuchSeries, NotYoursToAnnounce, SeriesOver, SeriesFollowed
    """
    actor, found = actor_of(request), queries.recurring_by_uuid(uuid=uuid)
    require_announcing(actor=actor, place_id=found.place_id, county_id=found.county_id)
    operations.require_changeable(recurring=found)
    return actor, found


def _form(request: HttpRequest, actor: Actor, found: Recurring) -> ChangeSeriesForm:
    leads = queries.leads_to_choose(actor=actor)
    if found.lead not in leads:
        leads.append(found.lead)
    rooms = queries.rooms_to_choose(actor=actor)
    if found.room is not None and found.room not in rooms:
        rooms.append(found.room)
    before, tomorrow = queries.series_of(recurring=found), business_date(now()) + timedelta(days=1)
    is_working = working_time_of(place_id=found.place_id).works_on
    rest = rest_from(before, day=max(tomorrow, found.first), is_working=is_working) or before
    return ChangeSeriesForm(
        request.POST if request.method == "POST" else None, recurring=found, initial=known_of(found, rest),
        teams=teams_to_choose(), leads=leads, rooms=rooms,
    )  # fmt: skip


def _foreseen(form: ChangeSeriesForm) -> list[Foreseen]:
    return operations.foresee_change(
        at=now(), recurring=form.recurring, day=form.cleaned_data["first"], rule=form.rule(), plan=form.plan()
    )


def _mark(form: ChangeSeriesForm, told: Sequence[Foreseen]) -> str:
    """Return by what one knows again just what was shown: the times with their fates, and what is other than before."""
    shown = [(one.of, one.before, one.after, one.fate.value) for one in told]
    return hashlib.sha256(repr((shown, form.changed_words(), form.rule())).encode()).hexdigest()


def _page(
    request: HttpRequest, form: ChangeSeriesForm, told: Sequence[Foreseen], *, status: int = 200
) -> HttpResponse:
    found = form.recurring
    context: dict[str, Any] = {
        "form": form,
        "recurring": found,
        "rule": rule_words(found, queries.series_of(recurring=found), today=business_date(now())),
        "ways": [{"code": way, "label": words, "active": way == form.way} for way, words in COMES.items()],
        "foreseen": told,
        "changed": form.changed_words() if told else [],
        "seen": _mark(form, told) if told else "",
        "back_url": reverse("activities:series", args=[found.uuid]),
    }
    return render(request, "activities/series_change.html", context, status=status)
