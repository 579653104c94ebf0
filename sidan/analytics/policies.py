"""Which counters make up a period: whole months where they fit, days for the rest. No database, no clock."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

BEGINNING: Final = date(2000, 1, 1)
"""The start of the counters over all time; no order is older."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both counted in. Without days: everything."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The counters of one grain whose start lies between two days."""

    grain: str
    first: date
    last: date


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def monday_of(day: date) -> date:
    """Return the first day of a week."""
    return day - timedelta(days=day.weekday())


def next_month(day: date) -> date:
    """Return the first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def months_back(day: date, count: int) -> date:
    """Return the first day of the month so many months before."""
    first = month_of(day)
    for _month in range(count):
        first = month_of(first - timedelta(days=1))
    return first


def spans(period: Period) -> list[Span]:
    """Return the fewest runs of counters that make up a period."""
    if period.first is None and period.last is None:
        return [Span("all", BEGINNING, BEGINNING)]
    first, last = period.first or BEGINNING, period.last or date.max
    if last < first:
        return []
    begins = first if first.day == 1 else next_month(first)
    ends = last if last == date.max else month_of(last + timedelta(days=1)) - timedelta(days=1)
    if ends < begins:
        return [Span("day", first, last)]
    found = [Span("month", begins, month_of(ends))]
    if first < begins:
        found.append(Span("day", first, begins - timedelta(days=1)))
    if last > ends:
        found.append(Span("day", ends + timedelta(days=1), last))
    return found


def until_end(period: Period) -> Period:
    """Return the period that a stock sums: from the beginning to the end of the one asked for."""
    return Period(first=BEGINNING if period.last else None, last=period.last)
