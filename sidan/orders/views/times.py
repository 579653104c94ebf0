"""Times of a visit that wait for a second person, as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from sidan.attendance.enums import Direction, HandReason, Way
from sidan.attendance.queries import UnconfirmedMark, presences_at, unconfirmed
from sidan.attendance.words import way_words
from sidan.core.actor import Actor
from sidan.orders.enums import WITH_TIMES, VisitState
from sidan.orders.models import Order, Visit
from sidan.orders.permissions import may_judge_time, may_read_times
from sidan.orders.queries import PartShare, names_of, visits_of_order
from sidan.people.models import Team

LATER: Final = timedelta(minutes=2)
"""A time is given to the minute: what is written down within two was written at once."""


@dataclass(frozen=True, slots=True)
class TimeToJudge:
    """A time with how it is known in words; `by_other`: somebody else has to say.

    `written_at` is told where it was written down later than it was.
    """

    uuid: UUID
    name: str
    is_coming: bool
    at: datetime
    how: str
    by_other: bool
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class WasThere:
    """Somebody who was at the door before their visit was called off, as a telephone told it later."""

    name: str
    team: Team
    came_at: datetime
    went_at: datetime | None


def who_was_there(*, actor: Actor, visits: Sequence[Visit]) -> list[WasThere]:
    """Return who was at visits of one order that were called off, for who reads their times: two queries."""
    off = {visit.cause_id: visit for visit in visits if visit.state == VisitState.CALLED_OFF}
    if not off or not may_read_times(actor=actor, visit=visits[0]):
        return []
    found = presences_at(cause_ids=off)
    names = names_of(person_ids=[each.person_id for each in found]) if found else {}
    return [
        WasThere(names[each.person_id], off[each.cause_id].assignment.team, each.came_at, each.went_at)
        for each in found
    ]


def times_to_judge(*, actor: Actor, visits: Sequence[Visit]) -> list[TimeToJudge]:
    """Return the times of some visits of one order that wait for a word, for who may read them; for others none."""
    if not visits or not may_read_times(actor=actor, visit=visits[0]):
        return []
    rows = unconfirmed(cause_ids=[visit.cause_id for visit in visits])
    waiting = {row.cause_id for row in rows}
    mine = {v.cause_id for v in visits if v.cause_id in waiting and may_judge_time(actor=actor, visit=v)}
    return [
        TimeToJudge(
            uuid=row.uuid, name=row.name, is_coming=row.direction == Direction.IN, at=row.at, how=_how(row),
            by_other=row.cause_id not in mine
            or row.is_told_by(account_id=actor.account_id, person_id=actor.person_id),
            written_at=row.recorded_at if row.recorded_at - row.at >= LATER else None,
        )
        for row in rows
    ]  # fmt: skip


def times_of_order(*, actor: Actor, order: Order, shares: Sequence[PartShare]) -> list[TimeToJudge]:
    """Return the same of all visits of an order; before one has begun nobody asks.

    Of an order that was split a visit may be over while another part still waits for a team.
    """
    asks = shares or order.state in WITH_TIMES
    return times_to_judge(actor=actor, visits=visits_of_order(order=order) if asks else [])


def _how(row: UnconfirmedMark) -> str:
    if row.way == Way.HAND and row.reason_code in HandReason.values:
        return str(HandReason(row.reason_code).label)
    if row.way == Way.CODE:
        # Only such digits wait for a word that prove nothing: they are not said to be the resident's.
        return (
            _("Digits that the office had shown them before")
            if row.digits_fit
            else _("Digits that do not fit")
        )
    return way_words(
        way=row.way, distance_m=row.distance_m, accuracy_m=row.accuracy_m, measured_to=row.measured_to
    )
