"""What activities tell the apps below them when they start."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse

from sidan.activities import figures, finder, looks, notices, queries
from sidan.activities.feeds import webcal
from sidan.activities.models import Activity, Enrolment, Recurring
from sidan.activities.queries.standing_out import TIMES_OF_HELPERS
from sidan.attendance.odd_times import register_times
from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.clock import now
from sidan.core.promised import register_promises
from sidan.core.slots import register_piece
from sidan.hours.queries import UnsaidOccasion
from sidan.people.models import Team
from sidan.places.models import Place

ON_HOME: Final = 6
ON_A_PLACE: Final = 5


def _titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Activity.unscoped.filter(pk__in=ids).values_list("pk", "title"))


def _rules(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Recurring.unscoped.filter(pk__in=ids).values_list("pk", "title"))


def _where(ids: Collection[int]) -> Mapping[int, str]:
    """Of an enrolment the trail names the activity: who it is stands behind its own door."""
    return dict(Enrolment.unscoped.filter(pk__in=ids).values_list("pk", "activity__title"))


def _of_home(_request: HttpRequest, place: Place | None) -> Mapping[str, Any] | None:
    """On the home page: what comes this week near by."""
    if place is None:
        return None
    wanted = queries.Wanted(at=now(), when="week", county_id=place.county_id)
    activities = queries.next_coming(wanted=wanted, most=ON_HOME)
    return {"activities": activities} if activities else None


def _of_place(_request: HttpRequest, place: Place) -> Mapping[str, Any] | None:
    """On the page of a place: what it holds next, and the way to its calendar."""
    wanted = queries.Wanted(at=now(), county_id=place.county_id, place_id=place.pk)
    return {"activities": queries.next_coming(wanted=wanted, most=ON_A_PLACE), "place": place}


def _of_team(request: HttpRequest, team: Team) -> Mapping[str, Any]:
    """On the page of a team: where its calendar is read by other programs."""
    url = request.build_absolute_uri(reverse("activities:team_feed", args=[team.uuid]))
    return {"feed_url": url, "webcal_url": webcal(url)}


def _of_me(_request: HttpRequest, _volunteer: object) -> Mapping[str, Any]:
    """On one's own page: the door to one's calendar."""
    return {}


def _of_unsaid(_request: HttpRequest, unsaid: Sequence[UnsaidOccasion]) -> Mapping[str, Any] | None:
    """Lead to the activities in scope that are over without a word on the times of those who helped."""
    found = queries.activities_of_causes(cause_ids=[one.occasion.cause_id for one in unsaid])
    rows = [
        {"activity": found[one.occasion.cause_id], "people": one.people}
        for one in unsaid if one.occasion.cause_id in found
    ]  # fmt: skip
    return {"rows": rows} if rows else None


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    figures.register()
    register_looks(machine="activity", looks=looks.LOOKS)
    register_looks(machine="enrolment", looks=looks.ENROLMENT_LOOKS)
    register_looks(machine="absence", looks=looks.ABSENCE_LOOKS)
    register_verbs(looks.TRAIL)
    register_looks(machine="series", looks=looks.SERIES_LOOKS)
    register_names("activity", _titles)
    register_names("series", _rules)
    register_names("enrolment", _where)
    register_promises(queries.activities_promised)
    register_times("activities", TIMES_OF_HELPERS)
    register_piece(slot="web.home", template="activities/_of_home.html", context=_of_home)
    register_piece(slot="people.team", template="activities/_of_team.html", context=_of_team)
    register_piece(slot="people.me", template="activities/_door.html", context=_of_me)
    register_piece(slot="hours.unsaid", template="activities/_of_unsaid.html", context=_of_unsaid)
    register_piece(slot="places.place", template="activities/_of_place.html", context=_of_place)
