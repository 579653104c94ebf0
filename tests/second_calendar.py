"""The Chinese calendar by another hand than ours: what a second library says of the days of a year."""

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple

import cnlunar


class Told(NamedTuple):
    """What the second source says of a day."""

    year: int
    month: int
    is_leap: bool
    day: int
    term: str
    """In Chinese; empty where none begins."""


def days_of(year: int) -> list[date]:
    """The days of a year of twelve months."""
    first = date(year, 1, 1)
    return [first + timedelta(days=nth) for nth in range((date(year + 1, 1, 1) - first).days)]


@cache
def told_of(year: int) -> dict[date, Told]:
    """Ask once for each day of a year."""
    return {day: _told(day) for day in days_of(year)}


def _told(day: date) -> Told:
    found = cnlunar.Lunar(datetime.combine(day, time(12)))
    term = "" if found.todaySolarTerms == "无" else found.todaySolarTerms
    return Told(found.lunarYear, found.lunarMonth, found.isLunarLeapMonth, found.lunarDay, term)
