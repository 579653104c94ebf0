"""Jobs of the time limits. They run at least once; each moment of a clock has its effect once (`Firing`)."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from sidan.core.jobs import each_alone, job, periodic
from sidan.limits import operations, queries
from sidan.limits.models import Happening, Running, TaskTimer, Timer, WishTimer

MOST_IN_ONE_RUN: Final = 500


@periodic(name="limits.fire", cron="* * * * *")
def fire(*, at: datetime) -> int:
    """Fire what is due, the longest waiting first; returns how many. What is left waits for the next minute."""
    fires: dict[str, tuple[type[Running], Callable[..., Happening]]] = {
        "order": (Timer, operations.fire_timer),
        "wish": (WishTimer, operations.fire_wish_timer),
        "task": (TaskTimer, operations.fire_task_timer),
    }
    due = (
        (of, timer_id)
        for of, (timers, _fire) in fires.items()
        for timer_id in queries.due_timers(of=timers, at=at, most=MOST_IN_ONE_RUN)
    )
    return each_alone(due, lambda one: fires[one[0]][1](at=at, timer_id=one[1]), passing=(operations.NotDue,))


@periodic(name="limits.start_missing", cron="*/10 * * * *")
def start_missing(*, at: datetime) -> int:
    """Start the clocks of open orders, wishes and tasks that have none; one that fails holds nothing else up."""
    starts = {
        "orders": operations.start_missing_clocks,
        "wishes": operations.start_missing_wish_clocks,
        "tasks": operations.start_missing_task_clocks,
    }
    started: list[int] = []
    each_alone(starts, lambda of: started.append(starts[of](at=at)))
    return sum(started)


@job(name="limits.count_days_off")
def count_days_off(*, at: datetime, place: int, first: str, last: str) -> int:
    """Let the clocks end later that run over days that were made free, at a place and below it; 0 is everywhere."""
    return operations.count_days_off(
        at=at, place_id=place or None, first=date.fromisoformat(first), last=date.fromisoformat(last)
    )
