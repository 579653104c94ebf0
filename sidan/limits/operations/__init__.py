"""Every write of the time limits: setting the clock, what it does when it is time, and the limits themselves."""

from sidan.limits.operations.calendar import count_days_off
from sidan.limits.operations.clock import (
    agree_clock,
    hand_on_clock,
    hasten_clock,
    run_clock,
    run_part_clock,
    run_wish_clock,
    start_missing_clocks,
    start_missing_wish_clocks,
    take_up_clock,
    take_up_part_clock,
)
from sidan.limits.operations.firing import fire_timer
from sidan.limits.operations.limits import Terms, set_limit, take_back_limit
from sidan.limits.operations.taking import NotDue
from sidan.limits.operations.task_firing import fire_task_timer
from sidan.limits.operations.tasks import TaskTimes, begin_task, start_missing_task_clocks
from sidan.limits.operations.wish_firing import fire_wish_timer

__all__ = [
    "NotDue",
    "TaskTimes",
    "Terms",
    "agree_clock",
    "begin_task",
    "count_days_off",
    "fire_task_timer",
    "fire_timer",
    "fire_wish_timer",
    "hand_on_clock",
    "hasten_clock",
    "run_clock",
    "run_part_clock",
    "run_wish_clock",
    "set_limit",
    "start_missing_clocks",
    "start_missing_task_clocks",
    "start_missing_wish_clocks",
    "take_back_limit",
    "take_up_clock",
    "take_up_part_clock",
]
