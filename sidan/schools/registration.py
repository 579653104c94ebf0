"""What schools tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.activities.enums import ActivityKind
from sidan.activities.models import Activity
from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.clock import now
from sidan.core.requests import asker_of
from sidan.core.slots import register_piece
from sidan.files.permissions import register_access, register_use
from sidan.places.models import Place
from sidan.schools import finder, notices, queries, words
from sidan.schools.enums import ONLINE, PICTURE_PURPOSE
from sidan.schools.models import School
from sidan.schools.permissions import may_see_picture

ON_A_PLACE = 6


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(School.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def _at_activity(request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On the page of a class: which schools have it, and for a pupil of one of them the way to be with it from afar."""
    if activity.kind != ActivityKind.CLASS:
        return None
    sessions, actor, at = queries.sessions_of(activity=activity), asker_of(request), now()
    # Who keeps a school says here that it has a class of another place, whose page for staff is not theirs.
    keeps = queries.keeps_schools_near(actor=actor, county_id=activity.county_id)
    if not sessions and not keeps:
        return None
    own = [
        one for one in sessions
        if one.way in ONLINE and actor.person_id and queries.own_pupil(actor=actor, school=one.school) is not None
    ]  # fmt: skip
    said = queries.said_with(person_id=actor.person_id, sessions=own) if actor.person_id and own else set()
    first = own[0] if own else None
    return {
        "activity": activity,
        "keeps": keeps,
        "sessions": sessions,
        "own": first,
        "has_said": bool(said),
        "may_say": first is not None and not said and first.window.holds(at),
        "is_ahead": first is not None and at < first.window.opens,
    }


def _at_staff_activity(request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On its page for staff: the same, and the way to say it."""
    if activity.kind != ActivityKind.CLASS:
        return None
    actor = asker_of(request)
    keeps = queries.keeps_schools_near(actor=actor, county_id=activity.county_id)
    sessions = queries.attended(sessions=queries.sessions_of(activity=activity))
    return {"sessions": sessions, "activity": activity, "keeps": keeps} if sessions or keeps else None


def _of_place(_request: HttpRequest, place: Place) -> Mapping[str, Any] | None:
    """On the page of a place: the schools that hold classes there or below."""
    rows = queries.public_schools(near=None, chosen=queries.SchoolFilter(place_id=place.pk))
    found = list(rows.order_by("place__path_names", "id")[:ON_A_PLACE])
    return {"schools": found, "place": place} if found else None


def _door(_request: HttpRequest, _thing: object) -> Mapping[str, Any]:
    """Beside the activities: the way to the schools."""
    return {}


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    register_looks(machine="school", looks=words.LOOKS)
    register_verbs(words.TRAIL)
    register_names("school", _names)
    register_access(PICTURE_PURPOSE, may_see_picture)
    register_use(queries.pictures_in_use)
    register_piece(slot="activities.activity", template="schools/_at_activity.html", context=_at_activity)
    register_piece(
        slot="activities.staff_activity",
        template="schools/_at_staff_activity.html",
        context=_at_staff_activity,
    )
    register_piece(slot="activities.activities", template="schools/_door.html", context=_door)
    register_piece(slot="people.me", template="schools/_my_door.html", context=_door)
    register_piece(slot="places.place", template="schools/_of_place.html", context=_of_place)
