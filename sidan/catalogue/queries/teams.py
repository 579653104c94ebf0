"""Who serves what, where."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from sidan.catalogue.models import TeamService
from sidan.catalogue.queries.categories import category_line
from sidan.people.enums import TeamState
from sidan.people.models import Team
from sidan.places.queries import ancestor_ids


def teams_for(*, category: str, place_id: int) -> QuerySet[Team]:
    """Return the active teams that serve a category, or one above it, in an area that covers a place.

    By name; whoever offers the orders adds how much each team has to do.
    """
    serving = TeamService.objects.filter(
        team=OuterRef("pk"),
        category__in=category_line(code=category),
        area__in=ancestor_ids(place_id=place_id),
    )
    rows = Team.objects.filter(Exists(serving), state=TeamState.ACTIVE)
    return rows.select_related("category", "place", "leader").order_by("pinyin", "id")


SERVES: Final = """
WITH RECURSIVE line AS (
    SELECT code, parent_id FROM catalogue_category WHERE code = %s
    UNION SELECT above.code, above.parent_id FROM catalogue_category above JOIN line ON above.code = line.parent_id
)
SELECT EXISTS (
    SELECT 1 FROM catalogue_teamservice service JOIN people_team team ON team.id = service.team_id
    JOIN line ON line.code = service.category_id
    JOIN places_placelink link ON link.ancestor_id = service.area_id AND upper_inf(link.during)
    WHERE service.team_id = %s AND link.descendant_id = %s AND team.state = %s
)
"""


def team_serves(*, team_id: int, category: str, place_id: int) -> bool:
    """Tell whether a team is one of `teams_for`: the same question of one team, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(SERVES, [category, team_id, place_id, TeamState.ACTIVE.value])
        row = cursor.fetchone()
    return bool(row and row[0])


def services_of(*, team_id: int) -> QuerySet[TeamService]:
    """Return what a team serves, in the order of the categories."""
    rows = TeamService.objects.filter(team=team_id).select_related("category", "area")
    return rows.order_by("category__position", "category__code", "area__sort_code", "area_id")


def team_by_uuid(*, uuid: UUID) -> Team | None:
    """Find a team by its public id."""
    return Team.objects.select_related("place", "county", "category").filter(uuid=uuid).first()


def teams_of_actor(*, team_ids: Iterable[int]) -> QuerySet[Team]:
    """Return the active ones of some teams: those an actor leads."""
    return Team.objects.filter(pk__in=list(team_ids), state=TeamState.ACTIVE).select_related(
        "place", "county"
    )
