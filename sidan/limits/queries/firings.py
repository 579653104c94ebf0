"""What the clocks did, for who looks after the orders: within the reader's scope, so what is private stays so."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from sidan.core.clock import midnight
from sidan.core.ids import BadNumber, parse_number
from sidan.limits.models import Firing
from sidan.orders.models import Order
from sidan.places.queries import within


@dataclass(frozen=True, slots=True)
class FiringFilter:
    """What of it is wanted. Days are business days, both included."""

    number: str = ""
    place_id: int | None = None
    step: str = ""
    kind: str = ""
    first_day: date | None = None
    last_day: date | None = None


def firings(*, wanted: FiringFilter) -> QuerySet[Firing]:
    """Return what the clocks of the orders did that the active scope sees, with all that a row shows."""
    rows = Firing.objects.filter(timer__order__in=_orders(wanted))
    if wanted.step:
        rows = rows.filter(timer__effect=wanted.step)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.first_day is not None:
        rows = rows.filter(at__gte=midnight(wanted.first_day))
    if wanted.last_day is not None:
        rows = rows.filter(at__lt=midnight(wanted.last_day + timedelta(days=1)))
    return rows.select_related(
        "timer__limit__person__person", "timer__order__project", "timer__order__category",
        "timer__order__origin_place", "timer__part",
    )  # fmt: skip


def _orders(wanted: FiringFilter) -> QuerySet[Order, Any]:
    """Return the orders whose clocks are meant; a number that is none is nobody's."""
    orders = Order.objects.all()
    if wanted.place_id is not None:
        orders = orders.filter(within(field="origin_place", root_ids=(wanted.place_id,)))
    if wanted.number:
        try:
            orders = orders.filter(number=parse_number(wanted.number))
        except BadNumber:
            return orders.none().values("pk")
    return orders.values("pk")
