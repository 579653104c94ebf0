"""Whom to call back next, what was said, and the order behind a code."""

from datetime import datetime, timedelta

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from sidan.core.calls import TRIES_APART
from sidan.core.scope import everything
from sidan.desk.enums import SETTLES
from sidan.desk.models import AccessCode, CallClaim, Confirmation
from sidan.desk.policies import CALLS_AT_MOST, CODE_TRIES, OPEN_MINUTES
from sidan.orders.enums import ENDED, Channel, OrderState
from sidan.orders.models import Order, OrderConsent
from sidan.people.models import Person
from sidan.people.queries import rows_of_person

TOO_LATE = [state.value for state in (*ENDED, OrderState.DONE)]
EARLIER_SHOWN = 10
LATER = timedelta(days=36525)
"""A hundred years: what has no limit stands behind what has one, and behind both whom to leave alone for now."""


def calls_due(*, account_id: int, at: datetime, due_at: Combinable) -> QuerySet[Order]:
    """Orders in scope that staff entered and nobody confirmed yet, for a keyset page by "queued_at".

    Who may be called now comes first, by the time that is left (`due_at`, of the clock of this task); then who did
    not answer a short while ago. Without one's own entries: somebody else calls back.
    """
    again = ExpressionWrapper(Max("confirmations__at") + TRIES_APART, output_field=DateTimeField())
    rows = _unconfirmed(Order.objects.exclude(placed_by=account_id))
    timed = rows.annotate(call_at=Coalesce(again, F("created_at")), call_due_at=due_at)
    queued_at = Case(
        When(call_at__gt=at, then=F("call_at") + 2 * LATER),
        When(call_due_at=None, then=F("created_at") + LATER),
        default=F("call_due_at"),
        output_field=DateTimeField(),
    )
    return timed.annotate(queued_at=queued_at).select_related(
        "project", "category", "origin_place", "requester", "call_claim__by__person"
    )


def all_to_be_called() -> QuerySet[Order]:
    """Return the orders of everywhere that wait for a call back; nobody reads them: their time is counted."""
    return _unconfirmed(Order.unscoped.all())


def _unconfirmed(rows: QuerySet[Order]) -> QuerySet[Order]:
    settled = Confirmation.objects.filter(order=OuterRef("pk"), outcome__in=SETTLES)
    waiting = rows.filter(~Exists(settled), ~Q(state__in=TOO_LATE), channel=Channel.ON_BEHALF)
    return waiting.annotate(tried=Count("confirmations")).filter(tried__lt=CALLS_AT_MOST)


def is_unconfirmed(*, order: Order) -> bool:
    """Tell whether an order that staff entered is open, and the resident has not said yet whether it is right."""
    if order.channel != Channel.ON_BEHALF or order.state in TOO_LATE:
        return False
    return not order.confirmations.filter(outcome__in=SETTLES).exists()


def is_to_be_called(*, order: Order) -> bool:
    """Tell whether an order that staff entered still waits for a call back: not once calls enough were in vain."""
    return is_unconfirmed(order=order) and order.confirmations.count() < CALLS_AT_MOST


def claim_of(*, order: Order, at: datetime) -> CallClaim | None:
    """Return who is calling about an order now, if anybody is."""
    return CallClaim.objects.select_related("by__person").filter(order=order, until__gt=at).first()


def calls_made(*, order: Order) -> list[Confirmation]:
    """The calls back about an order, oldest first, each with who called."""
    return list(order.confirmations.select_related("by__person"))


def earlier_orders(*, person: Person) -> list[Order]:
    """The last orders of a resident, by any of their rows, in scope, newest first, each with how they agreed to it."""
    asked = Order.objects.filter(requester__in=rows_of_person(person_id=person.pk))
    rows = asked.select_related("project", "category", "project__category")
    consents = OrderConsent.objects.select_related("by__person")
    return list(rows.prefetch_related(Prefetch("consents", consents)).order_by("-id")[:EARLIER_SHOWN])


def has_code(*, order: Order, at: datetime) -> bool:
    """Tell whether a code is out with which the order can be opened."""
    return order.access_codes.filter(ended_at=None, expires_at__gt=at, tries__lt=CODE_TRIES).exists()


def order_of_code(*, code_id: int, opened_at: datetime, at: datetime) -> Order | None:
    """Return the order that was opened by a code a while ago, as long as page and code are good."""
    if at - opened_at > timedelta(minutes=OPEN_MINUTES):
        return None
    code = AccessCode.objects.filter(pk=code_id, ended_at=None, expires_at__gt=at).first()
    if code is None:
        return None
    with everything("whoever holds the code of an order sees this one order"):
        return Order.objects.select_related("project", "category", "origin_place").get(pk=code.order_id)
