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
from sidan.activities.door_forms import HereForm
from sidan.activities.operations import Came
from sidan.activities.policies import is_door_open
from sidan.attendance.enums import Direction
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, put_errors
from sidan.core.requests import actor_of
from sidan.people.permissions import require_signed_in


@require_http_methods(AND_WRITES)
@once_per_form
def here(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Come or go: the picture on the screen leads here with its digits filled in."""
    actor = actor_of(request)
    _account_id, person_id = require_signed_in(actor=actor)
    found = queries.activity_by_uuid(uuid=uuid)
    posted = request.POST if request.method == "POST" else None
    times = queries.own_times(activity=found, person_id=person_id)
    direction = Direction.OUT if times.came_at else Direction.IN
    form = HereForm(posted, initial={"code": request.GET.get("code", "")[:6], "direction": direction.value})
    if posted is not None and form.is_valid():
        try:
            came = operations.check_self(actor=actor, at=now(), activity=found, **form.cleaned_data)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="code")
        else:
            messages.success(request, str(_words(came)))
            return go_to(request, reverse("activities:here", args=[uuid]))
    context: dict[str, Any] = {
        "activity": found,
        "form": form,
        "times": times,
        "comes": direction == Direction.IN,
        "is_open": is_door_open(
            state=found.state, direction=direction.value, span=found.span, at=now()
        ),
    }  # fmt: skip
    return render(request, "activities/here.html", context, status=422 if form.errors else 200)


def _words(came: Came) -> str | Promise:
    if came.mark.direction == Direction.OUT:
        return _("Checked out. Thank you for having been here!")
    if came.helps:
        return _("Checked in. Please check out when you go: your hours are made of both.")
    return _("Checked in. Welcome!")
