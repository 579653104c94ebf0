"""How much of an order's time is left, and how urgent that is: pure, the present is handed in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Pressure = Literal["none", "fine", "soon", "overdue"]


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The pressure an order is under. `due_at` is empty where nothing limits its present state."""

    due_at: datetime | None
    pressure: Pressure


def time_left(*, due_at: datetime | None, half_at: datetime | None, now: datetime) -> TimeLeft:
    """Tell how pressing an order is: soon due from half of its time on, overdue when it is over."""
    if due_at is None:
        return TimeLeft(due_at=None, pressure="none")
    if now >= due_at:
        return TimeLeft(due_at=due_at, pressure="overdue")
    is_soon = half_at is not None and now >= half_at
    return TimeLeft(due_at=due_at, pressure="soon" if is_soon else "fine")
