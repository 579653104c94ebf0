"""Who is to be called back, and what they said."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sidan.core.actor import Actor
from sidan.orders.enums import HAD_ASSIGNMENT
from sidan.orders.models import Assignment, AssignmentMember, Order, Review
from sidan.orders.queries import EVERY, OrderSearch, about_orders, reading_of
from sidan.reviews.enums import CallState
from sidan.reviews.models import CallBack, CallBackTry
from sidan.reviews.permissions import NoSuchThing


def call_backs(
    *, actor: Actor, state: str = CallState.WAITING, search: OrderSearch = EVERY
) -> QuerySet[CallBack]:
    """Call-backs of the orders in scope, without those whose team the actor belongs to; for a keyset page."""
    rows = about_orders(CallBack.objects.filter(_outside(actor), state=state), search=search)
    return rows.select_related("order__project", "order__category", "order__origin_place", "step")


def all_call_backs() -> QuerySet[CallBack]:
    """Return the call-backs of everywhere that wait; nobody reads them: their time is counted."""
    return CallBack.objects.filter(state=CallState.WAITING)


def is_call_waiting(*, order_id: int, turn: int) -> bool:
    """Tell whether the resident of a closing is still to be called."""
    return all_call_backs().filter(order=order_id, step__turn=turn).exists()


def _outside(actor: Actor) -> Q:
    served = Assignment.objects.filter(order=OuterRef("order"), state__in=HAD_ASSIGNMENT)
    teams = {*actor.team_ids, *actor.led_team_ids}
    named = AssignmentMember.objects.filter(
        assignment__order=OuterRef("order"), assignment__state__in=HAD_ASSIGNMENT, person=actor.person_id or 0
    )
    said = Review.objects.filter(order=OuterRef("order"), by=actor.account_id or 0)
    return ~Q(Exists(served.filter(team__in=teams))) & ~Q(Exists(named)) & ~Q(Exists(said))


def call_back_by_uuid(*, uuid: UUID) -> CallBack:
    """Find a call-back whose order is in scope. Raises NoSuchThing."""
    found = CallBack.objects.filter(uuid=uuid, order__in=Order.objects.all().values("pk")).select_related(
        "order__project", "order__category", "order__origin_place", "order__requester", "order__text", "step"
    )
    row = found.first()
    if row is None:
        raise NoSuchThing
    return row


@dataclass(frozen=True, slots=True)
class CallTold:
    """One call, with what was said as the reader may see it; nothing once it was erased."""

    call: CallBackTry
    words: str


def calls_made(*, call_back: CallBack, reader: Actor) -> list[CallTold]:
    """Return every try, the newest first."""
    return _told(call_back.calls.order_by("-nth"), reading_of(reader=reader, order=call_back.order))


def calls_in_full(*, call_back: CallBack) -> list[CallTold]:
    """Return every try with all that was said; the caller has checked who reads it and records the look (R-Z10)."""
    return _told(call_back.calls.order_by("-nth"), str)


def answered_call(*, review: Review, reader: Actor) -> CallTold | None:
    """Return what the call-back after a review's closing heard, if it heard something."""
    rows = CallBackTry.objects.filter(
        call_back__order=review.order_id, call_back__step__turn=review.turn, result="answered"
    )
    return next(iter(_told(rows[:1], reading_of(reader=reader, order=review.order))), None)


def _told(rows: QuerySet[CallBackTry], read: Callable[[str], str]) -> list[CallTold]:
    return [
        CallTold(call=each, words=read(each.said.words) if hasattr(each, "said") else "")
        for each in rows.select_related("said", "by__person")
    ]


def review_of(*, call_back: CallBack) -> Review | None:
    """Return the review by which the order of a call-back was closed, if it was closed by one."""
    rows = Review.objects.filter(order=call_back.order_id, turn=call_back.step.turn)
    return rows.select_related("text").first()
