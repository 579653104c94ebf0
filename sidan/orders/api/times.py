"""Times of a visit that were only told, over the API: reading them, and a second person's word."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from ninja.decorators import decorate_view

from sidan.attendance.enums import Direction, HandReason, Way
from sidan.attendance.models import OfflineRecord
from sidan.attendance.queries import UnconfirmedMark, mark_by_uuid, unconfirmed
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.inputs import Input
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.inbox_words import refused_words
from sidan.orders.permissions import may_judge_time, require_reading_times
from sidan.people.permissions import require_signed_in

router = Router(tags=["team work"])


class ToldTimeOut(Schema):
    """A time without proof. `by_me`: mine, written by me or of my team: somebody else has to say."""

    id: UUID
    name: str
    direction: Direction
    at: datetime
    way: str
    reason: str
    digits_fit: bool | None
    """Of a time by the code: false where the digits were not those of the door; null for any other way."""
    by_me: bool

    @classmethod
    def of(cls, row: UnconfirmedMark, actor: Actor, *, may_judge: bool) -> "ToldTimeOut":
        return cls(
            id=row.uuid, name=row.name, direction=Direction(row.direction), at=row.at, way=row.way,
            reason=row.reason_code, digits_fit=row.digits_fit if row.way == Way.CODE else None,
            by_me=not may_judge or row.is_told_by(account_id=actor.account_id, person_id=actor.person_id),
        )  # fmt: skip


class TimeWordIn(Input):
    is_right: bool


class RefusedTimeOut(Schema):
    """A time that a telephone sent later and that was not written. `stands_at`: the same, written down meanwhile."""

    id: UUID
    visit: UUID
    assignment: UUID
    name: str
    direction: Direction
    at: datetime
    sent_at: datetime
    way: str
    reason: str
    outcome: str
    why: str
    what: str
    stands_at: datetime | None

    @classmethod
    def of(cls, row: OfflineRecord) -> "RefusedTimeOut":
        kept: Any = row
        visit, told = kept.cause.visit, refused_words(outcome=row.outcome)
        return cls(
            id=row.uuid, visit=visit.uuid, assignment=visit.assignment.uuid, name=row.person.name,
            direction=Direction(row.direction), at=row.claimed_at, sent_at=row.received_at, way=row.way,
            reason=row.reason_code, outcome=row.outcome, why=str(told.why), what=str(told.what),
            stands_at=kept.stands_at,
        )  # fmt: skip


class RefusedTimesOut(Schema):
    items: list[RefusedTimeOut]
    next_cursor: str | None


class WriteRefusedIn(Input):
    reason: HandReason


class WrittenTimeOut(Schema):
    """A time by hand: it counts once somebody else has said that it is right."""

    id: UUID
    direction: Direction
    at: datetime
    grade: str


@router.get(
    "/visits/{uuid:visit}/times", response=list[ToldTimeOut], summary="Times that wait for a second person"
)
def told_times(request: HttpRequest, visit: UUID) -> list[ToldTimeOut]:
    """Times of a visit that count once somebody else has said that they are right, oldest first."""
    actor, found = actor_of(request), queries.visit_by_uuid(uuid=visit)
    require_reading_times(actor=actor, visit=found)
    may_judge = may_judge_time(actor=actor, visit=found)
    return [
        ToldTimeOut.of(row, actor, may_judge=may_judge) for row in unconfirmed(cause_ids=[found.cause_id])
    ]


@router.post("/times/{uuid:time}/word", response={204: None}, summary="Say whether a told time is right")
@decorate_view(idempotent)
def judge_time(request: HttpRequest, time: UUID, payload: TimeWordIn) -> Status[None]:
    """Said once, never by whose time it is nor by who wrote it down, and not by others of the team."""
    written = mark_by_uuid(uuid=time)
    operations.judge_time(
        actor=actor_of(request), at=now(), visit=queries.visit_of_mark(mark=written), written=written,
        is_right=payload.is_right,
    )  # fmt: skip
    return Status(204, None)


@router.get("/offline/refused", response=RefusedTimesOut, summary="Times sent later that were not written")
def refused_times(
    request: HttpRequest,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
) -> RefusedTimesOut:
    """One's own, and those of the teams one leads, newest first, each with the reason and what can be done."""
    actor = actor_of(request)
    _account_id, person_id = require_signed_in(actor=actor)
    rows = queries.refused_times(person_id=person_id, team_ids=actor.led_team_ids)
    page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
    return RefusedTimesOut(items=list(map(RefusedTimeOut.of, page.items)), next_cursor=page.next_cursor)


@router.post(
    "/offline/refused/{uuid:time}/write", response={201: WrittenTimeOut}, summary="Write such a time by hand"
)
@decorate_view(idempotent)
def write_refused(request: HttpRequest, time: UUID, payload: WriteRefusedIn) -> Status[WrittenTimeOut]:
    """The leader writes it at the moment that it claims; it counts once somebody else has said that it is right."""
    kept, visit = queries.refused_time(uuid=time)
    made = operations.write_refused_time(
        actor=actor_of(request), at=now(), kept=kept, visit=visit, reason=payload.reason
    )
    return Status(
        201, WrittenTimeOut(id=made.uuid, direction=Direction(made.direction), at=made.at, grade=made.grade)
    )
