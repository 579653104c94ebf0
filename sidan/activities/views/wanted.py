"""What a visitor looks for among activities, as the addresses of the portal say it."""

from typing import Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from sidan.activities import queries
from sidan.activities.enums import ActivityKind
from sidan.catalogue.enums import Audience
from sidan.core.clock import now
from sidan.core.lists import query_of
from sidan.places.nearby import place_asked, place_near

WHEN: Final[list[tuple[str, str | Promise]]] = [
    ("today", pgettext_lazy("activities", "Today")),
    ("week", pgettext_lazy("activities", "This week")),
    ("weekend", pgettext_lazy("activities", "This weekend")),
]


def wanted_of(request: HttpRequest) -> queries.Wanted:
    """Return what the address asks for; what cannot be understood filters nothing."""
    near, place = place_near(request), place_asked(request)
    when, kind, audience = (request.GET.get(name, "") for name in ("when", "kind", "audience"))
    return queries.Wanted(
        at=now(),
        when=when if when in dict(WHEN) else "",
        place_id=place.pk if place else None,
        county_id=place.county_id if place else near.county_id if near else None,
        kind=kind if kind in ActivityKind.values else "",
        audience=audience if audience in Audience.values else "",
        text=query_of(request),
    )
