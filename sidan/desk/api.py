"""The desk over the API: whom to call back, what came of it, a code for the resident."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.desk import operations, queries
from sidan.desk.schemas import CallBackIn, CallBackOut, CallPageOut, CallToMakeOut, OrderCodeOut
from sidan.orders.permissions import require_any_entering
from sidan.orders.queries import order_by_number

router = Router(tags=["desk"])


@router.get("/calls", response=CallPageOut, summary="Whom to call back, longest due first")
def list_calls(
    request: HttpRequest,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
) -> CallPageOut:
    """Orders that a colleague entered and that the resident has not confirmed yet."""
    actor = actor_of(request)
    require_any_entering(actor=actor)
    rows = queries.calls_due(account_id=actor.account_id or 0)
    page = keyset_page(rows=rows, sort="call_at", cursor=cursor, limit=limit)
    return CallPageOut(items=[CallToMakeOut.of(order) for order in page.items], next_cursor=page.next_cursor)


@router.post(
    "/orders/{number}/call-back", response={201: CallBackOut}, summary="Say what came of a call back"
)
@decorate_view(idempotent)
def call_back(request: HttpRequest, number: str, payload: CallBackIn) -> Status[CallBackOut]:
    """Confirmed, not wanted (the order is cancelled), or nobody answered; never by who entered the order."""
    order = order_by_number(number=number)
    row = operations.confirm_order(actor=actor_of(request), at=now(), order=order, outcome=payload.outcome)
    return Status(201, CallBackOut(outcome=row.outcome, at=row.at))


@router.post("/orders/{number}/code", response={201: OrderCodeOut}, summary="Give out a code for an order")
def issue_code(request: HttpRequest, number: str) -> Status[OrderCodeOut]:
    """Eight digits by which the resident opens this one order; told once, and the code before ends.

    It takes no Idempotency-Key: an answer that is kept would keep the code.
    """
    order = order_by_number(number=number)
    code = operations.issue_code(actor=actor_of(request), at=now(), order=order)
    return Status(201, OrderCodeOut(number=order.number, code=code))
