"""Taking over: a leader asks, another leader or the office answers."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.ids import read_uuid
from sidan.core.pages import REFUSALS, staff_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.enums import Reason, TakeOverState
from sidan.orders.forms.passing import OFFICE, TAKE_REASONS, AskTakeOverForm, KeepForm, TakeForm
from sidan.orders.models import Order, TakeOver, WorkPart
from sidan.orders.operations.passing import TakeOverOver
from sidan.orders.permissions import require_any_team, require_order_staff
from sidan.orders.views.acts import act_on, order_shown, team_pressed
from sidan.orders.views.asked import asked_context, teams_choices
from sidan.orders.views.board import board_shown, card_shown, card_url, keep_form, led
from sidan.orders.views.parts import part_pressed
from sidan.orders.views.shared import back_when_over, tell_and_go, tell_whom_to_call


@require_POST
@once_per_form
@back_when_over("orders:board")
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask another team, or the office, to take the order over."""
    assignment, at = led(request, uuid), now()
    form = AskTakeOverForm(request.POST, teams=teams_choices(assignment))
    if not form.is_valid():
        return card_shown(request, assignment, ask_form=form)
    data = form.cleaned_data
    team = None if data["to"] == OFFICE else team_pressed(data["to"])
    try:
        operations.ask_take_over(
            actor=actor_of(request), at=at, assignment=assignment, to_team=team,
            until=at + timedelta(hours=data["hours"]), reason=data["reason"], words=data["words"],
        )  # fmt: skip
    except REFUSALS as error:
        return tell_and_go(request, url=card_url(uuid), error=error)
    messages.success(request, gettext("Asked. Until somebody agrees, your team answers for the order."))
    return go_to(request, card_url(uuid))


@require_POST
@once_per_form
def take_over(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the order over; next one says who goes and when."""
    asked, board = _asked(request, uuid), reverse("orders:board")
    try:
        taken = operations.accept_take_over(actor=actor_of(request), at=now(), asked=asked)
    except REFUSALS as error:
        return tell_and_go(request, url=board, error=error)
    messages.success(request, gettext("Taken. Please call the resident, agree on a time and say who goes."))
    return go_to(request, card_url(taken.uuid))


@require_POST
@once_per_form
def keep(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say no; the team that asked keeps the order."""
    asked, board = _asked(request, uuid), reverse("orders:board")
    form = keep_form(asked, request.POST)
    if not form.is_valid():
        # What is over meanwhile stands on the board no more, nor does its form.
        if asked.state != TakeOverState.OPEN or asked.until <= now():
            return tell_and_go(request, url=board, error=TakeOverOver())
        return board_shown(request, refused={asked.pk: form})
    try:
        operations.decline_take_over(actor=actor_of(request), at=now(), asked=asked, **form.cleaned_data)
    except REFUSALS as error:
        return tell_and_go(request, url=board, error=error)
    messages.success(request, gettext("Told. The team that asked keeps the order."))
    tell_whom_to_call(request)
    return go_to(request, board)


@require_POST
@once_per_form
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one's own request back."""
    asked = _asked(request, uuid)
    here = card_url(asked.assignment.uuid)
    try:
        operations.withdraw_take_over(actor=actor_of(request), at=now(), asked=asked)
    except REFUSALS as error:
        return tell_and_go(request, url=here, error=error)
    messages.success(request, gettext("Taken back. Your team keeps the order."))
    return go_to(request, here)


@require_POST
@staff_page(require_order_staff)
@once_per_form
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the order back for the office, which finds another team."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.take_back_order(actor=actor, at=at, order=found, asked=_answered(request))

    done = gettext("Taken back. The team and the resident have been told.")
    return act_on(request, uuid, write, done=done, event="sidan:changed")


@require_POST
@staff_page(require_order_staff)
@once_per_form
def take_from_team(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the order, or a part of it, back from a team that is silent."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        found = queries.order_by_uuid(uuid=uuid)
        part = part_pressed(request, found)
        shown = form.offering(_reasons_left(found, part))
        return order_shown(request, found, status=422, take_form=shown, take_part=part.uuid if part else None)
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, found: Order) -> object:
        part = part_pressed(request, found)
        return operations.take_from_team(actor=actor, at=at, order=found, part=part, **data)

    done = gettext("Taken back. The team and the resident have been told.")
    return act_on(request, uuid, write, done=done, event="sidan:changed")


def _reasons_left(found: Order, part: WorkPart | None) -> Collection[Reason]:
    """Return the reasons that are so of the team that has it; all, where it has it no more: then the act says that."""
    shares = [each.assignment for each in queries.parts_of(order=found) if each.part == part]
    share = shares[0] if shares else queries.live_assignment(order=found)
    return (queries.reasons_to_take(share=share, at=now()) if share else []) or TAKE_REASONS


@require_POST
@staff_page(require_order_staff)
@once_per_form
def leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave the order with the team that asked the office to take it back."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        found = queries.order_by_uuid(uuid=uuid)
        shown = asked_context(
            found, reader=actor_of(request), answered=request.POST.get("asked", ""), form=form
        )
        return order_shown(request, found, status=422, **shown)
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.decline_take_back(actor=actor, at=at, order=found, asked=_answered(request), **data)

    done = gettext("Told. The team that asked keeps the order.")
    return act_on(request, uuid, write, done=done, event="sidan:changed")


def _answered(request: HttpRequest) -> UUID | None:
    """Return which request the office answers, where its form told one. Raises NotFound."""
    told = request.POST.get("asked", "")
    found = read_uuid(told)
    if told and found is None:
        raise NotFound
    return found


def _asked(request: HttpRequest, uuid: UUID) -> TakeOver:
    actor = actor_of(request)
    require_any_team(actor=actor)
    return queries.take_over_by_uuid(uuid=uuid, team_ids=actor.led_team_ids)
