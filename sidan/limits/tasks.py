"""Jobs of the time limits. They run at least once; each moment of a clock has its effect once (`Firing`)."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sidan.core.jobs import periodic
from sidan.core.logs import logger
from sidan.limits import operations, queries
from sidan.limits.models import Happening, Running, TaskTimer, Timer, WishTimer

MOST_IN_ONE_RUN: Final = 500
log = logger("sidan.limits")


@periodic(name="limits.fire", cron="* * * * *")
def fire(*, at: datetime) -> int:
    """Fire what is due, the longest waiting first; returns how many. What is left waits for the next minute."""
    fired, broken = 0, None
    fires: tuple[tuple[type[Running], Callable[..., Happening]], ...] = (
        (Timer, operations.fire_timer),
        (WishTimer, operations.fire_wish_timer),
        (TaskTimer, operations.fire_task_timer),
    )
    for of, fire_one in fires:
        for timer_id in queries.due_timers(of=of, at=at, most=MOST_IN_ONE_RUN):
            try:
                fire_one(at=at, timer_id=timer_id)
                fired += 1
            except operations.NotDue:
                continue
            except Exception as exc:  # noqa: BLE001 - one broken clock must not stop the others; it is raised below
                log.error("limit_broken", timer=timer_id, of=of.__name__, error=type(exc).__name__)
                broken = exc
    if broken is not None:
        raise broken
    return fired


@periodic(name="limits.start_missing", cron="*/10 * * * *")
def start_missing(*, at: datetime) -> int:
    """Start the clocks of open orders, wishes and tasks that have none."""
    return (
        operations.start_missing_clocks(at=at)
        + operations.start_missing_wish_clocks(at=at)
        + operations.start_missing_task_clocks(at=at)
    )
