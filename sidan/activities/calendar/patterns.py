"""On which days something comes again (R-A2).

A pattern is a question asked of a day, so that every kind is asked alike.
"""

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from sidan.core.lunar import Term, is_last_of_year, lunar_day, term_on

LAST: Final = -1
"""The last day of a month, or the last such weekday of it; of months of twelve only."""
WEEKDAYS: Final = range(7)
NTHS: Final = (1, 2, 3, 4, 5, LAST)
MONTHS: Final = range(1, 13)
DAYS: Final = (*range(1, 32), LAST)
LUNAR_DAYS: Final = range(1, 31)
MOST_WEEKS: Final = 52
"""Who means less than once a year does not count in weeks."""
ENDINGS: Final = range(10)
EVERY_MONTH: Final[frozenset[int]] = frozenset()


class BadPattern(ValueError):
    """A pattern that nothing can come by; `code` says why.

    - no_day: it names no day, or one that no week, month or year has;
    - unknown_kind, unknown_part, missing_part, unreadable: it cannot be read as it is written (`written`).

    `where` points to what is wrong in a written one (a JSON pointer, RFC 6901).
    """

    def __init__(self, code: str, *, told: str, where: str = "") -> None:
        super().__init__(f"{where}: {told}" if where else told)
        self.code = code
        self.told = told
        self.where = where


class Pattern(Protocol):
    """Days that come again."""

    def falls_on(self, day: date) -> bool:
        """Tell whether it comes on a day."""
        ...


class Festival(StrEnum):
    """我们的节日: the feasts of the Chinese calendar that centers keep."""

    NEW_YEARS_EVE = "new_years_eve"
    SPRING = "spring"
    LANTERN = "lantern"
    CLEAR_AND_BRIGHT = "clear_and_bright"
    DRAGON_BOAT = "dragon_boat"
    DOUBLE_SEVENTH = "double_seventh"
    MID_AUTUMN = "mid_autumn"
    DOUBLE_NINTH = "double_ninth"


FEAST_DAYS: Final[dict[tuple[int, int], Festival]] = {
    (1, 1): Festival.SPRING,
    (1, 15): Festival.LANTERN,
    (5, 5): Festival.DRAGON_BOAT,
    (7, 7): Festival.DOUBLE_SEVENTH,
    (8, 15): Festival.MID_AUTUMN,
    (9, 9): Festival.DOUBLE_NINTH,
}
"""Month and day. The two others are no day of a month: 除夕 is the last of the year, 清明 is a solar term."""


@dataclass(frozen=True, slots=True)
class DaysOfWeek:
    """Weekdays (Monday is 0) of every week, or of every second, third, … week counted from that of `since`.

    `since` is its own and not the beginning of the series: who changes a series in the middle keeps the weeks in step.
    """

    weekdays: frozenset[int]
    since: date
    every: int = 1

    def __post_init__(self) -> None:
        """Refuse what names no day.

        Raises:
            BadPattern: a weekday there is not, or a number of weeks that nobody counts.
        """
        _check(self.weekdays, WEEKDAYS)
        _check({self.every}, range(1, MOST_WEEKS + 1))

    def falls_on(self, day: date) -> bool:
        weeks = (_monday(day) - _monday(self.since)) // 7
        return day.weekday() in self.weekdays and weeks % self.every == 0


@dataclass(frozen=True, slots=True)
class WeekdaysOfMonth:
    """The first, fourth, … or last of a weekday in a month: "the fourth Wednesday", "the third Sunday of May"."""

    weekday: int
    nths: frozenset[int]
    months: frozenset[int] = EVERY_MONTH

    def __post_init__(self) -> None:
        """Refuse what names no day.

        Raises:
            BadPattern: a weekday, a number or a month there is not.
        """
        _check({self.weekday}, WEEKDAYS)
        _check(self.nths, NTHS)
        _check_months(self.months)

    def falls_on(self, day: date) -> bool:
        if day.weekday() != self.weekday or not _in(self.months, day.month):
            return False
        is_last = day.day + 7 > _length(day)
        return (day.day - 1) // 7 + 1 in self.nths or (is_last and LAST in self.nths)


@dataclass(frozen=True, slots=True)
class DaysOfMonth:
    """Days by number: "the 15th", "5 March". A month that is too short is left out, as RFC 5545 does."""

    days: frozenset[int]
    months: frozenset[int] = EVERY_MONTH

    def __post_init__(self) -> None:
        """Refuse what names no day.

        Raises:
            BadPattern: a day or a month there is not.
        """
        _check(self.days, DAYS)
        _check_months(self.months)

    def falls_on(self, day: date) -> bool:
        if not _in(self.months, day.month):
            return False
        return day.day in self.days or (LAST in self.days and day.day == _length(day))


@dataclass(frozen=True, slots=True)
class LunarDays:
    """Days of the Chinese calendar by number: 初一 and 十五, or market days.

    Days of every month come in leap months, too: a market does not rest. Days of a named month never come in its leap
    copy: a birthday or feast is kept once. A month without a 30th is left out.
    """

    days: frozenset[int]
    months: frozenset[int] = EVERY_MONTH

    def __post_init__(self) -> None:
        """Refuse what names no day.

        Raises:
            BadPattern: a day or a month there is not.
        """
        _check(self.days, LUNAR_DAYS)
        _check_months(self.months)

    def falls_on(self, day: date) -> bool:
        found = lunar_day(day)
        if self.months and (found.is_leap or found.month not in self.months):
            return False
        return found.day in self.days


@dataclass(frozen=True, slots=True)
class Festivals:
    """Feasts of the Chinese calendar, never in the leap month's copy."""

    festivals: frozenset[Festival]

    def __post_init__(self) -> None:
        """Refuse what names no day.

        Raises:
            BadPattern: no feast is named.
        """
        _check(self.festivals, Festival)

    def falls_on(self, day: date) -> bool:
        return festival_on(day) in self.festivals


@dataclass(frozen=True, slots=True)
class Terms:
    """Days on which one of some solar terms begins in Beijing."""

    terms: frozenset[Term]

    def __post_init__(self) -> None:
        """Refuse what names no day.

        Raises:
            BadPattern: no term is named.
        """
        _check(self.terms, Term)

    def falls_on(self, day: date) -> bool:
        return term_on(day) in self.terms


def festival_on(day: date) -> Festival | None:
    """Return the feast of a day, if it is one; no day is two."""
    if is_last_of_year(day):
        return Festival.NEW_YEARS_EVE
    if term_on(day) is Term.CLEAR_AND_BRIGHT:
        return Festival.CLEAR_AND_BRIGHT
    found = lunar_day(day)
    return None if found.is_leap else FEAST_DAYS.get((found.month, found.day))


def market_days(endings: Iterable[int]) -> frozenset[int]:
    """Return the days of a lunar month that end on some digits: 三六九 are 3, 6, 9, 13, … 29.

    Raises:
        BadPattern: no digit is named, or something that is none.
    """
    wanted = frozenset(endings)
    _check(wanted, ENDINGS)
    return frozenset(day for day in LUNAR_DAYS if day % 10 in wanted)


def endings_of(days: frozenset[int]) -> frozenset[int]:
    """Return the digits on which some days of a lunar month end, if they are all the days that do; none otherwise."""
    endings = frozenset(day % 10 for day in days)
    return endings if days and days == market_days(endings) else frozenset()


def _check(named: Collection[object], there_are: Iterable[object]) -> None:
    if not named or not frozenset(named) <= frozenset(there_are):
        raise BadPattern("no_day", told=f"{sorted(map(str, named))} of {[str(each) for each in there_are]}")


def _check_months(named: frozenset[int]) -> None:
    if named:
        _check(named, MONTHS)


def _in(months: frozenset[int], month: int) -> bool:
    return not months or month in months


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]
