"""For what people are marked at an activity; and when it is over, what it was, for the hours of those who helped."""

from datetime import datetime
from typing import Final

from django.db import connection

from sidan.activities.enums import ActivityKind, PostRole
from sidan.activities.models import Activity, Gathering, Post
from sidan.activities.operations.locking import lock_activity
from sidan.activities.words import kind_in
from sidan.attendance.models import Mark
from sidan.core.clock import business_date
from sidan.evidence.enums import CauseKind
from sidan.evidence.operations import register_cause
from sidan.hours.operations import Service, write_occasion

ENDINGS: Final = frozenset({"end", "cancel"})
"""The verbs after which the time that was given is told."""


_SHARE: Final = """
SELECT activity.state, activity.state_since, activity.turn, activity.during, gathering.helpers_id, gathering.guests_id
  FROM activities_activity AS activity
  JOIN activities_gathering AS gathering ON gathering.activity_id = activity.id
 WHERE activity.id = %s FOR SHARE OF activity
"""
"""One way there and back, for it stands at each door: the lock, the activity as it is now, and its causes.

Before the first mark it finds nothing and locks nothing: two who share a row and both want it alone wait forever.
"""


def share_gathering(*, activity: Activity, at: datetime) -> Gathering:
    """Return to what the marks belong, and let the activity not move while one is written.

    Marks go on beside each other, for a fair is entered by four doors at a time: what they share is the activity's
    row, which an end waits for, so that no going falls between the end and the hours that it makes.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [activity.pk])
        row = cursor.fetchone()
    if row is None:
        gathering = ensure_gathering(activity=activity, at=at)
        activity.refresh_from_db(fields=["state", "state_since", "turn", "during"])
        return gathering
    activity.state, activity.state_since, activity.turn, activity.during, *causes = row
    return Gathering.from_db(
        connection.alias, ["activity_id", "helpers_id", "guests_id"], [activity.pk, *causes]
    )


def ensure_gathering(*, activity: Activity, at: datetime) -> Gathering:
    """Write down once to what the marks belong, within the caller's transaction, which then holds the activity."""
    lock_activity(activity.pk)
    found = Gathering.objects.filter(activity=activity).select_related("helpers").first()
    if found is not None:
        return found
    helpers, guests = (
        register_cause(
            kind=kind, reference=str(activity.uuid), place_id=activity.place_id, county_id=activity.county_id, at=at
        )
        for kind in (CauseKind.ACTIVITY_HELP, CauseKind.ACTIVITY_GUESTS)
    )  # fmt: skip
    return Gathering.objects.create(activity=activity, helpers=helpers, guests=guests)


def record_service(*, activity: Activity, verb: str, at: datetime) -> None:
    """Say what an activity was that is over, within the caller's transaction; what is proven by then becomes hours.

    Also where nobody is known to have helped yet: it may be written down later. Of one that was called off only
    where somebody had come: whoever did has given the time, whatever came of it (Order 67, art. 7).
    """
    if verb == "end" and not Post.objects.filter(activity=activity, role=PostRole.VOLUNTEER).exists():
        return
    came = Mark.objects.filter(cause__in=Gathering.objects.filter(activity=activity).values("helpers"))
    if verb == "cancel" and not came.exists():
        return
    gathering = ensure_gathering(activity=activity, at=at)
    write_occasion(at=at, cause=gathering.helpers, service=service_of(activity=activity, at=at))


def service_of(*, activity: Activity, at: datetime) -> Service:
    """Return what an activity was, as records of hours tell it."""
    kind = ActivityKind(activity.kind)
    begins, ends = activity.span
    return Service(
        title=activity.title, title_en=activity.title_en, content=kind_in("zh-hans", kind),
        content_en=kind_in("en", kind),
        place=activity.place, day=business_date(begins), ended_at=min(at, ends), team=activity.team,
        lead=activity.lead,
    )  # fmt: skip
