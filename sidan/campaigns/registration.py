"""What campaigns tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.activities.models import Activity
from sidan.audit.registry import register_names, register_verbs
from sidan.campaigns import finder, notices, queries, words
from sidan.campaigns.models import Campaign
from sidan.campaigns.permissions import STOP_PHOTO, may_record, may_see_stop_photo
from sidan.core.badges import register_looks
from sidan.core.requests import actor_of
from sidan.core.slots import register_piece
from sidan.files.permissions import register_access, register_use
from sidan.places.models import Place


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Campaign.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def _of_place(_request: HttpRequest, place: Place) -> Mapping[str, Any] | None:
    """On the page of a place: what goes on there or comes there."""
    campaigns = queries.coming_to(place=place)
    return {"campaigns": campaigns} if campaigns else None


def _of_activity(request: HttpRequest, activity: Activity) -> Mapping[str, Any] | None:
    """On the staff's page of an activity: of which campaign it is a stop, or could be one."""
    actor = actor_of(request)
    linked = queries.stops_of_activity(activity=activity)
    offered = [
        stop for stop in queries.stops_for(activity=activity) if may_record(actor=actor, site=stop.site)
    ]
    if not linked and not offered:
        return None
    return {"activity": activity, "linked": linked, "offered": offered}


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    register_looks(machine="campaign", looks=words.LOOKS)
    register_looks(machine="stop", looks=words.STOP_LOOKS)
    register_verbs(words.TRAIL)
    register_names("campaign", _names)
    register_access(STOP_PHOTO, may_see_stop_photo)
    register_use(queries.photos_in_use)
    register_piece(slot="places.place", template="campaigns/_of_place.html", context=_of_place)
    register_piece(
        slot="activities.staff_activity", template="campaigns/_of_activity.html", context=_of_activity
    )
