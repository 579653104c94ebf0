"""Whose turn it is: which townships have had no stall for longest, and their teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Max
from django.db.models.functions import Lower

from sidan.activities.models import Activity
from sidan.core.clock import business_date
from sidan.core.search import search_q
from sidan.fairs.enums import LIVE, THERE
from sidan.fairs.models import Stallholder
from sidan.fairs.policies import Stood, by_turn
from sidan.people.enums import TeamState
from sidan.people.models import Team
from sidan.places.enums import PlaceKind, Setting
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import children_of, within

TOWNSHIPS_SHOWN: Final = 5
TEAMS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class TownshipTurn:
    """A township that waits for its turn, and when its teams stood at a fair last."""

    place: Place
    last: date | None
    times: int


def townships_in_turn(*, activity: Activity) -> list[TownshipTurn]:
    """Return the townships of the county, first whose teams have had no stall at its fairs for longest."""
    if activity.county_id is None:
        return []
    towns = {
        place.pk: place
        for place in children_of(place_id=activity.county_id)
        .filter(kind=PlaceKind.INSTITUTE)
        .exclude(setting=Setting.AGENCY)
    }
    last, times = _stood(activity, towns)
    rows = [Stood(place_id, last.get(place_id), times.get(place_id, 0)) for place_id in towns]
    return [TownshipTurn(towns[row.place_id], row.last, row.times) for row in by_turn(rows)]


def _stood(activity: Activity, towns: dict[int, Place]) -> tuple[dict[int, date], dict[int, int]]:
    """Return when the teams of each township stood at a fair before, or at this very one, and how often."""
    rows = Stallholder.unscoped.filter(
        county=activity.county_id, state__in=sorted(THERE), team__isnull=False,
        activity__during__startswith__lte=activity.span.begins,
    )  # fmt: skip
    by_place = list(
        rows.order_by()
        .values_list("team__place")
        .annotate(last=Max(Lower("activity__during")), times=Count("pk"))
    )
    links = PlaceLink.objects.filter(
        ancestor__in=list(towns), descendant__in=[row[0] for row in by_place], during__upper_inf=True
    )
    above = dict(links.values_list("descendant", "ancestor"))
    last: dict[int, date] = {}
    times: dict[int, int] = {}
    for place_id, moment, count in by_place:
        if (town := above.get(place_id)) is not None:
            day = business_date(moment)
            last[town] = max(last.get(town, day), day)
            times[town] = times.get(town, 0) + count
    return last, times


def teams_to_place(*, activity: Activity, text: str = "", places: Sequence[Place] = ()) -> list[Team]:
    """Return teams at work that neither ask for a stall of this fair nor have one: by name, or of some townships."""
    busy = Stallholder.unscoped.filter(activity=activity, state__in=sorted(LIVE), team__isnull=False).values(
        "team"
    )
    rows = Team.objects.filter(state=TeamState.ACTIVE).exclude(pk__in=busy).select_related("place", "leader")
    if activity.county_id is not None:
        rows = rows.filter(county=activity.county_id)
    if places:
        rows = rows.filter(within(field="place", root_ids=[place.pk for place in places]))
    if text:
        rows = rows.filter(search_q("search", text))
    return list(rows.order_by("pinyin", "id")[:TEAMS_SHOWN])
