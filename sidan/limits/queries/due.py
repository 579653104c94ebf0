"""Which timers have something to do, and what they did."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet

from sidan.limits.models import Firing, Running, Timer, WishTimer
from sidan.limits.policies import STEP_OF_PART, STEP_OF_STATE
from sidan.orders.models import Order, WorkPart
from sidan.wishes.models import Wish

# A clock that runs is found by one of two partial indexes, of orders and of parts: each is asked for itself.
WITHOUT = """
SELECT lacking.id, (SELECT max(step.id) FROM orders_orderstep step
                    WHERE step.order_id = lacking.id AND step.machine = 'order')
FROM (
    SELECT waiting.id FROM orders_order waiting
    WHERE waiting.state = ANY(%(states)s)
      AND NOT EXISTS (SELECT FROM limits_timer timer WHERE timer.order_id = waiting.id AND timer.ended_at IS NULL
                      AND timer.part_id IS NULL)
      AND NOT EXISTS (SELECT FROM limits_timer timer WHERE timer.order_id = waiting.id AND timer.ended_at IS NULL
                      AND timer.part_id IS NOT NULL)
    UNION
    SELECT part.order_id FROM orders_workpart part JOIN orders_order waiting ON waiting.id = part.order_id
    WHERE part.ended_at IS NULL AND part.state = ANY(%(part_states)s) AND waiting.state = ANY(%(states)s)
      AND NOT EXISTS (SELECT FROM limits_timer timer WHERE timer.order_id = part.order_id
                      AND timer.part_id = part.id AND timer.ended_at IS NULL)
) lacking
ORDER BY lacking.id LIMIT %(most)s
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


def orders_without_timer(*, most: int) -> list[tuple[int, int]]:
    """Return open orders for which, or for a part of which, no clock runs, each with its last own step."""
    asked: dict[str, Any] = {
        "states": sorted(STEP_OF_STATE), "part_states": sorted(STEP_OF_PART), "most": most,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT, asked)
        return [(order, step) for order, step in cursor.fetchall() if step is not None]


def parts_without_timer(*, order: Order) -> list[WorkPart]:
    """Return the parts of an order for which a clock should run, and none does."""
    running = Timer.objects.filter(order=order, ended_at=None, part__isnull=False)
    parts = WorkPart.objects.filter(order=order, ended_at=None, state__in=sorted(STEP_OF_PART))
    return list(parts.exclude(pk__in=running.values("part")))


def has_running_parts(*, order: Order, besides: WorkPart) -> bool:
    """Tell whether the clock of another part of an order runs."""
    running = Timer.objects.filter(order=order, ended_at=None, part__isnull=False)
    return running.exclude(part=besides).exists()


def earliest_running(*, order: Order, step: str) -> Timer | None:
    """Return the clock of a step that has run longest for an order, or for a part of it."""
    return Timer.objects.filter(order=order, ended_at=None, effect=step).order_by("begun_at", "id").first()


def firings_of(*, order: Order) -> list[Firing]:
    """Return what the clocks of an order did, the newest first; the order was read through its scope."""
    rows = Firing.objects.filter(timer__order=order).select_related("timer")
    return list(rows.order_by("-id"))
