"""What the three pages have in common: the place that is looked at, the way up from it, and the way to the others."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.analytics.queries import figures_root, overseen_above
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.requests import actor_of
from sidan.places.models import Place
from sidan.places.queries import children_of

PAGES = (
    ("demand", _("Asked for and unmet")),
    ("gaps", _("Beside the menu")),
    ("fairness", _("Who is served")),
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


def around(request: HttpRequest, *, root: Place, page: str) -> dict[str, Any]:
    """Return what every page shows around its numbers."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        "root": root,
        "above": overseen_above(actor=actor_of(request), root=root),
        "children": list(children_of(place_id=root.pk)),
        "here": f"supply:{page}_of",
        "query": request.GET.urlencode(),
        "tabs": [
            Tab(
                label,
                reverse(f"supply:{name}_of", args=[root.uuid]) + (query if name == page else ""),
                name == page,
            )
            for name, label in PAGES
        ],
    }


def leave_trail(request: HttpRequest, *, verb: str, root: Place) -> None:
    """Write down that numbers were taken along."""
    record(
        actor=actor_of(request), at=now(), verb=verb, subject=("place", root.pk), place_id=root.pk,
        county_id=root.county_id,
    )  # fmt: skip
