"""The calendar that everybody sees: a month, a week, a day or a list of what a place and all below it hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sidan.activities import queries
from sidan.activities.almanac import DayWords, words_of_days
from sidan.activities.calendar import Leaf, Spread, leaf_of
from sidan.activities.enums import ActivityKind
from sidan.activities.feeds import webcal
from sidan.activities.queries import Occasion, Wanted
from sidan.activities.views.portal import PAGE_SIZE, cards_of
from sidan.activities.views.wanted import wanted_of
from sidan.catalogue.enums import Audience
from sidan.core.clock import business_date
from sidan.core.language import reads_english
from sidan.core.moments import weekday_words
from sidan.core.pagination import keyset_page
from sidan.places.models import Place
from sidan.places.nearby import place_asked, place_near
from sidan.places.queries import days_between, places_to_filter

SPREADS: Final[dict[Spread, str | Promise]] = {
    Spread.MONTH: pgettext_lazy("calendar", "Month"),
    Spread.WEEK: pgettext_lazy("calendar", "Week"),
    Spread.DAY: pgettext_lazy("calendar", "Day"),
    Spread.LIST: pgettext_lazy("calendar", "List"),
}
SHOWN: Final = {Spread.MONTH: 3, Spread.WEEK: 12}
"""How many of a day stand in its field; the rest is one tap away."""


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


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What is held around a day."""
    near, chosen, wanted = place_near(request), place_asked(request), wanted_of(request)
    today = business_date(wanted.at)
    leaf = leaf_of(spread=request.GET.get("view", ""), day=request.GET.get("day", ""), today=today)
    context: dict[str, Any] = {
        "leaf": leaf,
        "views": _views(request, leaf),
        "back_url": _url(request, leaf, leaf.back),
        "on_url": _url(request, leaf, leaf.on),
        "today_url": "" if leaf.first <= today < leaf.after else _url(request, leaf, today),
        "all_url": f"{request.path}?{urlencode({'view': leaf.spread.value, 'day': leaf.day.isoformat()})}",
        "here": chosen or near,
        "wanted": wanted,
        "places": _places(chosen, near),
        "place": request.GET.get("place", ""),
        "kinds": ActivityKind.choices,
        "audiences": Audience.choices,
        "is_filtered": any([wanted.kind, wanted.audience, chosen]),
        **_feed(request, chosen or near, wanted),
        **_shown(request, leaf, wanted=wanted, place=chosen or near, today=today),
    }
    return render(request, "activities/calendar.html", context)


def _shown(
    request: HttpRequest, leaf: Leaf, *, wanted: Wanted, place: Place | None, today: date
) -> dict[str, Any]:
    """Return the fields of a grid, or the cards of a list."""
    told = days_between(place_id=place.pk if place else None, first=leaf.days[0], last=leaf.days[-1])
    named = [each for _kind, kept in queries.named_days() for each in kept]
    words = words_of_days(leaf.days, named=named, told=told)
    if leaf.spread not in SHOWN:
        rows = queries.held_within(wanted=wanted, first=leaf.first, after=leaf.after)
        cursor = request.GET.get("cursor") or None
        page = keyset_page(rows=rows, sort="begins_key", cursor=cursor, limit=PAGE_SIZE)
        cards = [(card, words[card.day]) for card in cards_of(page.items, today=leaf.first)]
        return {"page": page, "cards": cards, "words": words[leaf.first], "is_empty": not cards}
    days, has_more = queries.days_with(wanted=wanted, first=leaf.first, after=leaf.after)
    most = SHOWN[leaf.spread]
    fields = [
        DayField(
            words[day], held[:most], max(0, len(held) - most), day == today, leaf.is_beside(day),
            _url(request, Leaf(Spread.DAY, day), day),
        )
        for day in leaf.days
        for held in [days.get(day, [])]
    ]  # fmt: skip
    return {
        "fields": fields,
        "has_more": has_more,
        "weekdays": weekday_words(),
        "is_empty": not any(days.values()),
    }


def _feed(request: HttpRequest, place: Place | None, wanted: Wanted) -> dict[str, str]:
    """Return where other programs read this calendar, with its filters and in the reader's language."""
    if place is None:
        return {}
    whole = place if wanted.place_id else place.county or place
    asked = {"kind": wanted.kind, "audience": wanted.audience, "lang": "en" if reads_english() else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    path = reverse("activities:place_feed", args=[whole.uuid])
    url = request.build_absolute_uri(f"{path}?{query}" if query else path)
    return {"feed_url": url, "webcal_url": webcal(url)}


def _places(chosen: Place | None, near: Place | None) -> list[tuple[str, str]]:
    """Return the center, what stands right below it, and what stands right below the place one looks at."""
    here = chosen or near
    if here is None:
        return []
    rows = places_to_filter(root_ids={here.county_id or here.pk, here.pk})
    return [(str(place.uuid), place.shown_short) for place in rows]


def _views(request: HttpRequest, leaf: Leaf) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": _url(request, Leaf(spread, leaf.day), leaf.day),
            "active": spread is leaf.spread,
        }
        for spread, label in SPREADS.items()
    ]


def _url(request: HttpRequest, leaf: Leaf, day: date | None) -> str:
    """Return the address of a page with the filters of this one; nothing where the calendar ends."""
    if day is None:
        return ""
    kept = {name: request.GET[name] for name in ("place", "kind", "audience") if request.GET.get(name)}
    asked = {"view": leaf.spread.value, "day": day.isoformat(), **kept}
    return f"{reverse('activities:calendar')}?{urlencode(asked)}"
