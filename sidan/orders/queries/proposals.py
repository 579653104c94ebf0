"""The teams a dispatcher may choose from, with the reason why each one is listed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from sidan.catalogue.models import TeamService
from sidan.catalogue.queries import category_line, teams_for
from sidan.core.search import search_q
from sidan.orders.enums import AssignmentState
from sidan.orders.models import Order
from sidan.orders.queries.work import open_load
from sidan.people.models import Team
from sidan.places.models import PlaceLink

SHOWN: Final = 8
FAR: Final = 99
_UNWILLING: Final = (
    AssignmentState.DECLINED, AssignmentState.WITHDRAWN, AssignmentState.RELEASED, AssignmentState.PASSED_ON,
    AssignmentState.FAILED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Proposal:
    """A team that may be offered an order. `near` counts the steps up from the resident's place to where both stand."""

    team: Team
    near: int
    load: int
    serves: str
    area: str
    former: str
    """How this team's earlier offer of this order ended; empty where there was none."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The best few, and how many fit in all."""

    shown: list[Proposal]
    total: int


def proposed_teams(*, order: Order, text: str = "", limit: int = SHOWN, category: str = "") -> Proposals:
    """Return who serves this kind of thing here: the nearest first, then whoever has least to do.

    A team that sent this very order back stands last. Eight queries, however many teams there are. `category` is
    that of a part of the order, where one is meant.
    """
    kind = category or order.category_id
    fitting = teams_for(category=kind, place_id=order.origin_place_id)
    return _best(order, fitting.filter(search_q("search", text)), limit, kind)


def proposals_of(*, order: Order, category: str, team_ids: list[int]) -> list[Proposal]:
    """Return some given teams in the same order and with the same reasons; who no longer serves this is left out."""
    if not team_ids:
        return []
    fitting = teams_for(category=category, place_id=order.origin_place_id)
    return _best(order, fitting.filter(pk__in=team_ids), len(team_ids), category).shown


def _best(order: Order, fitting: QuerySet[Team], limit: int, kind: str) -> Proposals:
    depths = dict(
        PlaceLink.objects.filter(descendant=order.origin_place_id, during__upper_inf=True).values_list(
            "ancestor_id", "depth"
        )
    )
    rows = list(fitting.values_list("pk", "place_id", "pinyin"))
    near = _nearness({place for _pk, place, _pinyin in rows}, depths)
    load = open_load(team_ids=[pk for pk, _place, _pinyin in rows])
    former = dict(order.assignments.filter(state__in=_UNWILLING).order_by("id").values_list("team", "state"))
    rows.sort(key=lambda row: (row[0] in former, near.get(row[1], FAR), load.get(row[0], 0), row[2], row[0]))
    chosen = [row[0] for row in rows[:limit]]
    teams = Team.objects.select_related("place").in_bulk(chosen)
    serving = _serving(chosen, kind, depths)
    shown = [
        Proposal(
            team=teams[pk],
            near=near.get(teams[pk].place_id, FAR),
            load=load.get(pk, 0),
            serves=serving[pk][0],
            area=serving[pk][1],
            former=former.get(pk, ""),
        )
        for pk in chosen
    ]
    return Proposals(shown=shown, total=len(rows))


def _nearness(place_ids: Iterable[int], depths: dict[int, int]) -> dict[int, int]:
    """Return for each place how many steps above the resident's own place the two meet."""
    found: dict[int, int] = {}
    links = PlaceLink.objects.filter(
        descendant__in=list(place_ids), ancestor__in=list(depths), during__upper_inf=True
    )
    for place, above in links.values_list("descendant_id", "ancestor_id"):
        found[place] = min(found.get(place, FAR), depths[above])
    return found


def _serving(team_ids: list[int], kind: str, depths: dict[int, int]) -> dict[int, tuple[str, str]]:
    """Return by which of its services each team is listed: the kind and the smallest area that covers the place."""
    rows = TeamService.objects.filter(
        team__in=team_ids, category__in=category_line(code=kind), area__in=list(depths)
    ).select_related("category", "area")
    best: dict[int, TeamService] = {}
    for row in rows:
        known = best.get(row.team_id)
        if known is None or depths[row.area_id] < depths[known.area_id]:
            best[row.team_id] = row
    return {team: (row.category.shown_name, row.area.shown_short) for team, row in best.items()}
