"""How much of an order's time is left, and how urgent that is: pure, the present is handed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

REVIEW_TIME: Final = timedelta(days=7)
"""How long a resident may say how it was, where no clock of the order says another time (R-Z3)."""

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


def review_ends(*, done_at: datetime, due_at: datetime | None) -> datetime:
    """Return until when a resident may say how an order that is done was; before that the office does not close it.

    Args:
        done_at: when the order was done.
        due_at: until when its clock says so; none where no clock runs for it.
    """
    return due_at or done_at + REVIEW_TIME
