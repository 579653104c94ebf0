"""Which talks are given at an activity, and by whom."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sidan.activities.models import Activity
from sidan.activities.permissions import require_running
from sidan.activities.queries import activity_by_uuid
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, act, put_errors
from sidan.core.requests import actor_of
from sidan.lectures import operations, queries
from sidan.lectures.enums import GIVEN_AT
from sidan.lectures.forms import GiveForm
from sidan.lectures.views.shared import staff_page


def _activity_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Activity]:
    actor, found = actor_of(request), activity_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def at_activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The talks of an activity, and one more."""
    actor, found = _activity_of_ours(request, uuid)
    if found.kind not in GIVEN_AT:
        raise operations.NoTalksHere
    posted = request.POST if request.method == "POST" else None
    form = GiveForm(
        posted, talks=queries.talks_to_give(county_id=found.county_id),
        lecturers=queries.lecturers_to_choose(county_id=found.county_id),
    )  # fmt: skip
    if posted is not None and form.is_valid():
        try:
            operations.say_given(actor=actor, at=now(), activity=found, **form.cleaned_data)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="talk")
        else:
            messages.success(request, str(_("The talk stands with the activity now: everybody can read it.")))
            return go_to(request, reverse("lectures:at_activity", args=[uuid]))
    return _shown(request, found, form)


def _shown(request: HttpRequest, found: Activity, form: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "activity": found,
        "given": queries.given_at(activity=found),
        "form": form,
    }
    return render(request, "lectures/at_activity.html", context, status=422 if form.errors else 200)


@require_POST
@staff_page
@once_per_form
def take_off(request: HttpRequest, uuid: UUID, given: UUID) -> HttpResponse:
    """A talk is not given there after all."""
    actor, found = _activity_of_ours(request, uuid)
    row = queries.given_by_uuid(activity=found, uuid=given)
    return act(
        request, url=reverse("lectures:at_activity", args=[uuid]), done=_("The talk is taken off the activity."),
        write=lambda: operations.take_off(actor=actor, at=now(), given=row),
    )  # fmt: skip
