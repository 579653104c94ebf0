"""Which days a plan is for, how they are moved into another period, and how days are read from a table: pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

DAYS_OF_A_WEEK: Final = 7
MONTHS: Final = 12
_BETWEEN: Final = re.compile(r"\s*(?:至|到|~|～|—|–|－|/(?=\d{4}-)|\bto\b|(?<=[日号月])-)\s*")
_CLOCK: Final = re.compile(r"[T\s]00:00(:00)?$")
_WHOLE: Final = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$")
_MONTH_OF_YEAR: Final = re.compile(r"^(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?$")
_DAY_OF_MONTH: Final = re.compile(r"^(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?$")
_MONTH: Final = re.compile(r"^(\d{1,2})\s*月(?:份)?$")
_DAY: Final = re.compile(r"^(\d{1,2})\s*[日号]?$")


class BadDays(ValueError):
    """What was typed names no days."""


@dataclass(frozen=True, slots=True)
class Days:
    """From a day to a day, both meant."""

    first: date
    last: date

    def holds(self, other: "Days") -> bool:
        """Tell whether other days lie within."""
        return self.first <= other.first and other.last <= self.last

    @property
    def is_whole_month(self) -> bool:
        """Tell whether it is all of one month, as one plans when the day is not known yet."""
        return self.first.day == 1 and self.last == _last_of_month(self.first)


def period_around(period: str, day: date) -> Days:
    """Return the year, the month or the week (Monday to Sunday) in which a day lies."""
    if period == "year":
        return Days(date(day.year, 1, 1), date(day.year, MONTHS, 31))
    if period == "month":
        return Days(day.replace(day=1), _last_of_month(day))
    monday = day - timedelta(days=day.weekday())
    return Days(monday, monday + timedelta(days=DAYS_OF_A_WEEK - 1))


def a_year_later(period: str, days: Days) -> Days:
    """Return the same period of the next year: the same month, the week 52 weeks later."""
    if period == "week":
        ahead = timedelta(weeks=52)
        return Days(days.first + ahead, days.last + ahead)
    return period_around(period, _with_year(days.first, days.first.year + 1))


def moved(days: Days, *, period: str, source: Days, target: Days) -> Days:
    """Return days of one period as they stand in another of the same kind.

    In a year the date stays, in a month its number, in a week its weekday; whole months stay whole, and what does not
    exist there (29 February, the 31st) is the last day of its month.
    """
    if period == "week":
        ahead = target.first - source.first
        return Days(days.first + ahead, days.last + ahead)
    if days.is_whole_month:
        first = _moved_day(days.first, period, target)
        return Days(first, _last_of_month(first))
    return Days(_moved_day(days.first, period, target), _moved_day(days.last, period, target))


def _moved_day(day: date, period: str, target: Days) -> date:
    if period == "year":
        return _with_year(day, target.first.year)
    last = calendar.monthrange(target.first.year, target.first.month)[1]
    return target.first.replace(day=min(day.day, last))


def read_days(text: str, *, within: Days) -> Days:
    """Read days as people write them in a table: 2027-03-05, 3月5日, 3月, 3月5日至7日.

    What leaves the year or the month out has that of the period. Raises BadDays.
    """
    first, *others = _BETWEEN.split(text.strip()) if text.strip() else [""]
    if len(others) > 1 or not first:
        raise BadDays(text)
    begins = _read_part(first, near=within.first)
    if not others:
        return begins
    ends = _read_part(others[0], near=begins.first)
    if ends.last < begins.first:
        raise BadDays(text)
    return Days(begins.first, ends.last)


def _read_part(text: str, *, near: date) -> Days:
    written = _CLOCK.sub("", text.strip())
    for pattern, places in (
        (_WHOLE, "ymd"),
        (_MONTH_OF_YEAR, "ym"),
        (_DAY_OF_MONTH, "md"),
        (_MONTH, "m"),
        (_DAY, "d"),
    ):
        if found := pattern.match(written):
            numbers = dict(zip(places, map(int, found.groups()), strict=True))
            return _days_of(numbers, near=near, text=text)
    raise BadDays(text)


def _days_of(numbers: dict[str, int], *, near: date, text: str) -> Days:
    try:
        first = date(numbers.get("y", near.year), numbers.get("m", near.month), numbers.get("d", 1))
    except ValueError as wrong:
        raise BadDays(text) from wrong
    return Days(first, first if "d" in numbers else _last_of_month(first))


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _with_year(day: date, year: int) -> date:
    last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something was meant to be held, how often it was, and how often it is still to come."""

    planned: int = 0
    done: int = 0
    coming: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.planned + other.planned, self.done + other.done, self.coming + other.coming)

    @property
    def kept(self) -> int:
        """How many of the times that were meant were held: more than was meant does not make up for another line."""
        return min(self.planned, self.done)

    @property
    def is_complete(self) -> bool:
        """Tell whether it was held as often as was meant."""
        return self.done >= self.planned


def percent_kept(tallies: list[Tally]) -> int | None:
    """Return how much of what was meant was held, in whole per cent rounded down; nothing where nothing was meant."""
    planned = sum(tally.planned for tally in tallies)
    return sum(tally.kept for tally in tallies) * 100 // planned if planned else None
