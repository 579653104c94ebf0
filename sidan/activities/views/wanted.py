"""What a visitor looks for among activities, as the addresses of the portal say it."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from sidan.activities import queries
from sidan.activities.enums import ActivityKind
from sidan.catalogue.enums import Audience
from sidan.core.clock import now
from sidan.core.lists import query_of
from sidan.places.models import Place
from sidan.places.nearby import place_asked, place_near

WHEN: Final[list[tuple[str, str | Promise]]] = [
    ("today", pgettext_lazy("activities", "Today")),
    ("week", pgettext_lazy("activities", "This week")),
    ("weekend", pgettext_lazy("activities", "This weekend")),
]


def wanted_of(request: HttpRequest) -> queries.Wanted:
    """Return what the address asks for; what cannot be understood filters nothing."""
    near, place, when = place_near(request), place_asked(request), request.GET.get("when", "")
    wanted = wanted_at(request, place=place) if place else wanted_at(request, county=near)
    return replace(wanted, when=when if when in dict(WHEN) else "", text=query_of(request))


def wanted_at(
    request: HttpRequest, *, place: Place | None = None, county: Place | None = None
) -> queries.Wanted:
    """Return what the address asks for at a place, or in the whole county of one."""
    kind, audience = request.GET.get("kind", ""), request.GET.get("audience", "")
    around = place or county
    return queries.Wanted(
        at=now(),
        place_id=place.pk if place else None,
        county_id=around.county_id if around else None,
        kind=kind if kind in ActivityKind.values else "",
        audience=audience if audience in Audience.values else "",
    )
