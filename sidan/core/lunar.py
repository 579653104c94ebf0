"""The Chinese calendar in Beijing time: months, leap months and the 24 solar terms. Pure: no database, no clock.

The library behind computes a whole year at once, in some milliseconds, and no single day for less. So a year is asked
for once and kept as a small table of the first days of its months; a day is then found by looking into it. The library
has a store of its own, which is not used: its lock stays shut for ever if making a year fails.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from lunar_python import LunarYear

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_JULIAN_NOON: Final = 1_721_425
"""The Julian day number at noon of a date, less the date's ordinal."""


class Term(StrEnum):
    """The 24 solar terms, in the order of a year of months (小寒 is the first of January)."""

    MINOR_COLD = "minor_cold"
    MAJOR_COLD = "major_cold"
    START_OF_SPRING = "start_of_spring"
    RAIN_WATER = "rain_water"
    AWAKENING_OF_INSECTS = "awakening_of_insects"
    SPRING_EQUINOX = "spring_equinox"
    CLEAR_AND_BRIGHT = "clear_and_bright"
    GRAIN_RAIN = "grain_rain"
    START_OF_SUMMER = "start_of_summer"
    GRAIN_BUDS = "grain_buds"
    GRAIN_IN_EAR = "grain_in_ear"
    SUMMER_SOLSTICE = "summer_solstice"
    MINOR_HEAT = "minor_heat"
    MAJOR_HEAT = "major_heat"
    START_OF_AUTUMN = "start_of_autumn"
    END_OF_HEAT = "end_of_heat"
    WHITE_DEW = "white_dew"
    AUTUMN_EQUINOX = "autumn_equinox"
    COLD_DEW = "cold_dew"
    FROST_DESCENT = "frost_descent"
    START_OF_WINTER = "start_of_winter"
    MINOR_SNOW = "minor_snow"
    MAJOR_SNOW = "major_snow"
    WINTER_SOLSTICE = "winter_solstice"


_TERMS: Final = tuple(Term)


@dataclass(frozen=True, slots=True, order=True)
class LunarDay:
    """A day of the Chinese calendar. A leap month has the number of the month that it follows."""

    year: int
    month: int
    is_leap: bool
    day: int


class _Month(NamedTuple):
    begins: int
    """The ordinal of its first day."""
    year: int
    month: int
    is_leap: bool


def lunar_day(day: date) -> LunarDay:
    """Return the day of the Chinese calendar.

    Raises:
        ValueError: the day lies outside the years that the calendar is kept for.
    """
    months = _months(day.year)
    ordinal = day.toordinal()
    month = months[bisect_right(months, ordinal, key=lambda each: each.begins) - 1]
    return LunarDay(month.year, month.month, month.is_leap, ordinal - month.begins + 1)


def first_of_year(year: int) -> date:
    """Return the first day of a year of the Chinese calendar (春节).

    Raises:
        ValueError: the calendar is not kept for the year.
    """
    first = next(month for month in _months(year) if (month.year, month.month) == (year, 1))
    return date.fromordinal(first.begins)


def is_last_of_year(day: date) -> bool:
    """Tell whether a day is 除夕: the one before 春节, be it the 29th or the 30th of its month.

    Raises:
        ValueError: the calendar is not kept for the day's year.
    """
    return day.toordinal() + 1 == first_of_year(day.year).toordinal()


def term_on(day: date) -> Term | None:
    """Return the solar term that begins on a day in Beijing, if one does.

    Raises:
        ValueError: the calendar is not kept for the day's year.
    """
    return _terms(day.year).get(day)


@cache
def _months(year: int) -> tuple[_Month, ...]:
    """Return the months in which the days of a year of twelve months lie, in order."""
    _check(year)
    found = {
        month.getFirstJulianDay(): month
        for each in (year - 1, year, year + 1)
        for month in LunarYear(each).getMonths()
    }
    return tuple(
        _Month(
            begins=int(julian) - _JULIAN_NOON,
            year=month.getYear(),
            month=abs(month.getMonth()),
            is_leap=month.getMonth() < 0,
        )
        for julian, month in sorted(found.items())
    )


@cache
def _terms(year: int) -> dict[date, Term]:
    """Return on which days of a year its terms begin.

    The library counts from 大雪 of the year before; the second after that is 小寒 of this year.
    """
    _check(year)
    moments = LunarYear(year).getJieQiJulianDays()[2 : 2 + len(_TERMS)]
    # A Julian day begins at noon: a half day later is the day people write.
    return {
        date.fromordinal(int(moment + 0.5) - _JULIAN_NOON): term
        for term, moment in zip(_TERMS, moments, strict=True)
    }


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the calendar is kept for {FIRST_YEAR} to {LAST_YEAR}, not for {year}")
