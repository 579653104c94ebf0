"""Times of a visit that were only told, over the API: reading them, and a second person's word."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from ninja.decorators import decorate_view

from sidan.attendance.enums import Direction
from sidan.attendance.queries import UnconfirmedMark, mark_by_uuid, unconfirmed
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.inputs import Input
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.permissions import require_judging_time

router = Router(tags=["team work"])


class ToldTimeOut(Schema):
    """A time without proof. `by_me`: I wrote it, so somebody else has to say that it is right."""

    id: UUID
    name: str
    direction: Direction
    at: datetime
    way: str
    reason: str
    by_me: bool

    @classmethod
    def of(cls, row: UnconfirmedMark, actor: Actor) -> "ToldTimeOut":
        return cls(
            id=row.uuid, name=row.name, direction=Direction(row.direction), at=row.at, way=row.way,
            reason=row.reason_code, by_me=row.recorded_by_id == actor.account_id,
        )  # fmt: skip


class TimeWordIn(Input):
    is_right: bool


@router.get(
    "/visits/{uuid:visit}/times", response=list[ToldTimeOut], summary="Times that wait for a second person"
)
def told_times(request: HttpRequest, visit: UUID) -> list[ToldTimeOut]:
    """Times of a visit that count once somebody else has said that they are right, oldest first."""
    actor, found = actor_of(request), queries.visit_by_uuid(uuid=visit)
    require_judging_time(actor=actor, visit=found)
    return [ToldTimeOut.of(row, actor) for row in unconfirmed(cause_ids=[found.cause_id])]


@router.post("/times/{uuid:time}/word", response={204: None}, summary="Say whether a told time is right")
@decorate_view(idempotent)
def judge_time(request: HttpRequest, time: UUID, payload: TimeWordIn) -> Status[None]:
    """Said once, and never by who wrote it down."""
    written = mark_by_uuid(uuid=time)
    operations.judge_time(
        actor=actor_of(request), at=now(), visit=queries.visit_of_mark(mark=written), written=written,
        is_right=payload.is_right,
    )  # fmt: skip
    return Status(204, None)
