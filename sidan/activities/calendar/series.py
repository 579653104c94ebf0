"""A pattern with a beginning, an end, what gives way on days off, and the exceptions (R-A2)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from sidan.activities.calendar.patterns import Pattern
from sidan.core.lunar import FIRST_YEAR, LAST_YEAR

IsWorking = Callable[[date], bool]
"""Tells a working day, with holidays and made-up weekends as the place's own calendar has them."""
DAY: Final = timedelta(days=1)
LONGEST_SHIFT: Final = timedelta(days=16)
"""How far something gives way at most: the longest row of days off has nine, and a made-up week of work seven."""
SEARCHED_YEARS: Final = 10
"""How far ahead the next days are looked for: 30 days had a twelfth month in 2024 and has one again in 2030."""
YEAR: Final = timedelta(days=366)
FIRST_DAY: Final = date(FIRST_YEAR, 1, 1)
LAST_DAY: Final = date(LAST_YEAR, 12, 31)


class BadSeries(ValueError):
    """A series that contradicts itself."""


class Wanted(StrEnum):
    """On what sort of day it may be. Holidays are days off, made-up weekends are working days."""

    ANY = "any"
    WORKING = "working"
    OFF = "off"


class Otherwise(StrEnum):
    """What becomes of a day that is not of the sort that is wanted."""

    SKIPPED = "skipped"
    EARLIER = "earlier"
    LATER = "later"


class Occurrence(NamedTuple):
    """Once of a series. `of` is the day of the pattern and names it for good; `day` is when it is held."""

    of: date
    day: date


@dataclass(frozen=True, slots=True)
class Series:
    """What comes again from `begins` on: until a day (itself included), so many times, or without an end.

    What lies within beginning and end is the day on which it is held: a day of the pattern just before the beginning
    that is put later is held, one that is put before it is not. `times` counts the days on which the rule has it held,
    not those that it leaves out on account of days off; exceptions do not change the count.
    """

    pattern: Pattern
    begins: date
    until: date | None = None
    times: int | None = None
    wanted: Wanted = Wanted.ANY
    otherwise: Otherwise = Otherwise.SKIPPED
    exceptions: Mapping[date, date | None] = field(default_factory=dict)
    """What somebody decided: the one of this day is held on that, or not at all (None). A day of itself is one more.

    They are known by the day of the pattern, so that a calendar that is corrected later leaves them where they are.
    """

    def __post_init__(self) -> None:
        """Refuse what contradicts itself.

        Raises:
            BadSeries: an end before the beginning, no time at all, or a beginning outside the years of the calendar.
        """
        if not FIRST_YEAR <= self.begins.year <= LAST_YEAR:
            raise BadSeries(f"begins in {self.begins.year}")
        if self.until is not None and self.until < self.begins:
            raise BadSeries("ends before it begins")
        if self.times is not None and self.times < 1:
            raise BadSeries("comes not once")

    def has(self, day: date) -> bool:
        """Tell whether a day lies within beginning and end."""
        return self.begins <= day <= (self.until or LAST_DAY)


def occurrences(series: Series, *, first: date, last: date, is_working: IsWorking) -> list[Occurrence]:
    """Return what is held in a span, both ends included, in order; nothing is held twice on a day."""
    decided: dict[date, date | None] = {
        each.of: each.day for each in _each_day_once(_of_rule(series, first, last, is_working))
    }
    decided.update(series.exceptions)
    held = (Occurrence(of, day) for of, day in sorted(decided.items()) if day is not None)
    return [each for each in _each_day_once(held) if first <= each.day <= last]


def next_occurrences(series: Series, *, after: date, count: int, is_working: IsWorking) -> list[Occurrence]:
    """Return the first ones after a day: as many as are asked for, or as there are within ten years."""
    found: list[Occurrence] = []
    for nth in range(SEARCHED_YEARS):
        if len(found) >= count:
            break
        since = after + nth * YEAR
        found += occurrences(series, first=since + DAY, last=since + YEAR, is_working=is_working)
    return found[:count]


def ended_before(series: Series, *, day: date) -> Series:
    """Return a series as it is when another one takes its place from a day on: what was held before stays as it was.

    Raises:
        BadSeries: it begins on that day or later, so that nothing of it would be left.
    """
    last = day - DAY
    return replace(
        series,
        until=min(last, series.until or last),
        exceptions=_decided_between(series.exceptions, date.min, last),
    )


def rest_from(series: Series, *, day: date, is_working: IsWorking) -> Series | None:
    """Return what is still to come of a series from a day on, as a series of its own; None if the rule holds no more.

    With it and `ended_before` a series is cut in two and nothing is lost, doubled or counted twice: it is what a change
    begins with. Days that somebody added behind the end of the rule are told by the exceptions alone.
    """
    times = None
    if series.times is not None:
        held = _of_rule(series, series.begins, day - DAY, is_working)
        times = series.times - len({each.day for each in held if each.day < day})
    if times == 0 or (series.until is not None and series.until < day):
        return None
    return replace(
        series,
        begins=max(day, series.begins),
        times=times,
        exceptions=_decided_between(series.exceptions, day, date.max),
    )


def _decided_between(
    exceptions: Mapping[date, date | None], first: date, last: date
) -> dict[date, date | None]:
    """Return the exceptions of a part of a series: what is held in another part is not held in this one by the rule.

    Those of days that could not give way into it are left out.
    """
    kept = {}
    for of, held in exceptions.items():
        is_held = held is not None and first <= held <= last
        if is_held or (first - of <= LONGEST_SHIFT and of - last <= LONGEST_SHIFT):
            kept[of] = held if is_held else None
    return kept


def _of_rule(series: Series, first: date, last: date, is_working: IsWorking) -> Iterator[Occurrence]:
    """Yield what the rule alone has held in a span and around it, in the order of the pattern's days."""
    held: set[date] = set()
    # Only what is counted is counted from the beginning: without a number, no history is walked through.
    since = series.begins if series.times else max(first, series.begins)
    until = min(last, series.until or last)
    for of in _pattern_days(series, since - LONGEST_SHIFT, until + LONGEST_SHIFT):
        day = _given_way(series, of, is_working)
        if day is None or not series.has(day):
            continue
        if len(held) == series.times and day not in held:
            return
        held.add(day)
        yield Occurrence(of, day)


def _each_day_once(found: Iterable[Occurrence]) -> list[Occurrence]:
    """Leave one where several meet on a day: the one whose own day it is, else the first. In order."""
    once: dict[date, Occurrence] = {}
    for each in found:
        if each.day not in once or each.of == each.day:
            once[each.day] = each
    return [once[day] for day in sorted(once)]


def _pattern_days(series: Series, first: date, last: date) -> Iterator[date]:
    day, end = max(first, FIRST_DAY), min(last, LAST_DAY)
    while day <= end:
        if series.pattern.falls_on(day):
            yield day
        day += DAY


def _given_way(series: Series, of: date, is_working: IsWorking) -> date | None:
    """Return where the one of a day is held; none where it is left out."""
    if series.wanted is Wanted.ANY:
        return of
    wants_work = series.wanted is Wanted.WORKING
    if is_working(of) is wants_work:
        return of
    if series.otherwise is Otherwise.SKIPPED:
        return None
    step = -DAY if series.otherwise is Otherwise.EARLIER else DAY
    day = of + step
    while abs(day - of) <= LONGEST_SHIFT:
        if is_working(day) is wants_work:
            return day
        day += step
    return None
