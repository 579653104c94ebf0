"""The wheel of a year: its months with what is held in each, terms and feasts; beside it the same as a table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import dateformat
from django.views.decorators.http import require_safe

from sidan.activities import queries
from sidan.activities.almanac import DayWords
from sidan.activities.calendar import (
    Festival,
    Spoke,
    Spread,
    degrees_of,
    festival_on,
    sector,
    spoke,
    spot,
)
from sidan.activities.calendar.spans import FIRST_DAY, LAST_DAY
from sidan.activities.views.leaves import Opened, opened
from sidan.activities.words import FESTIVALS, TERMS, month_word
from sidan.core.lunar import term_on
from sidan.places.models import Place

MONTHS: Final = range(1, 13)
RING: Final = (72.0, 150.0)
WORDS_AT: Final = 124.0
TERMS_FROM: Final = 160.0
FEASTS_AT: Final = 61.0
MOST: Final = 10
"""Of what comes again, beside the wheel."""


@dataclass(frozen=True, slots=True)
class MonthPart:
    """A month of the wheel, and its line of the table."""

    word: str
    count: int
    path: str
    x: float
    y: float
    url: str
    is_now: bool
    days: list[DayWords]


@dataclass(frozen=True, slots=True)
class Mark:
    """A term along its spoke."""

    word: str
    place: Spoke


@dataclass(frozen=True, slots=True)
class Dot:
    """A feast: its name stands in the table, since feasts lie close together."""

    word: str
    x: float
    y: float


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """The year around a day, with the filters of the calendar."""
    here = opened(request, spread=Spread.MONTH)
    number = here.leaf.day.year
    first = date(number, 1, 1)
    days = [first + timedelta(days=each) for each in range((date(number + 1, 1, 1) - first).days)]
    is_now = here.today.year == number
    context: dict[str, Any] = {
        "year": number,
        "place": _meant(here),
        "back_query": _query(here, number - 1),
        "on_query": _query(here, number + 1),
        "months": _months(here, days),
        "terms": _terms(days),
        "feasts": _feasts(days),
        "needle": spot(degrees_of(here.today), TERMS_FROM) if is_now else None,
        "returning": queries.returning_in_year(wanted=here.wanted, year=number, most=MOST),
        "month_url": here.url(here.leaf.day),
        "shown_year": queries.YearShown(number, _meant(here)),
    }
    return render(request, "activities/year.html", context)


def _meant(here: Opened) -> Place | None:
    """Return whose year it is: the place that was chosen, else the whole county of the visitor's."""
    place = here.place
    return place if place is None or here.wanted.place_id else place.county or place


def _months(here: Opened, days: list[date]) -> list[MonthPart]:
    counts = queries.months_of_year(wanted=here.wanted, year=days[0].year)
    named = [words for words in here.words(days).values() if words.names]
    return [_month(here, days[0].replace(month=month), counts, named) for month in MONTHS]


def _month(here: Opened, first: date, counts: Mapping[int, int], named: Iterable[DayWords]) -> MonthPart:
    after = first.replace(month=first.month + 1) if first.month < len(MONTHS) else None
    begins, ends = degrees_of(first), degrees_of(after) if after else 360.0
    x, y = spot((begins + ends) / 2, WORDS_AT)
    return MonthPart(
        word=month_word(first.month), count=counts.get(first.month, 0),
        path=sector(begins, ends, inner=RING[0], outer=RING[1]), x=x, y=y, url=here.url(first),
        is_now=(here.today.year, here.today.month) == (first.year, first.month),
        days=[words for words in named if words.day.month == first.month],
    )  # fmt: skip


def _terms(days: Iterable[date]) -> list[Mark]:
    found = [(day, term) for day in days if (term := term_on(day))]
    return [Mark(str(TERMS[term]), spoke(degrees_of(day), radius=TERMS_FROM)) for day, term in found]


def _feasts(days: Iterable[date]) -> list[Dot]:
    """清明 stands among the terms already."""
    found = [
        (day, feast) for day in days if (feast := festival_on(day)) and feast is not Festival.CLEAR_AND_BRIGHT
    ]
    return [Dot(str(FESTIVALS[feast]), *spot(degrees_of(day), FEASTS_AT)) for day, feast in found]


def _query(here: Opened, number: int) -> str:
    """Return the address part of another year; nothing where the calendar ends."""
    if not FIRST_DAY.year <= number <= LAST_DAY.year:
        return ""
    return urlencode({"day": f"{number}-{dateformat.format(here.leaf.day, 'm')}-01", **here.kept})
