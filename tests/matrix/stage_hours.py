"""What stands on the stage of hours: a record, and a time that waits in each of its ways."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from sidan.attendance.enums import Way
from sidan.core.clock import now
from sidan.hours import operations
from sidan.hours.models import Claim, Entry, Occasion
from tests.cast import Cast, Someone
from tests.hours.serving import hours, served

MORNING = 8


def build_hours(cast: Cast, things: dict[str, Any]) -> None:
    """Records and claims of the volunteer and the leader on days of which nothing else is on the stage."""
    long = served(cast, cast.volunteer, day(10), hours(11))
    noticed = served(cast, cast.volunteer, day(20), hours(2), way=Way.HAND, written=now() - timedelta(days=1))
    disputed = served(cast, cast.leader, day(21), hours(2), way=Way.HAND, written=now() - timedelta(days=1))
    objection = claim_of(disputed, cast.leader)
    operations.object_to_claim(actor=cast.zhou.actor, at=now(), claim=objection, words="那天没看见人来")
    told = served(cast, cast.leader, day(22), hours(2))
    (late,) = operations.tell_late_time(
        actor=cast.leader.actor, at=now(), occasion=told, person=cast.volunteer.person, begins=day(22),
        ends=day(22) + hours(2), reason_code="forgotten",
    )  # fmt: skip
    things |= {
        "hours_record": Entry.unscoped.get(occasion=long).uuid, "hours_long": claim_of(long, cast.volunteer).uuid,
        "hours_noticed": claim_of(noticed, cast.volunteer).uuid, "hours_disputed": objection.uuid,
        "hours_late": late.uuid, "hours_cause": long.cause.uuid, "hours_team": cast.team.uuid,
        "hours_leader": cast.leader.person.uuid, "hours_begins": f"{day(10):%Y-%m-%dT%H:%M}",
        "hours_ends": f"{day(10) + hours(2):%Y-%m-%dT%H:%M}", "hours_begins_iso": day(10).isoformat(),
        "hours_ends_iso": (day(10) + hours(2)).isoformat(),
    }  # fmt: skip


def day(ago: int) -> datetime:
    """Return a morning some days ago."""
    return localtime(now() - timedelta(days=ago)).replace(hour=MORNING, minute=0, second=0, microsecond=0)


def claim_of(occasion: Occasion, who: Someone) -> Claim:
    return Claim.unscoped.get(occasion=occasion, person=who.person)


def more_records(cast: Cast) -> None:
    """Two more records of the team, of the volunteer."""
    for ago in (30, 31):
        served(cast, cast.volunteer, day(ago), hours(2))


def more_claims(cast: Cast) -> None:
    """Two more times of the volunteer in each state in which one waits."""
    for ago in (40, 41):
        served(cast, cast.volunteer, day(ago), hours(11))
        served(cast, cast.volunteer, day(ago + 10), hours(2), way=Way.HAND, written=now() - timedelta(days=1))
