"""Times of a visit that wait for a second person, as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sidan.attendance.enums import Direction, HandReason, Way
from sidan.attendance.queries import UnconfirmedMark, unconfirmed
from sidan.core.actor import Actor
from sidan.orders.models import Visit
from sidan.orders.permissions import may_judge_time


@dataclass(frozen=True, slots=True)
class TimeToJudge:
    """A time with how it is known in words; `by_me`: somebody else has to say."""

    uuid: UUID
    name: str
    is_coming: bool
    at: datetime
    how: str
    by_me: bool


def times_to_judge(*, actor: Actor, visits: Sequence[Visit]) -> list[TimeToJudge]:
    """Return the times of some visits of one order that wait for a word, for who may say it; for others none."""
    if not visits or not may_judge_time(actor=actor, visit=visits[0]):
        return []
    return [
        TimeToJudge(
            uuid=row.uuid, name=row.name, is_coming=row.direction == Direction.IN, at=row.at, how=_how(row),
            by_me=row.recorded_by_id == actor.account_id,
        )
        for row in unconfirmed(cause_ids=[visit.cause_id for visit in visits])
    ]  # fmt: skip


def _how(row: UnconfirmedMark) -> str:
    if row.way == Way.HAND and row.reason_code in HandReason.values:
        return str(HandReason(row.reason_code).label)
    return str(Way(row.way).label)
