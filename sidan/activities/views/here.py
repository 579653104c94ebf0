"""Being there: who stands before the door of an activity checks in and out by the code on its screen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sidan.activities import operations, queries
from sidan.activities.door_forms import HereForm, HerePlaceForm
from sidan.activities.inbox_words import refused_at_door
from sidan.activities.models import Activity
from sidan.activities.operations import Came
from sidan.activities.policies import is_door_open
from sidan.attendance.enums import Direction
from sidan.attendance.queries import has_consented
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.people.permissions import require_signed_in


@require_http_methods(AND_WRITES)
@once_per_form
def here(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Come or go: the picture on the screen leads here with its digits filled in; or by where the telephone is."""
    actor = actor_of(request)
    require_signed_in(actor=actor)
    found = queries.activity_by_uuid(uuid=uuid)
    if request.method != "POST":
        return _shown(request, actor, found)
    form = HerePlaceForm(request.POST) if "latitude" in request.POST else HereForm(request.POST)
    if form.is_valid():
        try:
            came = _check(actor, found, form)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="code")
        else:
            messages.success(request, str(_words(came)))
            return go_to(request, reverse("activities:here", args=[uuid]))
    return _shown(request, actor, found, form)


def _check(actor: Actor, found: Activity, form: HereForm | HerePlaceForm) -> Came:
    data = form.cleaned_data
    if isinstance(form, HerePlaceForm):
        return operations.check_self_by_place(
            actor=actor, at=now(), activity=found, reading=form.reading, direction=data["direction"]
        )
    return operations.check_self(actor=actor, at=now(), activity=found, **data)


def _shown(
    request: HttpRequest, actor: Actor, found: Activity, refused: HereForm | HerePlaceForm | None = None
) -> HttpResponse:
    person_id = actor.person_id or 0
    times = queries.own_times(activity=found, person_id=person_id)
    direction = Direction.IN if times.comes_next(now()) else Direction.OUT
    typed = {"code": request.GET.get("code", "")[:6], "direction": direction.value}
    by_place = HerePlaceForm(initial=typed, auto_id="place_%s") if queries.has_point(activity=found) else None
    context: dict[str, Any] = {
        "activity": found,
        "form": refused if isinstance(refused, HereForm) else HereForm(initial=typed),
        "place_form": refused if isinstance(refused, HerePlaceForm) else by_place,
        "may_read_place": has_consented(person_id=person_id),
        "times": times,
        "not_written": [
            (row, refused_at_door(outcome=row.outcome))
            for row in queries.not_written_at(activity=found).filter(person=person_id)
        ],
        "comes": direction == Direction.IN,
        "is_asked": bool(refused or typed["code"] or not times.went_at),
        "is_open": is_door_open(
            state=found.state, direction=direction.value, span=found.span, at=now()
        ),
    }  # fmt: skip
    return render(request, "activities/here.html", context, status=422 if refused else 200)


def _words(came: Came) -> str | Promise:
    if came.mark.direction == Direction.OUT:
        return _("Checked out. Thank you for having been here!")
    if came.helps:
        return _("Checked in. Please check out when you go: your hours are made of both.")
    return _("Checked in. Welcome!")
