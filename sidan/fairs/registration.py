"""What fairs tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.activities.enums import ActivityKind
from sidan.activities.models import Activity
from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.requests import asker_of
from sidan.core.slots import register_piece
from sidan.fairs import notices, queries, words
from sidan.fairs.models import ServiceKind, Stallholder
from sidan.fairs.permissions import may_run
from sidan.hours.crediting import register_teams
from sidan.people.models import Team


def _names(ids: Collection[int]) -> Mapping[int, str]:
    rows = Stallholder.unscoped.filter(pk__in=ids).select_related("team")
    return {one.pk: one.team.name if one.team else one.organisation for one in rows}


def _kinds(ids: Collection[int]) -> Mapping[int, str]:
    return dict(ServiceKind.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def _of_activity(request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On the page of a fair: its stalls by kind of service, all or those of one kind."""
    if activity.kind != ActivityKind.FAIR:
        return None
    stalls = queries.stalls_of(activity=activity)
    if not stalls:
        return None
    kinds = queries.by_kind(stalls=[told for told in stalls if told.stands])
    wanted = request.GET.get("kind", "")
    shown = [one for one in kinds if str(one.kind.uuid) == wanted]
    return {
        "activity": activity,
        "kinds": kinds,
        "shown": shown or kinds,
        "wanted": wanted if shown else "",
        "rest": [told for told in stalls if told.stands and not told.kinds] if not shown else [],
        "sums": queries.sums_of(stalls=stalls),
        "may_ask": bool(asker_of(request).led_team_ids),
    }


def _of_staff_activity(request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On the console's page of a fair: the way to its stalls."""
    if activity.kind != ActivityKind.FAIR:
        return None
    stalls = queries.stalls_of(activity=activity)
    runs = may_run(actor=asker_of(request), place_id=activity.place_id, county_id=activity.county_id)
    return {"activity": activity, "sums": queries.sums_of(stalls=stalls), "runs": runs}


def _of_team(request: HttpRequest, team: Team) -> Mapping[str, Any] | None:
    """On the page of a team, for who leads it: the way to its stalls."""
    return {"team": team} if team.pk in asker_of(request).led_team_ids else None


def register() -> None:
    """Register everything once."""
    notices.register()
    register_looks(machine="stallholder", looks=words.LOOKS)
    register_verbs(words.TRAIL)
    register_names("stallholder", _names)
    register_teams("fairs", queries.teams_served)
    register_names("fair_kind", _kinds)
    register_piece(slot="activities.activity", template="fairs/_of_activity.html", context=_of_activity)
    register_piece(
        slot="activities.staff_activity", template="fairs/_of_staff_activity.html", context=_of_staff_activity
    )
    register_piece(slot="people.team", template="fairs/_of_team.html", context=_of_team)
