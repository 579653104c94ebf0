"""Who is to be called back, and what they said."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sidan.core.actor import Actor
from sidan.orders.enums import HAD_ASSIGNMENT
from sidan.orders.models import Assignment, AssignmentMember, Order, Review
from sidan.orders.queries import EVERY, OrderSearch, about_orders
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
        "order__project", "order__category", "order__origin_place", "order__requester", "step"
    )
    row = found.first()
    if row is None:
        raise NoSuchThing
    return row


def calls_made(*, call_back: CallBack) -> list[CallBackTry]:
    """Return every try, the newest first."""
    return list(call_back.calls.select_related("said", "by__person").order_by("-nth"))


def answered_call(*, review: Review) -> CallBackTry | None:
    """Return what the call-back after a review's closing heard, if it heard something."""
    rows = CallBackTry.objects.filter(
        call_back__order=review.order_id, call_back__step__turn=review.turn, result="answered"
    )
    return rows.select_related("said").first()


def review_of(*, call_back: CallBack) -> Review | None:
    """Return the review by which the order of a call-back was closed, if it was closed by one."""
    rows = Review.objects.filter(order=call_back.order_id, turn=call_back.step.turn)
    return rows.select_related("text").first()
