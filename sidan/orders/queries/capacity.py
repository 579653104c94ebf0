"""How many orders projects have for some months: what `catalogue` tells of their room (R-O1)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from sidan.core.clock import BUSINESS_ZONE, midnight
from sidan.core.database import is_among
from sidan.orders.enums import OrderState
from sidan.orders.models import Order

LEFT_AGAIN = (OrderState.REFUSED, OrderState.CANCELLED)
"""What was never served takes no room. The trigger `orders_guard_capacity` counts the same."""


def orders_taken(project_ids: Sequence[int], first: date, before: date) -> dict[tuple[int, date], int]:
    """Count the orders of projects by the month their wished time begins in; a number, of nobody in particular."""
    rows = Order.unscoped.filter(
        is_among("project", project_ids),
        wished_from__gte=midnight(first), wished_from__lt=midnight(before),
    ).exclude(state__in=LEFT_AGAIN)  # fmt: skip
    months = rows.order_by().annotate(month=TruncMonth("wished_from", tzinfo=BUSINESS_ZONE))
    counted = months.values_list("project", "month").annotate(count=Count("pk"))
    return {(project or 0, month.date()): count for project, month, count in counted}
