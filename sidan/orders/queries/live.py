"""What the live view needs: which orders moved lately, and whose eyes they are for."""

from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Max

from sidan.core.actor import Actor
from sidan.orders.models import OrderStep
from sidan.people.enums import DISPATCHING_ROLES, HOLDING_ROLES, ORDER_STAFF_ROLES
from sidan.places.enums import PlaceKind
from sidan.places.models import PlaceLink

MOST: Final = 500
"""A reader who was away for longer than so many steps reads the page anew anyway."""

SINCE: Final = """
SELECT step.id, moved.uuid, moved.number, step.to_state, moved.county_id, moved.origin_place_id, moved.holder_place_id,
       moved.keeper_place_id
FROM orders_orderstep step JOIN orders_order moved ON moved.id = step.order_id
WHERE step.id > %(after)s AND step.machine = 'order' AND NOT step.id = ANY(%(seen)s)
ORDER BY step.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """An order took a step. Inner ids serve to decide who may see it and never leave the process."""

    step_id: int
    uuid: str
    number: str
    state: str
    county_id: int | None
    origin_place_id: int
    holder_place_id: int
    keeper_place_id: int | None = None
    """Of a private order: the one place where it is seen."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one reader may see: whole counties, and every place below the other roots."""

    county_ids: frozenset[int]
    place_ids: frozenset[int]
    keeping_ids: frozenset[int] = frozenset()
    holding_ids: frozenset[int] = frozenset()

    def holds(self, moved: Moved) -> bool:
        """Tell whether an order is in scope: the same rule as `Order.scope_q` for staff."""
        if moved.keeper_place_id is not None:
            holds = (
                moved.keeper_place_id == moved.holder_place_id and moved.holder_place_id in self.holding_ids
            )
            return holds or moved.keeper_place_id in self.keeping_ids
        return (
            moved.county_id in self.county_ids
            or moved.origin_place_id in self.place_ids
            or moved.holder_place_id in self.place_ids
        )


def sight_of(*, actor: Actor) -> Sight:
    """Return what a member of staff may see of the loop; of anybody else nothing."""
    staff = [grant for grant in actor.grants if grant.role in ORDER_STAFF_ROLES]
    counties = frozenset(grant.place_id for grant in staff if grant.kind == PlaceKind.CENTER)
    roots = [grant.place_id for grant in staff if grant.kind != PlaceKind.CENTER]
    below = PlaceLink.objects.filter(ancestor__in=roots, during__upper_inf=True)
    return Sight(
        county_ids=counties,
        place_ids=frozenset(below.values_list("descendant_id", flat=True)),
        keeping_ids=frozenset(actor.places_kept(DISPATCHING_ROLES)),
        holding_ids=frozenset(actor.places_kept(HOLDING_ROLES)),
    )


def newest_step() -> int:
    """Return the id of the newest step."""
    return OrderStep.objects.aggregate(newest=Max("id"))["newest"] or 0


def moved_since(*, after: int, seen: list[int], most: int = MOST) -> list[Moved]:
    """Return the orders' own steps with larger ids than `after` not among `seen`: one query for all readers."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE, {"after": after, "seen": seen, "most": most})
        return [Moved(row[0], str(row[1]), *row[2:]) for row in cursor.fetchall()]
