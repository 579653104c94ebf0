"""Which timers have something to do, and what they did."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from sidan.core.clock import midnight
from sidan.core.clockwork import Due
from sidan.core.moments import Counted
from sidan.desk import queries as desk
from sidan.limits.enums import Kind, Unit
from sidan.limits.models import Firing, Running, TaskTimer, Timer, WishTimer
from sidan.limits.policies import OF_WORKING_DAYS, STEP_OF_PART, STEP_OF_STATE
from sidan.orders.enums import HandoverKind, Urgency
from sidan.orders.models import OpenCall, Order, OrderHandover, OrderStep, WorkPart
from sidan.places.queries import within, working_times_of
from sidan.reviews import queries as reviews
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


HOLDER: Final[Mapping[type[Running], str]] = {
    Timer: "order__holder_place", WishTimer: "wish__holder", TaskTimer: "order__holder_place",
}  # fmt: skip
"""By whose calendar a clock of each kind counts."""


def timers_over(*, of: type[Running], place_id: int | None, first: date, last: date) -> list[int]:
    """Return the clocks that run by the calendar of a place, or of any below it, while some days pass.

    What is over and told of, and waits still, is set later too: by the calendar of now it may not be over. Without a
    place those of all places.
    """
    rows = _counting(of).filter(begun_at__lt=midnight(last + timedelta(days=1)), due_at__gte=midnight(first))
    if place_id is not None:
        rows = rows.filter(within(field=HOLDER[of], root_ids=(place_id,)))
    return list(rows.order_by("id").values_list("pk", flat=True))


def running_timer(*, of: type[Running], timer_id: int) -> Any:
    """Return such a clock, if it still runs: who asks holds its thing."""
    return _counting(of).select_related("limit", "acts_by").filter(pk=timer_id).first()


def _counting(of: type[Running]) -> Any:
    return of._default_manager.filter(ended_at=None, limit__unit__in=OF_WORKING_DAYS)


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
    rows = Timer.objects.filter(order=order, ended_at=None, effect=step).select_related("limit", "acts_by")
    return rows.order_by("begun_at", "id").first()


def visits_running(*, order: Order) -> list[Timer]:
    """Return the clocks that run until somebody comes: that of the order, or of each part that waits for a visit."""
    rows = Timer.objects.filter(order=order, ended_at=None, effect=STEP_OF_STATE["scheduled"])
    return list(rows.select_related("part", "limit", "acts_by").order_by("id"))


def former_of(*, order: Order, part: WorkPart | None, step: str) -> Timer | None:
    """Return the last clock of a step of an order, or of one part of it, whether or not it still runs."""
    rows = Timer.objects.filter(order=order, part=part, effect=step).select_related("limit", "acts_by")
    return rows.order_by("-id").first()


def is_told_over(*, timer: Any) -> bool:
    """Tell whether a clock did what it does when the time is over."""
    return bool(timer.firings.filter(kind=Kind.END).exists())


def held_since(*, order: Order) -> datetime | None:
    """Return since when the place that holds an order has had it from another; none where it never changed hands."""
    rows = OrderHandover.objects.filter(order=order).exclude(kind=HandoverKind.ASK_HELP)
    return rows.order_by("-id").values_list("at", flat=True).first()


def pressed_since(*, order: Order, since: datetime) -> list[tuple[datetime, str]]:
    """Return when an order came to press more after a moment, and how urgent it was from then on.

    The step that marks it has the name of the urgency.
    """
    if order.urgency == Urgency.NORMAL:
        return []
    marks = OrderStep.objects.filter(order=order, verb__in=[Urgency.URGENT, Urgency.DANGER], at__gt=since)
    return list(marks.order_by("turn").values_list("at", "verb"))


ENTERED: Final = 1
"""The turn of an order by which it was entered: since then somebody should call back."""


def tasks_without_timer(*, most: int) -> list[tuple[str, int, int]]:
    """Return what is to be done beside orders' own ways and has no clock: what, the order, and at which turn."""

    def untimed(task: str, order: str, **turn: Any) -> Any:
        return ~Exists(TaskTimer.objects.filter(effect=task, order=OuterRef(order), ended_at=None, **turn))

    calls = reviews.all_call_backs().filter(untimed("call_back", "order", turn=OuterRef("step__turn")))
    others = reviews.all_follow_ups().filter(untimed("follow_up", "order", turn=OuterRef("turn")))
    entered = desk.all_to_be_called().filter(untimed("confirm", "pk"))
    found = [
        *(("call_back", *row) for row in calls.values_list("order", "step__turn")[:most]),
        *(("follow_up", *row) for row in others.values_list("order", "turn")[:most]),
        *(("confirm", order, ENTERED) for order in entered.values_list("pk", flat=True)[:most]),
    ]
    return found[:most]


def is_task_open(*, task: str, order: Order, turn: int) -> bool:
    """Tell whether what a clock runs for is still to be done: an order may have ended meanwhile."""
    if task == "confirm":
        return desk.is_to_be_called(order=order)
    if task == "call_back":
        return reviews.is_call_waiting(order_id=order.pk, turn=turn)
    return reviews.is_follow_up_open(order_id=order.pk, turn=turn)


def tasks_due(*, task: str, order_ids: Iterable[int]) -> Mapping[tuple[int, int], Due]:
    """Return until when a task about each of some orders is, or was, to be done, by order and turn."""
    timers = TaskTimer.objects.filter(effect=task, order__in=list(order_ids)).order_by("id")
    rows = list(timers.values_list("order", "turn", "due_at", "half_at", "limit__unit", HOLDER[TaskTimer]))
    counted = _calendars((unit, place_id) for *_row, unit, place_id in rows)
    return {
        (order, turn): Due(due_at, half_at, counted.get((unit, place_id)))
        for order, turn, due_at, half_at, unit, place_id in rows
    }


def orders_counted(*, order_ids: Iterable[int]) -> Mapping[int, Counted]:
    """Return by which calendar what is left of some orders' time is counted; of a split one that of its next end."""
    return _counted(Timer, "order", order_ids)


def parts_counted(*, part_ids: Iterable[int]) -> Mapping[int, Counted]:
    """Return the same of parts of orders."""
    return _counted(Timer, "part", part_ids)


def wishes_counted(*, wish_ids: Iterable[int]) -> Mapping[int, Counted]:
    """Return the same of wishes."""
    return _counted(WishTimer, "wish", wish_ids)


def _counted(of: type[Running], field: str, keys: Iterable[int]) -> Mapping[int, Counted]:
    """Return by which calendars the clocks of some things count: three queries, whatever counts them.

    How long an open call lasts says who opened it, by the clock.
    """
    timers = of._default_manager.filter(**{f"{field}__in": list(keys)}, ended_at=None)
    if of is Timer:
        called = OpenCall.objects.filter(order=OuterRef("order"), until=OuterRef("due_at"))
        timers = timers.exclude(Exists(called))
    # the soonest last: of an order that was split it is the one that is shown
    rows = list(timers.order_by("-due_at").values_list(field, "limit__unit", HOLDER[of]))
    counted = _calendars((unit, place_id) for _key, unit, place_id in rows)
    told = {key: counted.get((unit, place_id)) for key, unit, place_id in rows}
    return {key: by for key, by in told.items() if by is not None}


def _calendars(counting: Iterable[tuple[str, int]]) -> Mapping[tuple[str, int], Counted]:
    """Return how each pair of a unit and a place is counted, where a calendar counts it: two queries, or none."""
    pairs = {(unit, place_id) for unit, place_id in counting if unit in OF_WORKING_DAYS}
    if not pairs:
        return {}
    times = working_times_of(place_ids={place_id for _unit, place_id in pairs})
    return {
        (unit, place_id): Counted(times[place_id], in_days=unit == Unit.WORKING_DAYS)
        for unit, place_id in pairs
    }


def task_due_at(*, task: str) -> Subquery:
    """Return until when the last task of that name about an order is, or was, to be done: for a query of orders."""
    timers = TaskTimer.objects.filter(effect=task, order=OuterRef("pk"))
    return Subquery(timers.order_by("-id").values("due_at")[:1])


def firings_of(*, order: Order) -> list[Firing]:
    """Return what the clocks of an order did, the newest first; the order was read through its scope."""
    rows = Firing.objects.filter(timer__order=order).select_related("timer")
    return list(rows.order_by("-id"))
