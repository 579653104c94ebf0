"""Which timers have something to do, and what they did."""

from datetime import datetime

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet

from sidan.limits.models import Firing, Running, Timer, WishTimer
from sidan.orders.models import Order
from sidan.wishes.models import Wish

WITHOUT = """
SELECT waiting.id, (SELECT max(step.id) FROM orders_orderstep step
                    WHERE step.order_id = waiting.id AND step.machine = 'order')
FROM orders_order waiting
WHERE waiting.state = ANY(%(states)s)
  AND NOT EXISTS (SELECT FROM limits_timer timer WHERE timer.order_id = waiting.id AND timer.ended_at IS NULL)
ORDER BY waiting.id LIMIT %(most)s
"""


def due_timers(*, of: type[Running] = Timer, at: datetime, most: int) -> list[int]:
    """Return timers whose next moment has come, the longest waiting first. Who fires one looks again, locked."""
    rows: QuerySet[Running] = of._default_manager.filter(next_at__lte=at).order_by("next_at", "id")
    return list(rows.values_list("pk", flat=True)[:most])


def wishes_without_timer(*, states: list[str], most: int) -> list[tuple[int, int]]:
    """Return wishes that wait and for which no clock runs, each with its last step."""
    running = WishTimer.objects.filter(wish=OuterRef("pk"), ended_at=None)
    rows = Wish.unscoped.filter(~Exists(running), state__in=states).annotate(step=Max("steps__id"))
    return list(rows.order_by("id").values_list("pk", "step")[:most])


def orders_without_timer(*, states: list[str], most: int) -> list[tuple[int, int]]:
    """Return open orders for which no clock runs, each with its last own step."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT, {"states": states, "most": most})
        return [(order, step) for order, step in cursor.fetchall() if step is not None]


def firings_of(*, order: Order) -> list[Firing]:
    """Return what the clocks of an order did, the newest first; the order was read through its scope."""
    rows = Firing.objects.filter(timer__order=order).select_related("timer")
    return list(rows.order_by("-id"))
