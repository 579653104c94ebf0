"""A page of the calendar as the portal, paper and other people's sites open it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from sidan.activities import queries
from sidan.activities.almanac import DayWords, words_of_days
from sidan.activities.calendar import Leaf, Spread, leaf_of
from sidan.activities.queries import Occasion, Wanted
from sidan.activities.views.wanted import wanted_at, wanted_of
from sidan.core.clock import business_date
from sidan.places.models import Place
from sidan.places.nearby import place_asked, place_near
from sidan.places.queries import days_between

FILTERS: Final = ("place", "kind", "audience")


@dataclass(frozen=True, slots=True)
class DayField:
    """A day in a grid: what the calendar says of it, and what is held."""

    words: DayWords
    occasions: list[Occasion]
    more: int
    is_today: bool
    is_beside: bool
    url: str

    @property
    def is_bare(self) -> bool:
        """Tell whether a list of days on a telephone leaves it out."""
        return not (self.occasions or self.words.names or self.is_today)


@dataclass(frozen=True, slots=True)
class Opened:
    """What lies open, and for whom; `kept` are the filters as an address says them."""

    leaf: Leaf
    wanted: Wanted
    place: Place | None
    today: date
    kept: Mapping[str, str]

    def url(self, day: date | None, *, spread: Spread | None = None, site: str = "") -> str:
        """Return the address of a page of the calendar with these filters; nothing where the calendar ends."""
        if day is None:
            return ""
        asked = {"view": (spread or self.leaf.spread).value, "day": day.isoformat(), **self.kept}
        return f"{site}{reverse('activities:calendar')}?{urlencode(asked)}"

    def words(self, days: Sequence[date] = ()) -> dict[date, DayWords]:
        """Return what the calendar says of some days, of those that lie open where none are named: three queries."""
        days, place_id = days or self.leaf.days, self.place.pk if self.place else None
        told = days_between(place_id=place_id, first=days[0], last=days[-1])
        named = [each for _kind, kept in queries.named_days() for each in kept]
        return words_of_days(days, named=named, told=told)

    def fields(self, *, most: int, site: str = "") -> tuple[list[DayField], bool]:
        """Return the days with the first that are held on each, and whether there is more than a page holds."""
        words, leaf = self.words(), self.leaf
        days, has_more = queries.days_with(wanted=self.wanted, first=leaf.first, after=leaf.after)
        fields = [
            DayField(
                words[day], held[:most], max(0, len(held) - most), day == self.today, leaf.is_beside(day),
                self.url(day, spread=Spread.DAY, site=site),
            )
            for day in leaf.days
            for held in [days.get(day, [])]
        ]  # fmt: skip
        return fields, has_more


def opened(request: HttpRequest, *, spread: str = "") -> Opened:
    """Open what the address asks for; a page that knows only one spread says which."""
    chosen, wanted = place_asked(request), wanted_of(request)
    kept = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    return _opened(request, spread, wanted, chosen or place_near(request), kept)


def opened_at(request: HttpRequest, *, place: Place) -> Opened:
    """Open the month of one place, whoever asks."""
    kept = {name: request.GET[name] for name in FILTERS if request.GET.get(name)} | {"place": str(place.uuid)}
    return _opened(request, Spread.MONTH, wanted_at(request, place=place), place, kept)


def _opened(
    request: HttpRequest, spread: str, wanted: Wanted, place: Place | None, kept: Mapping[str, str]
) -> Opened:
    today = business_date(wanted.at)
    asked = spread or request.GET.get("view", "")
    leaf = leaf_of(spread=asked, day=request.GET.get("day", ""), today=today)
    return Opened(leaf, wanted, place, today, kept)
