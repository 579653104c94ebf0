"""What everybody sees: what comes, day by day, and one activity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.activities import queries
from sidan.activities.enums import ActivityKind
from sidan.activities.looks import KINDS
from sidan.activities.models import Activity
from sidan.activities.policies import is_door_open
from sidan.activities.views.shared import again_words, change_words
from sidan.activities.views.wanted import WHEN, wanted_of
from sidan.activities.words import lunar_date_words
from sidan.catalogue.enums import Audience
from sidan.core.clock import business_date, now
from sidan.core.lists import filter_chips
from sidan.core.pagination import keyset_page
from sidan.core.requests import asker_of
from sidan.places.models import Place
from sidan.places.nearby import place_near
from sidan.places.queries import ancestors_of

PAGE_SIZE: Final = 24


@dataclass(frozen=True, slots=True)
class Card:
    """An activity in the list; the first of a day says which day it is."""

    activity: Activity
    icon: str
    day: date
    begins_day: bool
    lunar: str


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What comes, by day; of the whole county where no place is chosen."""
    near, wanted = place_near(request), wanted_of(request)
    page = keyset_page(
        rows=queries.coming(wanted=wanted), sort="begins_key", cursor=request.GET.get("cursor") or None, limit=PAGE_SIZE
    )  # fmt: skip
    places = _places(near)
    context: dict[str, Any] = {
        "page": page,
        "cards": cards_of(page.items, today=business_date(wanted.at)),
        "filters": filter_chips(request, name="when", choices=WHEN, everything=_("All that comes")),
        "wanted": wanted,
        "query": wanted.text,
        "places": [(str(place.uuid), place.shown_short) for place in places],
        "place": request.GET.get("place", ""),
        "kinds": ActivityKind.choices,
        "audiences": Audience.choices,
        "is_filtered": any([wanted.when, wanted.place_id, wanted.kind, wanted.audience, wanted.text]),
    }
    return render(request, "activities/activities.html", context)


def _places(near: Place | None) -> list[Place]:
    """Return what stands above the visitor's own place within the county, the uppermost first, and that place."""
    if near is None:
        return []
    above = [place for place in ancestors_of(place_id=near.pk) if place.county_id == near.county_id]
    return [*above, near]


def cards_of(rows: Iterable[Activity], *, today: date) -> list[Card]:
    """Return the activities as a list shows them; what began before today stands under today."""
    cards: list[Card] = []
    for row in rows:
        day = max(business_date(row.span.begins), today)
        begins_day = not cards or cards[-1].day != day
        lunar = lunar_date_words(day) if begins_day else ""
        cards.append(Card(row, KINDS[row.kind].icon, day, begins_day, lunar))
    return cards


@require_safe
def activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One activity: when, where, for whom, what to bring, what could happen."""
    found, at = queries.activity_by_uuid(uuid=uuid), now()
    begins = business_date(found.span.begins)
    context = {
        "activity": found,
        "text": queries.text_of(activity=found),
        "again": again_words(found, at=at),
        "icon": KINDS[found.kind].icon,
        "day": begins,
        "lunar": lunar_date_words(begins),
        "why": queries.why_cancelled(activity=found),
        "changes": [change_words(change, at=at) for change in queries.changes_of(activity=found)],
        "posts": queries.posts_of(activity=found),
        "entry": queries.entry_to(activity=found),
        "mine": queries.my_standing(actor=asker_of(request), activity=found),
        "is_door_open": is_door_open(state=found.state, direction="in", span=found.span, at=at),
    }
    return render(request, "activities/activity.html", context)
