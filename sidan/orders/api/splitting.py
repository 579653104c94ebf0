"""An order is split among teams over the API."""

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from sidan.catalogue.models import Category
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.schemas import LeaveOutIn, MadePartOut, OrderOut, PlacedOut, SplitIn

router = Router(tags=["orders"])


@router.post("/{number}/split", response=list[MadePartOut], summary="Split an order among teams")
@decorate_view(idempotent)
def split(request: HttpRequest, number: str, payload: SplitIn) -> list[MadePartOut]:
    """Split an order that no team has into kinds of work; each is then offered on its own.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = queries.order_by_number(number=number)
    kinds = Category.objects.in_bulk([part.category for part in payload.parts])
    if any(part.category not in kinds for part in payload.parts):
        raise NotFound
    parts = [
        operations.PartWish(words=part.words, category=kinds[part.category], people_needed=part.people_needed)
        for part in payload.parts
    ]
    operations.split_order(actor=actor_of(request), at=now(), order=order, parts=parts)
    return [MadePartOut.of_made(share) for share in queries.parts_of(order=order)]


@router.post("/{number}/join", response=OrderOut, summary="Undo a split")
@decorate_view(idempotent)
def join(request: HttpRequest, number: str) -> OrderOut:
    """Put an order together again of which no team has a part."""
    order = queries.order_by_number(number=number)
    return OrderOut.of(operations.join_order(actor=actor_of(request), at=now(), order=order))


@router.post("/{number}/leave-out", response=PlacedOut, summary="Leave a part out")
@decorate_view(idempotent)
def leave_out(request: HttpRequest, number: str, payload: LeaveOutIn) -> PlacedOut:
    """Nobody is looked for any more for a part that no team has; what the other teams do goes on.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    order = queries.order_by_number(number=number)
    part = queries.part_by_uuid(order=order, uuid=payload.part)
    operations.leave_out_part(
        actor=actor_of(request), at=now(), order=order, part=part, reason=payload.reason, words=payload.words
    )
    return PlacedOut.of_placed(order, payload.words)
