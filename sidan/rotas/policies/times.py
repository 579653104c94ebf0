"""When a rota is kept and who may stand at its door: pure arithmetic on days and moments."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DOOR_BEFORE: Final = timedelta(hours=1)
DOOR_AFTER: Final = timedelta(hours=4)
"""How long before its beginning one checks in, and after its end checks out."""
ONE_DAY: Final = timedelta(days=1)


class Span(NamedTuple):
    """From a moment to another one, which is not part of it."""

    begins: datetime
    ends: datetime

    def meets(self, other: "Span") -> bool:
        """Tell whether two times have a part in common."""
        return self.begins < other.ends and other.begins < self.ends


class ShiftTimes(NamedTuple):
    """A part of some weekdays (Monday is 0) on which so many people are needed."""

    weekdays: tuple[int, ...]
    begins: time
    ends: time
    needed: int


def span_on(day: date, begins: time, ends: time, zone: ZoneInfo) -> Span:
    """Return from when to when a shift is on a day; until the next day where it ends before it begins."""
    last = day if begins < ends else day + ONE_DAY
    return Span(datetime.combine(day, begins, zone), datetime.combine(last, ends, zone))


def days_of(
    weekdays: Collection[int], *, first: date, last: date, off: Collection[date] = ()
) -> Iterator[date]:
    """Return the days of some weekdays between two days, both included, without those that are off."""
    for later in range((last - first).days + 1):
        day = first + timedelta(days=later)
        if day.weekday() in weekdays and day not in off:
            yield day


def starting_turns(turns: Iterable[int]) -> int:
    """Return with how many turns a newcomer is counted: as many as who had the fewest, or all would be theirs."""
    return min(turns, default=0)


def is_door_open(*, state: str, direction: str, span: Span, at: datetime) -> bool:
    """Tell whether somebody can have come or gone at a moment; from what is called off one still goes."""
    fits = state in {"ahead", "over"} or (state == "off" and direction == "out")
    return fits and span.begins - DOOR_BEFORE <= at <= span.ends + DOOR_AFTER
