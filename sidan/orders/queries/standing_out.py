"""The times of visits, for the page of what stands out: of the orders that one sees."""

from collections.abc import Collection
from typing import Final

from django.db.models import F, QuerySet
from django.urls import reverse

from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.odd_times import Served, TimesOf
from sidan.attendance.queries import STANDS
from sidan.core.ids import format_number
from sidan.orders.models import Order

_ORDER: Final = "cause__visit__assignment__order"


def _goings() -> QuerySet[Mark]:
    orders = Order.objects.order_by().values("pk")
    return Mark.objects.filter(STANDS, **{f"{_ORDER}__in": orders}, direction=Direction.OUT)


def _served(keys: Collection[int]) -> dict[int, Served]:
    rows = Mark.objects.filter(pk__in=keys, cause__visit__isnull=False)
    return {
        pk: Served(format_number(number), number, reverse("orders:queue_order", args=[uuid]))
        for pk, number, uuid in rows.values_list("pk", f"{_ORDER}__number", f"{_ORDER}__uuid")
    }


TIMES_OF_VISITS: Final = TimesOf(
    goings=_goings, team=lambda: F("cause__visit__assignment__team"), served=_served
)
