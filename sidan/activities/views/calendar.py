"""The calendar that everybody sees: a month, a week, a day or a list of what a place and all below it hold."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from sidan.activities import queries
from sidan.activities.calendar import Spread
from sidan.activities.enums import ActivityKind
from sidan.activities.feeds import webcal
from sidan.activities.views.leaves import Opened, opened
from sidan.activities.views.portal import PAGE_SIZE, cards_of
from sidan.catalogue.enums import Audience
from sidan.core.language import reads_english
from sidan.core.moments import weekday_words
from sidan.core.pagination import keyset_page
from sidan.places.models import Place
from sidan.places.queries import places_to_filter

SPREADS: Final[dict[Spread, str | Promise]] = {
    Spread.MONTH: pgettext_lazy("calendar", "Month"),
    Spread.WEEK: pgettext_lazy("calendar", "Week"),
    Spread.DAY: pgettext_lazy("calendar", "Day"),
    Spread.LIST: pgettext_lazy("calendar", "List"),
}
SHOWN: Final = {Spread.MONTH: 3, Spread.WEEK: 12}
"""How many of a day stand in its field; the rest is one tap away."""


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """What is held around a day."""
    here = opened(request)
    leaf, wanted = here.leaf, here.wanted
    unfiltered = urlencode({"view": leaf.spread.value, "day": leaf.day.isoformat()})
    context: dict[str, Any] = {
        "leaf": leaf,
        "views": _views(here),
        "back_url": here.url(leaf.back),
        "on_url": here.url(leaf.on),
        "today_url": "" if leaf.first <= here.today < leaf.after else here.url(here.today),
        "all_url": f"{request.path}?{unfiltered}",
        "wanted": wanted,
        "places": _places(here.place),
        "place": request.GET.get("place", ""),
        "kinds": ActivityKind.choices,
        "audiences": Audience.choices,
        "is_filtered": any([wanted.kind, wanted.audience, wanted.place_id]),
        "paper_query": urlencode({"day": leaf.day.isoformat(), **here.kept}),
        **_feed(request, here),
        **_shown(request, here),
    }
    return render(request, "activities/calendar.html", context)


def _shown(request: HttpRequest, here: Opened) -> dict[str, Any]:
    """Return the fields of a grid, or the cards of a list."""
    leaf = here.leaf
    if leaf.spread in SHOWN:
        fields, has_more = here.fields(most=SHOWN[leaf.spread])
        is_empty = not any(field.occasions for field in fields)
        return {
            "fields": fields,
            "has_more": has_more,
            "weekdays": weekday_words(),
            "is_empty": is_empty,
        }
    words = here.words()
    rows = queries.held_within(wanted=here.wanted, first=leaf.first, after=leaf.after)
    cursor = request.GET.get("cursor") or None
    page = keyset_page(rows=rows, sort="begins_key", cursor=cursor, limit=PAGE_SIZE)
    cards = [(card, words[card.day]) for card in cards_of(page.items, today=leaf.first)]
    pop_ups = queries.pop_ups_of_days(wanted=here.wanted, first=leaf.first, after=leaf.after)
    return {
        "page": page,
        "cards": cards,
        "words": words[leaf.first],
        "pop_ups": pop_ups,
        "is_empty": not cards and not pop_ups,
    }


def _feed(request: HttpRequest, here: Opened) -> dict[str, str]:
    """Return where other programs and sites read this calendar, with its filters and in the reader's language."""
    place, wanted = here.place, here.wanted
    if place is None:
        return {}
    whole = place if wanted.place_id else place.county or place
    asked = {"kind": wanted.kind, "audience": wanted.audience, "lang": "en" if reads_english() else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    url, embed_url = (
        request.build_absolute_uri(reverse(name, args=[whole.uuid]) + (f"?{query}" if query else ""))
        for name in ("activities:place_feed", "activities:embed")
    )
    return {"feed_url": url, "webcal_url": webcal(url), "embed_url": embed_url}


def _places(here: Place | None) -> list[tuple[str, str]]:
    """Return the center, what stands right below it, and what stands right below the place one looks at."""
    if here is None:
        return []
    rows = places_to_filter(root_ids={here.county_id or here.pk, here.pk})
    return [(str(place.uuid), place.shown_short) for place in rows]


def _views(here: Opened) -> list[dict[str, Any]]:
    year = urlencode({"day": here.leaf.day.isoformat(), **here.kept})
    return [
        *(
            {
                "label": label,
                "url": here.url(here.leaf.day, spread=spread),
                "active": spread is here.leaf.spread,
            }
            for spread, label in SPREADS.items()
        ),
        {
            "label": pgettext("calendar", "Year"),
            "url": f"{reverse('activities:year')}?{year}",
            "active": False,
        },
    ]
