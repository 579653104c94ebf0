"""Orders by state and place: a table that is read, drilled into and taken along."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.requests import actor_of
from sidan.orders import queries
from sidan.orders.enums import OrderState
from sidan.orders.permissions import require_figures
from sidan.orders.queries import Figures, PlaceFigures
from sidan.orders.views.staff import csv_file, staff_page
from sidan.people.enums import FIGURE_ROLES
from sidan.places.models import Place
from sidan.places.queries import ancestors_of

GROUPS: Final[Mapping[str, tuple[str | Promise, frozenset[str]]]] = {
    "to_admit": (_("To admit"), frozenset({OrderState.SUBMITTED})),
    "finding": (
        _("Finding a team"),
        frozenset({OrderState.ADMITTED, OrderState.REOPENED, OrderState.FAILED, OrderState.DISPATCHED}),
    ),
    "with_team": (
        _("With a team"),
        frozenset({OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY}),
    ),
    "to_review": (_("To be reviewed"), frozenset({OrderState.DONE})),
    "closed": (_("Closed"), frozenset({OrderState.CLOSED})),
    "refused": (_("Not admitted"), frozenset({OrderState.REFUSED})),
    "cancelled": (_("Cancelled"), frozenset({OrderState.CANCELLED})),
}
"""The columns: together they hold every state once, so that each row adds up to its total."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place with its figures by column, each with the word of its column, in the order of GROUPS."""

    name: str
    url: str
    cells: list[tuple[str | Promise, int]]
    total: int


@require_safe
@staff_page(require_figures)
def figures(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """The figures of a place: its own orders, those of each place right under it, and their sum."""
    actor = actor_of(request)
    root = queries.figures_root(actor=actor, uuid=uuid)
    counted = queries.orders_by_state_and_place(root=root)
    roots = actor.places_where(frozenset(FIGURE_ROLES))
    context = {
        "root": root,
        "above": _above(root, roots),
        "groups": [label for label, _states in GROUPS.values()],
        "rows": _rows(counted, root),
        "sum": _row(counted.total, gettext("Together"), ""),
        "states": _states(counted.total),
        "most": max((row.total for row in counted.children), default=0) or counted.total.total or 1,
    }
    return render(request, "orders/console/figures.html", context)


@require_safe
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The same table with every state in a column of its own."""
    return _export(request, uuid)


@staff_page(require_figures)
def _export(request: HttpRequest, uuid: UUID) -> Any:
    actor = actor_of(request)
    root = queries.figures_root(actor=actor, uuid=uuid)
    counted = queries.orders_by_state_and_place(root=root)
    record(
        actor=actor, at=now(), verb="figures.exported", subject=("place", root.pk), place_id=root.pk,
        county_id=root.county_id,
    )  # fmt: skip
    return csv_file(name="figures.csv", rows=_table(counted))


def _table(counted: Figures) -> Iterator[list[object]]:
    yield [gettext("Place"), *OrderState.labels, gettext("Together")]
    parts = [(gettext("%(place)s itself") % {"place": counted.own.shown_name}, counted.own)]
    parts += [(child.shown_name, child) for child in counted.children]
    for name, part in [*parts, (gettext("Together"), counted.total)]:
        yield [name, *(part.by_state.get(state, 0) for state in OrderState.values), part.total]


def _above(root: Place, roots: tuple[int, ...]) -> list[Place]:
    """Return the places above that the reader oversees as well: the way back up."""
    line = ancestors_of(place_id=root.pk)
    first = next((nth for nth, place in enumerate(line) if place.pk in roots), len(line))
    return line[first:]


def _rows(counted: Figures, root: Place) -> list[Row]:
    children = [
        _row(child, child.shown_name, reverse("orders:figures_of", args=[child.uuid]))
        for child in counted.children
    ]
    if not children:
        return []
    return [_row(counted.own, gettext("%(place)s itself") % {"place": root.shown_name}, ""), *children]


def _row(part: PlaceFigures, name: str, url: str) -> Row:
    cells = [
        (label, sum(part.by_state.get(state, 0) for state in states)) for label, states in GROUPS.values()
    ]
    return Row(name=name, url=url, cells=cells, total=part.total)


def _states(total: PlaceFigures) -> list[tuple[str, int]]:
    return [(state, total.by_state[state]) for state in OrderState.values if total.by_state.get(state)]
