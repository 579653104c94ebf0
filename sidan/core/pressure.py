"""How much of a time is left, and how urgent that is: pure, the present is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from sidan.core.clock import midnight
from sidan.core.clockwork import Due

Pressure = Literal["none", "fine", "soon", "overdue"]
SOON: Final = timedelta(days=3)
"""How long before its day what is to be done by a day counts as soon due."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The pressure something is under. `due_at` is empty where nothing limits its present state."""

    due_at: datetime | None
    pressure: Pressure


@dataclass(frozen=True, slots=True)
class PressureLook:
    """How what is left of a time looks."""

    css: str
    icon: str


PRESSURES: Final[Mapping[str, PressureLook]] = {
    "fine": PressureLook("", icon="hourglass"),
    "soon": PressureLook("tone-soon", icon="alarm-clock"),
    "overdue": PressureLook("tone-overdue", icon="alarm-clock-off"),
}


def time_left(*, due_at: datetime | None, half_at: datetime | None, now: datetime) -> TimeLeft:
    """Tell how pressing something is: soon due from half of its time on, overdue when it is over."""
    if due_at is None:
        return TimeLeft(due_at=None, pressure="none")
    if now >= due_at:
        return TimeLeft(due_at=due_at, pressure="overdue")
    is_soon = half_at is not None and now >= half_at
    return TimeLeft(due_at=due_at, pressure="soon" if is_soon else "fine")


def end_of_day(on: date) -> Due:
    """Return until when what is to be done by a day may last: to the end of that day, short from three days before."""
    return Due(due_at=midnight(on + timedelta(days=1)), half_at=midnight(on - SOON))
