"""People who served: marks as they are told, and what they were for."""

from datetime import datetime, timedelta
from itertools import count

from django.db import connection, transaction

from sidan.attendance.enums import Direction, Grade, Way
from sidan.attendance.models import Confirmation, Mark
from sidan.attendance.operations import derive_intervals
from sidan.core.clock import business_date
from sidan.evidence.enums import CauseKind
from sidan.evidence.models import Cause
from sidan.evidence.operations import register_cause
from sidan.hours.models import Occasion
from sidan.hours.operations import Service, write_occasion
from tests.cast import Cast, Someone
from tests.factories import AT

_numbers = count(1)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def a_cause(cast: Cast) -> Cause:
    place = cast.places.chengbei
    return register_cause(
        kind=CauseKind.VISIT, reference=f"test-{next(_numbers)}", place_id=place.pk, county_id=place.county_id, at=AT
    )  # fmt: skip


def come_and_go(
    cast: Cast, cause: Cause, who: Someone, begins: datetime, ends: datetime, *, way: Way = Way.CODE,
    written: datetime | None = None,
) -> None:  # fmt: skip
    """Write both marks; by hand they are confirmed by the practitioner."""
    for direction, at in ((Direction.IN, begins), (Direction.OUT, ends)):
        mark = Mark.objects.create(
            cause=cause, person_id=who.actor.person_id, direction=direction, at=at, recorded_at=written or at,
            recorded_by_id=cast.leader.actor.account_id, way=way,
            grade=Grade.WEAK if way == Way.HAND else Grade.STRONG,
            reason_code="forgotten" if way == Way.HAND else "", place_id=cause.place_id, county_id=cause.county_id,
        )  # fmt: skip
        if way == Way.HAND:
            Confirmation.objects.create(
                mark=mark, is_right=True, said_by_id=cast.practitioner.actor.account_id, said_at=written or at
            )
    with transaction.atomic():
        derive_intervals(cause_ids=[cause.pk], at=written or ends)


def over(cast: Cast, cause: Cause, *, day: datetime = AT, at: datetime | None = None) -> Occasion:
    """Say that it is over and what it was: a haircut of the team of Chengbei."""
    service = Service(
        title="上门理发", content="义剪", place=cast.places.chengbei, day=business_date(day), ended_at=day,
        team=cast.team, lead=cast.team.leader, title_en="Haircut at home",
    )  # fmt: skip
    return write_occasion(at=at or day, cause=cause, service=service)


def served(
    cast: Cast, who: Someone, begins: datetime, length: timedelta, *, way: Way = Way.CODE,
    written: datetime | None = None,
) -> Occasion:  # fmt: skip
    """Let somebody serve for a while, and record it."""
    cause = a_cause(cast)
    come_and_go(cast, cause, who, begins, begins + length, way=way, written=written)
    return over(cast, cause, day=begins, at=written or begins + length)


def broken(rule: str) -> int:
    """Return how many rows break a rule of soundness."""
    with connection.cursor() as cursor:
        cursor.execute(rule)
        return int(cursor.fetchone()[0])
