"""Working days and working hours (R-Z3): pure arithmetic on the county's own calendar, without Django.

Three ways of counting are kept apart, because people mean different things by "a day":

- **working days**, as offices count them: the day on which something arrives is not counted, and the time is over at
  the end of office hours of the last one;
- **working hours**: only the hours in which the office is open run;
- **hours** by the clock, which run at night and on holidays too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from sidan.core.clock import BUSINESS_ZONE

Part = tuple[time, time]
MOST_DAYS: Final = 1500
"""How far is looked ahead: a calendar without a working day in four years is wrong, and asked for ever."""
ONE_DAY: Final = timedelta(days=1)
SATURDAY: Final = 5


class NoWorkingDay(ValueError):
    """The calendar has no working day for years ahead, or office hours of no length."""


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """One place's calendar: days that are otherwise than their weekday says, and the parts of a working day."""

    parts: tuple[Part, ...]
    other_days: Mapping[date, bool] = field(default_factory=dict)
    """True: worked although it is a Saturday or Sunday (调休); False: free although it is an ordinary weekday."""

    def works_on(self, day: date) -> bool:
        """Tell whether the office works on a day."""
        return self.other_days.get(day, day.weekday() < SATURDAY)

    def working_days_from(self, day: date) -> Iterator[date]:
        """Yield the working days from a day on, that day included.

        Raises:
            NoWorkingDay: none is found for years ahead.
        """
        searched = 0
        while searched < MOST_DAYS:
            if self.works_on(day):
                yield day
                searched = 0
            day += ONE_DAY
            searched += 1
        raise NoWorkingDay

    def still_running_since(self, at: datetime, days: int) -> datetime:
        """Return the first moment whose working days are not over yet: of what began before they are.

        The other way round than `after_working_days`, so that many are asked about at once. Raises NoWorkingDay.
        """
        day, left, searched = _local(at).date(), days, 0
        if at < _at(day, self.parts[-1][1]):
            day -= ONE_DAY
        while searched < MOST_DAYS:
            if self.works_on(day):
                left, searched = left - 1, 0
                if left <= 0:
                    return _at(day, time())
            day -= ONE_DAY
            searched += 1
        raise NoWorkingDay

    def after_working_days(self, begins: datetime, days: int) -> datetime:
        """Return the end of office hours of the last of some working days; the day of the beginning is not counted."""
        last = _local(begins).date()
        coming = self.working_days_from(last + ONE_DAY)
        for _day in range(days):
            last = next(coming)
        return _at(last, self.parts[-1][1])

    def after_working_time(self, begins: datetime, span: timedelta) -> datetime:
        """Return the moment at which the office has been open for a span since a beginning.

        Raises:
            NoWorkingDay: the office is never open.
        """
        left = span
        for opens, shuts in self._openings(begins):
            if left <= shuts - opens:
                return opens + left
            left -= shuts - opens
        raise NoWorkingDay

    def working_time_between(self, begins: datetime, ends: datetime) -> timedelta:
        """Return for how long the office is open between two moments; backwards it is nothing."""
        total = timedelta()
        for opens, shuts in self._openings(begins):
            if opens >= ends:
                break
            total += min(shuts, ends) - opens
        return total

    def working_days_left(self, now: datetime, due: datetime) -> int:
        """Return how many working days end between a moment and a later one: the day of the moment is not counted."""
        first, last = _local(now).date(), _local(due).date()
        return sum(self.works_on(first + ONE_DAY * days) for days in range(1, (last - first).days + 1))

    def working_days_over(self, due: datetime, now: datetime) -> int:
        """Return how many working days are over whole since the day of a moment."""
        today = _local(now).date()
        is_open = self.works_on(today) and now < _at(today, self.parts[-1][1])
        return max(self.working_days_left(due, now) - is_open, 0)

    def next_opening(self, after: datetime) -> datetime:
        """Return when the office opens on the first working day after the day of a moment. Raises NoWorkingDay."""
        day = next(self.working_days_from(_local(after).date() + ONE_DAY))
        return _at(day, self.parts[0][0])

    def on_working_day(self, moment: datetime) -> datetime:
        """Return a moment, or the same time of the next working day where it lies on a day off. Raises NoWorkingDay."""
        local = _local(moment)
        return _at(next(self.working_days_from(local.date())), local.time())

    def half_way(self, begins: datetime, ends: datetime) -> datetime:
        """Return the moment at which half of the office hours between two moments are over."""
        return self.after_working_time(begins, self.working_time_between(begins, ends) / 2)

    def _openings(self, begins: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the stretches in which the office is open, from a moment on."""
        if not any(opens < shuts for opens, shuts in self.parts):
            raise NoWorkingDay
        local = _local(begins)
        for day in self.working_days_from(local.date()):
            for opens, shuts in self.parts:
                starts, ends = max(_at(day, opens), local), _at(day, shuts)
                if starts < ends:
                    yield starts, ends


def read_hours(told: str) -> tuple[Part, ...]:
    """Read "08:30-12:00,14:30-17:30" as the parts of a working day.

    Raises:
        ValueError: it is written otherwise, or the parts overlap or run backwards.
    """
    parts = []
    for piece in told.split(","):
        opens, shuts = (time.fromisoformat(end.strip()) for end in piece.split("-"))
        parts.append((opens, shuts))
    ends = [end for part in parts for end in part]
    if ends != sorted(set(ends)):
        raise ValueError(f"office hours overlap or run backwards: {told}")
    return tuple(parts)


def _local(at: datetime) -> datetime:
    return at.astimezone(BUSINESS_ZONE)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=BUSINESS_ZONE)
