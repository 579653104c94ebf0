"""The desk over the API: whom to call back, what came of it, a code for the resident and what it opens."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.core.scope import Scope, scoped
from sidan.desk import operations, queries
from sidan.desk.policies import TASK
from sidan.desk.schemas import (
    CallBackIn,
    CallBackOut,
    CallClaimOut,
    CallPageOut,
    CallToMakeOut,
    OpenedOrderOut,
    OrderCodeIn,
    OrderCodeOut,
    OrderCodeReviewIn,
)
from sidan.orders.enums import ReviewChannel
from sidan.orders.models import Order
from sidan.orders.operations import TASK_CLOCKS, review_order_by_code
from sidan.orders.permissions import require_any_entering
from sidan.orders.queries import door_codes, order_by_number
from sidan.people.access import actor_of_request, address_of
from sidan.people.devices import mark_of

router = Router(tags=["desk"])


@router.get("/calls", response=CallPageOut, summary="Whom to call back, the least time left first")
def list_calls(
    request: HttpRequest,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
) -> CallPageOut:
    """Orders that a colleague entered and that the resident has not confirmed yet.

    Who may be called only later (`call_at`) stands at the end.
    """
    actor = actor_of(request)
    require_any_entering(actor=actor)
    at = now()
    due_at = TASK_CLOCKS.due_at(task=TASK)
    rows = queries.calls_due(account_id=actor.account_id or 0, at=at, due_at=due_at)
    page = keyset_page(rows=rows, sort="queued_at", cursor=cursor, limit=limit)
    items = [CallToMakeOut.of_call(order, at) for order in page.items]
    return CallPageOut(items=items, next_cursor=page.next_cursor)


@router.post(
    "/orders/{number}/call-back", response={201: CallBackOut}, summary="Say what came of a call back"
)
@decorate_view(idempotent)
def call_back(request: HttpRequest, number: str, payload: CallBackIn) -> Status[CallBackOut]:
    """Confirmed, not wanted (the order is cancelled), or nobody answered; never by who entered the order.

    Of an order that is not wanted while somebody is there already, the team and who dispatches are told; it goes on.

    Nobody answered is refused after three such calls; who rings back later is heard as long as the order is open.
    """
    order = order_by_number(number=number)
    row = operations.confirm_order(actor=actor_of(request), at=now(), order=order, outcome=payload.outcome)
    order.refresh_from_db(fields=["state"])
    return Status(201, CallBackOut(outcome=row.outcome, at=row.at, state=order.state))


@router.post("/orders/{number}/calling", response=CallClaimOut, summary="Say that I am calling them now")
@decorate_view(idempotent)
def claim_call(request: HttpRequest, number: str) -> CallClaimOut:
    """Nobody else calls until then; it ends by itself, or when what came of the call is told."""
    order = order_by_number(number=number)
    claim = operations.claim_call(actor=actor_of(request), at=now(), order=order)
    return CallClaimOut(until=claim.until)


@router.post("/orders/{number}/calling/end", response={204: None}, summary="I do not call now after all")
@decorate_view(idempotent)
def release_call(request: HttpRequest, number: str) -> Status[None]:
    """A colleague may call."""
    order = order_by_number(number=number)
    operations.release_call(actor=actor_of(request), at=now(), order=order)
    return Status(204, None)


@router.post("/orders/{number}/code", response={201: OrderCodeOut}, summary="Give out a code for an order")
def issue_code(request: HttpRequest, number: str) -> Status[OrderCodeOut]:
    """Eight digits by which the resident opens this one order; told once, and the code before ends.

    It takes no Idempotency-Key: an answer that is kept would keep the code.
    """
    order = order_by_number(number=number)
    code = operations.issue_code(actor=actor_of(request), at=now(), order=order)
    return Status(201, OrderCodeOut(number=order.number, code=code))


@router.post("/code", response=OpenedOrderOut, auth=None, summary="Open an order by its code")
def open_by_code(request: HttpRequest, payload: OrderCodeIn) -> OpenedOrderOut:
    """Where an order stands, for whoever holds number and code; a POST, so that no log has them."""
    return _opened(_order_behind(request, payload))


@router.post("/code/review", response=OpenedOrderOut, auth=None, summary="Review by the code on the paper")
def review_by_code(request: HttpRequest, payload: OrderCodeReviewIn) -> OpenedOrderOut:
    """Outcome first, then stars and words if one likes; this closes the order."""
    order = _order_behind(request, payload)
    with scoped(Scope(person_id=order.requester_id)):
        review_order_by_code(
            at=now(), order=order, said=payload.told(), channel=ReviewChannel.PAPER, device=mark_of(request)
        )
    return _opened(order)


def _order_behind(request: HttpRequest, payload: OrderCodeIn) -> Order:
    """Return the order that number and code open. Raises WrongOrderCode, LockedOut."""
    at = now()
    # The door is open to all, so that nobody has asked yet who stands there: whoever is signed in has looked.
    row = operations.open_by_code(
        actor=actor_of_request(request, at=at), at=at, number=payload.number, digits=payload.digits(),
        address=address_of(request),
    )  # fmt: skip
    found = queries.order_of_code(code_id=row.pk, opened_at=at, at=at)
    if found is None:
        raise operations.WrongOrderCode
    return found


def _opened(order: Order) -> OpenedOrderOut:
    with scoped(Scope(person_id=order.requester_id)):
        return OpenedOrderOut.of(order, door_codes(order=order, at=now()))
