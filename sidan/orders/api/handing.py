"""An order changes hands over the API: up and down the tree, and back from a team to the office."""

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.operations.handing import NotBelowHolder
from sidan.orders.permissions import require_handling
from sidan.orders.schemas import (
    LeaveIn,
    OrderOut,
    PlacedOut,
    ReasonIn,
    SendDownIn,
    TakeBackIn,
    TakeFromTeamIn,
    TakeOverOut,
)
from sidan.places.queries import place_by_uuid

router = Router(tags=["orders"])


@router.post("/{number}/pass-up", response=PlacedOut, summary="Pass up")
@decorate_view(idempotent)
def pass_up(request: HttpRequest, number: str, payload: ReasonIn) -> PlacedOut:
    """Give the order to the next place above, which decides from now on.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = queries.order_by_number(number=number)
    passed = operations.pass_up_order(actor=actor_of(request), at=now(), order=order, **payload.dict())
    return PlacedOut.of_placed(passed, payload.words)


@router.post("/{number}/ask-help", response=PlacedOut, summary="Ask above for help")
@decorate_view(idempotent)
def ask_help(request: HttpRequest, number: str, payload: ReasonIn) -> PlacedOut:
    """Keep the order and ask the next place above to help with it.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = queries.order_by_number(number=number)
    asked = operations.ask_for_help(actor=actor_of(request), at=now(), order=order, **payload.dict())
    return PlacedOut.of_placed(asked, payload.words)


@router.post("/{number}/send-down", response=PlacedOut, summary="Send down")
@decorate_view(idempotent)
def send_down(request: HttpRequest, number: str, payload: SendDownIn) -> PlacedOut:
    """Give the order to an open place below the one that holds it.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    to = place_by_uuid(uuid=payload.place)
    if to is None:
        raise NotBelowHolder
    order = operations.send_down_order(
        actor=actor_of(request),
        at=now(),
        order=queries.order_by_number(number=number),
        to=to,
        reason=payload.reason,
        words=payload.words,
    )
    return PlacedOut.of_placed(order, payload.words)


@router.get("/{number}/take-overs", response=list[TakeOverOut], summary="Which teams ask to be taken over")
def take_overs(request: HttpRequest, number: str) -> list[TakeOverOut]:
    """Requests of this order that wait, the oldest first; of an order that was split, each of a team's own part."""
    order = queries.order_by_number(number=number)
    require_handling(actor=actor_of(request), order=order)
    return [TakeOverOut.of(each) for each in queries.open_take_overs(order=order)]


@router.post("/{number}/take-back", response=OrderOut, summary="Take an order back from its team")
@decorate_view(idempotent)
def take_back(request: HttpRequest, number: str, payload: TakeBackIn) -> OrderOut:
    """Take the order, or the part that one of its teams has, back from the team that asked the office to."""
    order = queries.order_by_number(number=number)
    return OrderOut.of(
        operations.take_back_order(actor=actor_of(request), at=now(), order=order, asked=payload.take_over)
    )


@router.post("/{number}/take-from-team", response=PlacedOut, summary="Take an order back from a silent team")
@decorate_view(idempotent)
def take_from_team(request: HttpRequest, number: str, payload: TakeFromTeamIn) -> PlacedOut:
    """Take the order, or one part, back when the team's time to call or to come is over, or it serves no longer.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = queries.order_by_number(number=number)
    part = queries.part_by_uuid(order=order, uuid=payload.part) if payload.part else None
    told = {"reason": payload.reason, "words": payload.words}
    taken = operations.take_from_team(actor=actor_of(request), at=now(), order=order, part=part, **told)
    return PlacedOut.of_placed(taken, payload.words)


@router.post("/{number}/leave", response=PlacedOut, summary="Leave an order with its team")
@decorate_view(idempotent)
def leave(request: HttpRequest, number: str, payload: LeaveIn) -> PlacedOut:
    """Leave the order with the team that asked the office to take it back.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    actor, order = actor_of(request), queries.order_by_number(number=number)
    operations.decline_take_back(
        actor=actor,
        at=now(),
        order=order,
        reason=payload.reason,
        words=payload.words,
        asked=payload.take_over,
    )
    return PlacedOut.of_placed(queries.order_by_number(number=number), payload.words)
