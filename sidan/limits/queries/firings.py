"""What the clocks did, for who looks after it: within the reader's scope, so what is private stays so."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from sidan.core.actor import Actor
from sidan.core.clock import midnight
from sidan.core.ids import BadNumber, parse_number
from sidan.core.search import search_q
from sidan.limits.enums import Of
from sidan.limits.models import Firing, Happening, TaskFiring, WishFiring
from sidan.orders.models import Order
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.queries import within
from sidan.wishes.models import Wish


@dataclass(frozen=True, slots=True)
class FiringFilter:
    """What of it is wanted. Days are business days, both included; `text` is a number, of wishes words."""

    of: str = Of.ORDER
    text: str = ""
    place_id: int | None = None
    step: str = ""
    kind: str = ""
    first_day: date | None = None
    last_day: date | None = None


def firings(*, actor: Actor, wanted: FiringFilter) -> QuerySet[Any]:
    """Return what the clocks did of what the active scope sees, with all that a row shows."""
    if wanted.of == Of.WISH:
        return _of_wishes(actor, wanted)
    if wanted.of == Of.TASK:
        return _of_orders(TaskFiring, wanted)
    return _of_orders(Firing, wanted).select_related("timer__part")


def _of_orders(of: type[Happening], wanted: FiringFilter) -> QuerySet[Any]:
    every: Any = of._default_manager
    rows = every.filter(timer__order__in=_orders(wanted))
    return _narrowed(rows, wanted).select_related(
        "timer__order__project", "timer__order__category", "timer__order__origin_place",
    )  # fmt: skip


def _of_wishes(actor: Actor, wanted: FiringFilter) -> QuerySet[Any]:
    """Those of the places where one works: the wall, which everybody sees, says nothing of who was late."""
    roots = actor.places_where(frozenset(ORDER_STAFF_ROLES))
    wishes = Wish.objects.filter(within(field="place", root_ids=roots), search_q("search", wanted.text))
    if wanted.place_id is not None:
        wishes = wishes.filter(within(field="place", root_ids=(wanted.place_id,)))
    rows = WishFiring.objects.filter(timer__wish__in=wishes.values("pk"))
    return _narrowed(rows, wanted).select_related("timer__wish__place")


def _narrowed(rows: QuerySet[Any], wanted: FiringFilter) -> QuerySet[Any]:
    if wanted.step:
        rows = rows.filter(timer__effect=wanted.step)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.first_day is not None:
        rows = rows.filter(at__gte=midnight(wanted.first_day))
    if wanted.last_day is not None:
        rows = rows.filter(at__lt=midnight(wanted.last_day + timedelta(days=1)))
    return rows.select_related("timer__limit__person__person", "timer__acts_by__person__person")


def _orders(wanted: FiringFilter) -> QuerySet[Order, Any]:
    """Return the orders whose clocks are meant; a number that is none is nobody's."""
    orders = Order.objects.all()
    if wanted.place_id is not None:
        orders = orders.filter(within(field="origin_place", root_ids=(wanted.place_id,)))
    if wanted.text:
        try:
            orders = orders.filter(number=parse_number(wanted.text))
        except BadNumber:
            return orders.none().values("pk")
    return orders.values("pk")
