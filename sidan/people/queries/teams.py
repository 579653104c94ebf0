"""Teams, their members, and who heads a place. Teams are public; their members' data are not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from sidan.core.pagination import Page, keyset_page
from sidan.core.scope import current_scope
from sidan.core.search import search_q
from sidan.people.enums import TeamState
from sidan.people.models import Directorship, Person, Team, TeamCategory, TeamMember
from sidan.places.queries import scope_condition, within

SORTS = {
    "name": "pinyin", "-name": "-pinyin", "newest": "-id", "level": "level", "-level": "-level", "kind": "category_id",
    "-kind": "-category_id", "place": "place_key", "-place": "-place_key", "state": "state", "-state": "-state",
}  # fmt: skip


MOST_CHOICES: Final = 300
"""More teams than one reads through are not offered in a form."""


@dataclass(frozen=True, slots=True)
class TeamFilter:
    """What a list of teams was asked for; empty parts filter nothing."""

    query: str = ""
    state: str = ""
    category: str = ""
    level: str = ""
    place_id: int | None = None


def public_teams(*, wanted: TeamFilter) -> QuerySet[Team]:
    """Return the teams that fit, with kind, place and leader: what everybody may know of a team."""
    rows = Team.objects.select_related("category", "place", "leader")
    rows = rows.annotate(place_key=F("place__path_names"))
    rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=TeamState.DISSOLVED)
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    if wanted.place_id:
        rows = rows.filter(within(field="place", root_ids=(wanted.place_id,)))
    if wanted.query:
        rows = rows.filter(search_q("search", wanted.query))
    return rows


def teams_in_scope(*, wanted: TeamFilter) -> QuerySet[Team]:
    """Return the teams one works with: of the subtrees in scope, and one's own."""
    scope = current_scope()
    rows = public_teams(wanted=wanted)
    if scope.unlimited:
        return rows
    return rows.filter(scope_condition(scope, place="place", county="county") | Q(pk__in=scope.team_ids))


def teams_to_choose() -> list[Team]:
    """Return the teams at work in scope, by name."""
    rows = teams_in_scope(wanted=TeamFilter(state=TeamState.ACTIVE))
    return list(rows.order_by("pinyin", "id")[:MOST_CHOICES])


def team_page_of(
    *, rows: QuerySet[Team], sort: str = "name", cursor: str | None = None, limit: int = 50
) -> Page[Team]:
    """Return a page of a list of teams."""
    return keyset_page(rows=rows, sort=SORTS.get(sort, "pinyin"), cursor=cursor, limit=limit)


def team_by_uuid(*, uuid: UUID) -> Team | None:
    """Find a team with what its page shows."""
    return Team.objects.select_related("category", "place", "leader", "parent").filter(uuid=uuid).first()


def teams_under(*, team_id: int) -> list[Team]:
    """Return the teams right under a team."""
    rows = Team.objects.filter(parent=team_id).exclude(state=TeamState.DISSOLVED)
    return list(rows.select_related("category", "place").order_by("pinyin", "id"))


def members_of(*, team_id: int) -> list[TeamMember]:
    """Return the present members of a team with their persons; whoever shows them checks the right first."""
    rows = TeamMember.objects.filter(team=team_id, left_on=None)
    return list(rows.select_related("person", "person__volunteer").order_by("person__pinyin", "id"))


def members_by_name(*, team_id: int) -> QuerySet[TeamMember]:
    """The same for a list in pages, sorted by `by_name`, with names only."""
    rows = TeamMember.objects.filter(team=team_id, left_on=None).select_related("person")
    return rows.only("team", "joined_on", "person__uuid", "person__name").annotate(
        by_name=F("person__pinyin")
    )


def member_counts(*, team_ids: Iterable[int]) -> dict[int, int]:
    """Return how many belong to each of some teams now: one query for a whole list."""
    rows = TeamMember.objects.filter(team__in=list(team_ids), left_on=None)
    return dict(rows.values_list("team").annotate(Count("id")).order_by())


def team_categories() -> list[TeamCategory]:
    """Return the kinds of teams in their order."""
    return list(TeamCategory.objects.all())


def parents_to_choose(*, team: Team | None = None) -> QuerySet[Team]:
    """Return the teams under which a team of this scope may stand."""
    rows = teams_in_scope(wanted=TeamFilter()).order_by("pinyin", "id")
    return rows.exclude(pk=team.pk) if team is not None else rows


def persons_named(*, query: str, limit: int = 20) -> list[Person]:
    """Return some persons in scope by name, pinyin or initials, to choose from."""
    if not query.strip():
        return []
    rows = Person.objects.filter(search_q("search", query), canonical=None)
    return list(rows.select_related("home_place", "volunteer").order_by("pinyin", "id")[:limit])


def person_in_scope(*, uuid: UUID) -> Person | None:
    """Find a person within the scope."""
    return Person.objects.select_related("home_place").filter(uuid=uuid).first()


def directors_of(*, place_id: int) -> list[Directorship]:
    """Return everybody who heads or headed a place, the latest first."""
    rows = Directorship.objects.filter(place=place_id).select_related("person")
    return list(rows.order_by("-term", "id"))


def current_directors(*, place_ids: Iterable[int], on: date) -> dict[int, list[Directorship]]:
    """Return who heads each of some places on a day: one query for a whole list."""
    found: dict[int, list[Directorship]] = {}
    rows = Directorship.objects.filter(place__in=list(place_ids), term__contains=on).select_related("person")
    for row in rows.order_by("id"):
        found.setdefault(row.place_id, []).append(row)
    return found
