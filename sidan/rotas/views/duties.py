"""One person's turn, for staff: by hand, taking off, not there, taking that back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.attendance.enums import Direction
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import View, act, act_by_form, keep_typed
from sidan.core.requests import actor_of, as_read
from sidan.rotas import operations, queries
from sidan.rotas.door_forms import HandForm
from sidan.rotas.enums import DutyState
from sidan.rotas.forms import WhyForm
from sidan.rotas.models import Duty
from sidan.rotas.permissions import may_run, require_running, sees_names
from sidan.rotas.policies import is_door_open
from sidan.rotas.views.shared import staff_page, told_steps


@require_safe
@staff_page
def duty(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One turn with what happened to it."""
    return _shown(request, uuid)


def _shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    actor, at, found = actor_of(request), now(), queries.duty_by_uuid(uuid=uuid)
    runs = may_run(actor=actor, thing=found)
    times = queries.own_times(watch=found.watch, person_id=found.person_id)
    stands = runs and found.state == DutyState.PLANNED
    is_open = is_door_open(state=found.watch.state, direction="out", span=found.span, at=at)
    direction = Direction.OUT if times.came_at else Direction.IN
    context: dict[str, Any] = {
        "duty": found,
        "runs": runs,
        "sees_names": sees_names(actor=actor, thing=found),
        "times": times,
        "steps": told_steps(queries.history(duty=found)) if runs else [],
        "hand_form": HandForm(auto_id="hand_%s", initial={"direction": direction.value})
        if stands and not times.went_at and (is_open or found.span.ends <= at)
        else None,
        "off_form": WhyForm(auto_id="off_%s") if stands and found.span.begins > at else None,
        "miss_form": WhyForm(auto_id="miss_%s") if stands and found.span.ends <= at and not times.came_at else None,
        "may_excuse": runs and found.state == DutyState.ABSENT,
    }  # fmt: skip
    keep_typed(context, name=name, form=form)
    return render(request, "rotas/staff_duty.html", context)


def _ours(request: HttpRequest, uuid: UUID) -> Duty:
    found = queries.duty_by_uuid(uuid=uuid)
    require_running(actor=actor_of(request), thing=found)
    return found


def _url(uuid: UUID) -> str:
    return reverse("rotas:staff_duty", args=[uuid])


def _act(
    form: Callable[..., forms.Form], write: Callable[..., object], *, name: str, done: str | Promise
) -> View:
    """Return the view of one act with words; a refused form is shown under its `name` with what was typed."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        found = as_read(request, _ours(request, uuid))
        return act_by_form(
            request, form=form(request.POST), done=done, url=_url(uuid),
            write=lambda typed: write(actor=actor_of(request), at=now(), duty=found, **typed),
            page=lambda refused: _shown(request, uuid, name=name, form=refused),
        )  # fmt: skip

    return view


hand = _act(
    HandForm, operations.mark_by_hand, name="hand_form",
    done=_("Written down. It counts once a second person has confirmed it."),
)  # fmt: skip
take_off = _act(WhyForm, operations.take_off, name="off_form", done=_("Taken off; they read why."))
miss = _act(WhyForm, operations.miss, name="miss_form", done=_("Written down; they are asked to answer."))


@require_POST
@staff_page
@once_per_form
def excuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back that somebody was not there."""
    found = as_read(request, _ours(request, uuid))
    return act(
        request, url=_url(uuid), done=_("Taken back; they are told."),
        write=lambda: operations.excuse(actor=actor_of(request), at=now(), duty=found),
    )  # fmt: skip
