"""What a volunteer's telephone needs to work without network, and what it tells afterwards."""

from datetime import datetime
from operator import itemgetter
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import WrapValidator, model_validator

from sidan.attendance.enums import Direction
from sidan.attendance.inbox import (
    MOST_AT_ONCE,
    KeptIn,
    RecordUnreadable,
    SendingIn,
    TakenInOut,
    TakenOut,
    Unreadable,
    by_itself,
    failing_alone,
    refused,
)
from sidan.attendance.operations import Proof
from sidan.attendance.queries import has_consented
from sidan.attendance.reading import ReadingIn
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import Conflict, Forbidden, NotFound
from sidan.core.inputs import TypedDigits
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.inbox_words import inbox_words
from sidan.orders.models import Visit

router = Router(tags=["team work"])


class OfflineTaskOut(Schema):
    """As little as is needed at the door: no name, no address, no telephone."""

    visit: UUID
    title: str
    place: str
    planned_from: str
    planned_to: str
    came: bool
    went: bool


class OfflineFactsOut(Schema):
    """`now_ms` lets the telephone know how its clock stands to ours; `may_read_place`, whether to offer it."""

    now_ms: int
    account: UUID
    may_read_place: bool
    tasks: list[OfflineTaskOut]


class RecordIn(KeptIn):
    """A coming to a visit, or a going."""

    visit: UUID
    way: Literal["code", "place", "hand"]
    code: Annotated[str, Field(pattern=r"^([0-9]{6})?$"), TypedDigits] = ""
    """Six digits where the way is the code."""
    reason: Literal["", "no_phone", "cannot_show", "no_network", "forgotten", "other"] = ""
    reading: ReadingIn | None = None
    """Where the telephone was when the time was kept; a telephone removes it once it is too old to be written."""

    @model_validator(mode="after")
    def _has_its_code(self) -> "RecordIn":
        if self.way == "code" and not self.code:
            raise ValueError("a code has six digits")
        return self


class KeptRecordsIn(SendingIn):
    records: Annotated[
        list[Annotated[RecordIn, WrapValidator(by_itself)]], Field(min_length=1, max_length=MOST_AT_ONCE)
    ]
    """Each is read by itself."""

    def parted(self) -> tuple[list[RecordIn], list[Unreadable]]:
        """Return the records, and those that could not be read."""
        rows: list[RecordIn | Unreadable] = list(self.records)
        read = [row for row in rows if isinstance(row, RecordIn)]
        return read, [row for row in rows if isinstance(row, Unreadable)]


@router.get("/offline", response=OfflineFactsOut, summary="What a telephone keeps to work without network")
def facts(request: HttpRequest) -> OfflineFactsOut:
    """One's tasks with an agreed time, and the time now."""
    actor, at = actor_of(request), now()
    return OfflineFactsOut(
        now_ms=int(at.timestamp() * 1000),
        account=UUID(str(actor.account_uuid)),
        may_read_place=has_consented(person_id=actor.person_id or 0),
        tasks=_tasks(actor.person_id or 0),
    )


def _tasks(person_id: int) -> list[OfflineTaskOut]:
    found = queries.my_tasks(person_id=person_id)[:100]
    planned = [(task, visit) for task in found for visit in getattr(task, "live_visits", [])]
    there = queries.own_marks(cause_ids=[visit.cause_id for _task, visit in planned], person_id=person_id)
    return [
        OfflineTaskOut(
            visit=visit.uuid, title=task.order.shown_title, place=task.order.origin_place.shown_short,
            planned_from=visit.planned_from.isoformat(), planned_to=visit.planned_to.isoformat(),
            came=(visit.cause_id, "in") in there, went=(visit.cause_id, "out") in there,
        )
        for task, visit in planned
    ]  # fmt: skip


@router.post("/offline/inbox", response=TakenInOut, summary="Send what was kept without network")
def take_in(request: HttpRequest, payload: KeptRecordsIn) -> TakenInOut:
    """Each record is an act of its own: what cannot be written is kept as told, and the answer says why. They are taken
    in as the telephone counted them, else as they happened, in whatever order they are sent. One at which something
    goes wrong on our side stops none that is sent with it."""
    actor, at = actor_of(request), now()
    payload.require_own(actor)
    records, unreadable = payload.parted()
    visits = queries.visits_to_tell(
        uuids={record.visit for record in records}, person_id=actor.person_id or 0
    )
    unknown = [record for record in records if record.visit not in visits]
    answer = TakenInOut(
        results=[
            *(refused(record.id, RecordUnreadable()) for record in unreadable),
            *(refused(record.id, NotFound()) for record in unknown),
        ]
    )
    told = [
        _sent(record, visits[record.visit], payload.sent_ms) for record in records if record.visit in visits
    ]
    turns = []
    for sent in told:
        with failing_alone(answer, sent.uuid):
            turns.append((operations.turn_of(at=at, sent=sent), sent))
    for _turn, sent in sorted(turns, key=itemgetter(0)):
        with failing_alone(answer, sent.uuid):
            answer.results.append(_taken(actor, at, sent))
    return answer


def _taken(actor: Actor, at: datetime, sent: operations.Sent) -> TakenOut:
    try:
        taken = operations.take_in(actor=actor, at=at, sent=sent)
    except (Conflict, Forbidden) as refusal:
        return refused(sent.uuid, refusal)
    sentence = inbox_words(outcome=taken.outcome, grade=taken.grade)
    return TakenOut(id=sent.uuid, outcome=taken.outcome, sentence=sentence)


def _sent(record: RecordIn, visit: Visit, sent_ms: int) -> operations.Sent:
    # What is not asked for is not taken: a place beside a code or beside a word by hand.
    reading = record.reading.told() if record.reading and record.way == "place" else None
    return operations.Sent(
        uuid=record.id, visit=visit, direction=Direction(record.direction),
        proof=Proof(way=record.way, code=record.code, reason_code=record.reason, reading=reading),
        kept=record.kept(sent_ms), nth=record.nth,
    )  # fmt: skip
