"""An order changes hands over the API: up and down the tree, and back from a team to the office."""

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.schemas import OrderOut, ReasonIn, SendDownIn
from sidan.places.queries import place_by_uuid

router = Router(tags=["orders"])


@router.post("/{number}/pass-up", response=OrderOut, summary="Pass up")
@decorate_view(idempotent)
def pass_up(request: HttpRequest, number: str, payload: ReasonIn) -> OrderOut:
    """Give the order to the next place above, which decides from now on."""
    return OrderOut.of(
        operations.pass_up_order(
            actor=actor_of(request), at=now(), order=queries.order_by_number(number=number), **payload.dict()
        )
    )


@router.post("/{number}/ask-help", response=OrderOut, summary="Ask above for help")
@decorate_view(idempotent)
def ask_help(request: HttpRequest, number: str, payload: ReasonIn) -> OrderOut:
    """Keep the order and ask the next place above to help with it."""
    return OrderOut.of(
        operations.ask_for_help(
            actor=actor_of(request), at=now(), order=queries.order_by_number(number=number), **payload.dict()
        )
    )


@router.post("/{number}/send-down", response=OrderOut, summary="Send down")
@decorate_view(idempotent)
def send_down(request: HttpRequest, number: str, payload: SendDownIn) -> OrderOut:
    """Give the order to an open place below the one that holds it."""
    to = place_by_uuid(uuid=payload.place)
    if to is None:
        raise NotFound
    order = operations.send_down_order(
        actor=actor_of(request),
        at=now(),
        order=queries.order_by_number(number=number),
        to=to,
        reason=payload.reason,
        words=payload.words,
    )
    return OrderOut.of(order)


@router.post("/{number}/take-back", response=OrderOut, summary="Take an order back from its team")
@decorate_view(idempotent)
def take_back(request: HttpRequest, number: str) -> OrderOut:
    """Take the order back whose team asked the office to."""
    order = queries.order_by_number(number=number)
    return OrderOut.of(operations.take_back_order(actor=actor_of(request), at=now(), order=order))


@router.post("/{number}/leave", response=OrderOut, summary="Leave an order with its team")
@decorate_view(idempotent)
def leave(request: HttpRequest, number: str, payload: ReasonIn) -> OrderOut:
    """Leave the order with the team that asked the office to take it back."""
    actor, order = actor_of(request), queries.order_by_number(number=number)
    operations.decline_take_back(actor=actor, at=now(), order=order, **payload.dict())
    return OrderOut.of(queries.order_by_number(number=number))
