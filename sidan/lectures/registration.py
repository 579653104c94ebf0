"""What lectures tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.activities.models import Activity
from sidan.activities.permissions import may_run
from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.requests import actor_of
from sidan.core.slots import register_piece
from sidan.files.permissions import register_access, register_use
from sidan.lectures import finder, notices, queries, words
from sidan.lectures.enums import GIVEN_AT, PICTURE_PURPOSE
from sidan.lectures.models import Talk
from sidan.lectures.permissions import may_see_picture


def _titles(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Talk.unscoped.filter(pk__in=ids).values_list("pk", "title"))


def _at_activity(_request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On the page of a lecture: what is spoken about, and by whom."""
    if activity.kind not in GIVEN_AT:
        return None
    given = queries.given_at(activity=activity)
    return {"given": given} if given else None


def _at_staff_activity(request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On its page for staff: the same, and the way to say it."""
    if activity.kind not in GIVEN_AT:
        return None
    runs = may_run(actor=actor_of(request), place_id=activity.place_id, county_id=activity.county_id)
    given = queries.given_at(activity=activity)
    return {"given": given, "activity": activity, "runs": runs} if given or runs else None


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    register_looks(machine="lecture", looks=words.LOOKS)
    register_verbs(words.TRAIL)
    register_names("lecture", _titles)
    register_access(PICTURE_PURPOSE, may_see_picture)
    register_use(queries.pictures_in_use)
    register_piece(slot="activities.activity", template="lectures/_at_activity.html", context=_at_activity)
    register_piece(
        slot="activities.staff_activity",
        template="lectures/_at_staff_activity.html",
        context=_at_staff_activity,
    )
