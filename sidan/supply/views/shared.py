"""What the three pages have in common: the place that is looked at, the way up from it, and the way to the others."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.analytics.queries import figures_root, overseen_above
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.lists import COUNT, CURSOR
from sidan.core.requests import actor_of
from sidan.places.models import Place
from sidan.places.queries import children_of

FAIRNESS: Final = "fairness"
PAGES: Final = (
    ("demand", _("Asked for and unmet")),
    ("gaps", _("Beside the menu")),
    (FAIRNESS, _("Who is served")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A chip of `web/_filters.html` that leads to one of the three pages."""

    label: str | Promise
    url: str
    active: bool
    count: int | None = None
    urgent: bool = False


def root_of(request: HttpRequest, uuid: UUID | None) -> Place:
    """Return the place whose pages are asked for. Raises NotFound where the reader does not oversee it."""
    return figures_root(actor=actor_of(request), uuid=uuid)


def address_of(request: HttpRequest, *, page: str, place: Place, keeps: bool = True) -> str:
    """Return where a page tells of a place, with what else was chosen.

    The list of who is served names its place behind the question mark, so that a view of it can be kept.
    """
    query = request.GET.copy() if keeps else QueryDict(mutable=True)
    for name in (CURSOR, COUNT):
        query.pop(name, None)
    if page == FAIRNESS:
        query["place"] = str(place.uuid)
        return f"{reverse('supply:fairness')}?{query.urlencode()}"
    url = reverse(f"supply:{page}_of", args=[place.uuid])
    return f"{url}?{query.urlencode()}" if query else url


def around(request: HttpRequest, *, root: Place, page: str) -> dict[str, Any]:
    """Return what every page shows around its numbers."""
    children = list(children_of(place_id=root.pk))
    above = overseen_above(actor=actor_of(request), root=root)
    return {
        "root": root,
        "children": children,
        "above": [(place, address_of(request, page=page, place=place)) for place in above],
        "below": [(place, address_of(request, page=page, place=place)) for place in children],
        "query": request.GET.urlencode(),
        "tabs": [
            Tab(label, address_of(request, page=name, place=root, keeps=name == page), name == page)
            for name, label in PAGES
        ],
    }


def leave_trail(request: HttpRequest, *, verb: str, root: Place) -> None:
    """Write down that numbers were taken along."""
    record(
        actor=actor_of(request), at=now(), verb=verb, subject=("place", root.pk), place_id=root.pk,
        county_id=root.county_id,
    )  # fmt: skip
