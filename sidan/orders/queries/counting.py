"""Orders by state and place: every order counts once at its origin and once at each place above it (R-C1)."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.language import shown
from sidan.people.enums import FIGURE_ROLES
from sidan.places.models import Place
from sidan.places.queries import stands_within

BY_CHILD = """
SELECT child.id, child.name, child.name_en, child.uuid, counted.state, count(*)
FROM places_place child
JOIN places_placelink link ON link.ancestor_id = child.id AND upper_inf(link.during)
JOIN orders_order counted ON counted.origin_place_id = link.descendant_id
WHERE child.parent_id = %(root)s
GROUP BY child.id, child.name, child.name_en, child.uuid, counted.state
"""

OWN = """
SELECT counted.state, count(*) FROM orders_order counted WHERE counted.origin_place_id = %(root)s GROUP BY 1
"""


@dataclass(slots=True)
class PlaceFigures:
    """The orders of one place with all below it, by state."""

    place_id: int
    name: str
    name_en: str
    uuid: str
    by_state: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, place: Place) -> "PlaceFigures":
        """Return the still empty figures of a place."""
        return cls(place_id=place.pk, name=place.name, name_en=place.name_en, uuid=str(place.uuid))

    @property
    def shown_name(self) -> str:
        """The name in the reader's language."""
        return shown(self.name, self.name_en)

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


@dataclass(slots=True)
class Figures:
    """A place, what came from itself, its children, and their sum: parent = own + children."""

    own: PlaceFigures
    children: list[PlaceFigures]
    total: PlaceFigures


def figures_root(*, actor: Actor, uuid: UUID | None) -> Place:
    """Return the place whose figures are asked for: one in the reader's reach, or the first of the reader's own.

    Raises:
        NotFound: there is no such place, or it lies outside what the reader oversees.
    """
    roots = actor.places_where(frozenset(FIGURE_ROLES))
    wanted = {"uuid": uuid} if uuid else {"pk": roots[0] if roots else 0}
    place = Place.objects.filter(**wanted).first()
    if place is None or not stands_within(place_id=place.pk, root_ids=roots):
        raise NotFound
    return place


def orders_by_state_and_place(*, root: Place) -> Figures:
    """Count the orders of a place and its children in two queries; nothing is walked in Python.

    The caller has checked that the reader's scope covers the root.
    """
    own = PlaceFigures.of(root)
    children = {
        row.pk: PlaceFigures.of(row)
        for row in Place.objects.filter(parent=root).exclude(state="closed").order_by("sort_code", "id")
    }
    with connection.cursor() as cursor:
        cursor.execute(OWN, {"root": root.pk})
        own.by_state = dict(cursor.fetchall())
        cursor.execute(BY_CHILD, {"root": root.pk})
        for place_id, name, name_en, uuid, state, count in cursor.fetchall():
            # a closed child that still has orders counts too
            child = PlaceFigures(place_id=place_id, name=name, name_en=name_en, uuid=str(uuid))
            row = children.setdefault(place_id, child)
            row.by_state[state] = count
    return Figures(own=own, children=list(children.values()), total=_sum(root, [own, *children.values()]))


def _sum(root: Place, parts: list[PlaceFigures]) -> PlaceFigures:
    total = PlaceFigures.of(root)
    for part in parts:
        for state, count in part.by_state.items():
            total.by_state[state] = total.by_state.get(state, 0) + count
    return total
