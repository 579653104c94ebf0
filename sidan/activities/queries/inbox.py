"""Questions about the door without network: what a telephone keeps for it, and what it told that was not written."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sidan.activities.enums import LIVE, ActivityState
from sidan.activities.models import Activity, Enrolment, Gathering
from sidan.activities.permissions import RUNNING_ROLES
from sidan.activities.policies import DOOR_AFTER
from sidan.activities.queries.checking import marks_at
from sidan.attendance.models import OfflineRecord
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.places.queries import within

KEPT_BEFORE: Final = timedelta(days=1)
"""How long before it begins a telephone keeps an activity: looked at the evening before, where there is network."""
MOST_KEPT: Final = 50
ABOUT: Final = timedelta(hours=6)
_DOORS: Final = (ActivityState.ANNOUNCED, ActivityState.OPEN, ActivityState.RUNNING, ActivityState.ENDED)


def doors_kept(*, actor: Actor, at: datetime) -> list[Activity]:
    """Return the activities about which a telephone knows something at the door: one's own, and those that one runs."""
    runs = within(field="place", root_ids=actor.places_where(RUNNING_ROLES))
    comes = Exists(
        Enrolment.unscoped.filter(
            activity=OuterRef("pk"), person=actor.person_id or 0, state__in=sorted(LIVE)
        )
    )
    rows = Activity.objects.filter(
        runs | comes, state__in=_DOORS, during__overlap=(at - DOOR_AFTER, at + KEPT_BEFORE)
    )
    return list(rows.select_related("place").order_by("during", "id")[:MOST_KEPT])


def activities_told(*, uuids: set[UUID]) -> dict[UUID, Activity]:
    """Return the activities in scope of which telephones tell something, by their public ids."""
    return {one.uuid: one for one in Activity.objects.filter(uuid__in=uuids).select_related("place")}


def not_written_at(*, activity: Activity) -> QuerySet[OfflineRecord]:
    """Return the records of an activity that were not written and for which nothing else stands, by their moments.

    Something else is a coming, or a going, about then: another day's says nothing of it.
    """
    gathering = Gathering.objects.filter(activity=activity)
    of_it = Q(cause__in=gathering.values("helpers")) | Q(cause__in=gathering.values("guests"))
    about = {"at__gte": OuterRef("claimed_at") - ABOUT, "at__lte": OuterRef("claimed_at") + ABOUT}
    of_them = marks_at(activity=activity).filter(person=OuterRef("person"))
    same = of_them.filter(direction=OuterRef("direction"), **about)
    rows = OfflineRecord.objects.filter(of_it, ~Exists(same), mark=None)
    return rows.select_related("person").order_by("claimed_at", "id")


def not_written(*, activity: Activity, uuid: UUID) -> OfflineRecord:
    """Find one of them. Raises NotFound."""
    found = not_written_at(activity=activity).filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found
