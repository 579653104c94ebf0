"""Which days a page of the calendar shows, and which come before and after them. Pure."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
"""Nobody leafs further, neither person nor robot; the lunar calendar is kept for longer."""
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


class Spread(StrEnum):
    """What lies open at once."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of the calendar around a day, from its first day to the one after its last."""

    spread: Spread
    day: date

    @property
    def first(self) -> date:
        """A month lies open as whole weeks, from Monday on."""
        if self.spread is Spread.DAY:
            return self.day
        if self.spread is Spread.WEEK:
            return _monday(self.day)
        first = self.day.replace(day=1)
        return _monday(first) if self.spread is Spread.MONTH else first

    @property
    def after(self) -> date:
        if self.spread is Spread.DAY:
            return self.day + _DAY
        if self.spread is Spread.WEEK:
            return self.first + _WEEK
        after = _next_month(self.day)
        return _monday(after - _DAY) + _WEEK if self.spread is Spread.MONTH else after

    @property
    def last(self) -> date:
        return self.after - _DAY

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=each) for each in range((self.after - self.first).days)]

    @property
    def back(self) -> date | None:
        """A day of the page before; none where the calendar begins."""
        if self.spread in {Spread.DAY, Spread.WEEK}:
            before = self.first - _DAY
        else:
            before = (self.day.replace(day=1) - _DAY).replace(day=1)
        return before if before >= FIRST_DAY else None

    @property
    def on(self) -> date | None:
        """A day of the page after; none where the calendar ends."""
        by_days = self.spread in {Spread.DAY, Spread.WEEK}
        after = self.after if by_days else _next_month(self.day)
        return after if after <= LAST_DAY else None

    def is_beside(self, day: date) -> bool:
        """Tell whether a day is only shown to fill the weeks of a month."""
        return self.spread is Spread.MONTH and day.month != self.day.month


def leaf_of(*, spread: str, day: str, today: date) -> Leaf:
    """Return the page that two words of an address ask for; what cannot be understood is the month of today."""
    found = Spread(spread) if spread in set(Spread) else Spread.MONTH
    try:
        asked = date.fromisoformat(day)
    except ValueError:
        asked = today
    return Leaf(found, asked if FIRST_DAY <= asked <= LAST_DAY else today)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _next_month(day: date) -> date:
    return day.replace(day=1) + timedelta(days=calendar.monthrange(day.year, day.month)[1])
