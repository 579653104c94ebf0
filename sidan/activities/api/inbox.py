"""The door without network over the API: what a telephone keeps for it, and what it tells afterwards."""

from datetime import datetime
from operator import itemgetter
from typing import Annotated, Literal, Self
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import WrapValidator, model_validator

from sidan.activities import operations, queries
from sidan.activities.inbox_words import door_inbox_words
from sidan.activities.models import Activity
from sidan.activities.operations import SentAtDoor
from sidan.activities.permissions import may_run
from sidan.attendance.enums import Direction, Way
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
from sidan.attendance.policies.own_code import read_own_code
from sidan.attendance.queries import has_consented
from sidan.attendance.reading import ReadingIn
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import Conflict, Forbidden, Invalid, NotFound
from sidan.core.inputs import CleanText, TypedDigits
from sidan.core.requests import actor_of
from sidan.people.permissions import require_signed_in

router = Router(tags=["activities"])


class KeptDoorOut(Schema):
    """As little as is needed at the door: nobody's name. `runs`: one reads the codes of others there."""

    activity: UUID
    title: str
    venue: str
    begins: datetime
    ends: datetime
    runs: bool

    @classmethod
    def of(cls, row: Activity, actor: Actor) -> Self:
        return cls(
            activity=row.uuid, title=row.shown_title, venue=row.venue, begins=row.span.begins, ends=row.span.ends,
            runs=may_run(actor=actor, place_id=row.place_id, county_id=row.county_id),
        )  # fmt: skip


class DoorFactsOut(Schema):
    """`now_ms` lets the telephone know how its clock stands to ours; `may_read_place`, whether to offer it."""

    now_ms: int
    account: UUID
    may_read_place: bool
    doors: list[KeptDoorOut]


class DoorRecordIn(KeptIn):
    """One's own coming or going by the digits of the door or by place, or by `scan` that of whose code was read."""

    activity: UUID
    way: Literal["code", "place", "scan"]
    code: Annotated[str, Field(pattern=r"^([0-9]{6})?$"), TypedDigits] = ""
    reading: ReadingIn | None = None
    text: Annotated[str, CleanText(max_length=80, min_length=0)] = ""
    """What was read from somebody's telephone, as it was read."""

    @model_validator(mode="after")
    def _has_its_proof(self) -> Self:
        if self.way == "code" and not self.code:
            raise ValueError("a code has six digits")
        if self.way == "place" and self.reading is None:
            raise ValueError("a place has its reading")
        if self.way == "scan" and not self.text:
            raise ValueError("a scan has what was read")
        return self


class KeptDoorRecordsIn(SendingIn):
    records: Annotated[
        list[Annotated[DoorRecordIn, WrapValidator(by_itself)]], Field(min_length=1, max_length=MOST_AT_ONCE)
    ]
    """Each is read by itself."""


@router.get("/offline", response=DoorFactsOut, summary="What a telephone keeps for doors without network")
def door_facts(request: HttpRequest) -> DoorFactsOut:
    """To what one comes and what one runs, around now; and the time now."""
    actor, at = actor_of(request), now()
    require_signed_in(actor=actor)
    return DoorFactsOut(
        now_ms=int(at.timestamp() * 1000), account=UUID(str(actor.account_uuid)),
        may_read_place=has_consented(person_id=actor.person_id or 0),
        doors=[KeptDoorOut.of(row, actor) for row in queries.doors_kept(actor=actor, at=at)],
    )  # fmt: skip


@router.post("/offline/inbox", response=TakenInOut, summary="Send what was kept at a door without network")
def take_in_at_door(request: HttpRequest, payload: KeptDoorRecordsIn) -> TakenInOut:
    """Each record is an act of its own, taken in once, in the order in which the telephone counted them; what cannot be
    written is kept as told, and the answer says why. One at which something goes wrong on our side stops none."""
    actor, at = actor_of(request), now()
    payload.require_own(actor)
    rows: list[DoorRecordIn | Unreadable] = list(payload.records)
    records = [row for row in rows if isinstance(row, DoorRecordIn)]
    found = queries.activities_told(uuids={row.activity for row in records})
    answer = TakenInOut(
        results=[
            *(refused(row.id, RecordUnreadable()) for row in rows if isinstance(row, Unreadable)),
            *(refused(row.id, NotFound()) for row in records if row.activity not in found),
        ]
    )
    turns = []
    for sent in [
        _sent(row, found[row.activity], payload.sent_ms) for row in records if row.activity in found
    ]:
        with failing_alone(answer, sent.uuid):
            turns.append((operations.turn_at_door(at=at, sent=sent), sent))
    for _turn, sent in sorted(turns, key=itemgetter(0)):
        with failing_alone(answer, sent.uuid):
            answer.results.append(_taken(actor, at, sent))
    return answer


def _taken(actor: Actor, at: datetime, sent: SentAtDoor) -> TakenOut:
    taking = operations.take_in_scan if sent.proof.way == Way.SCAN else operations.take_in_own
    try:
        taken = taking(actor=actor, at=at, sent=sent)
    except (Conflict, Forbidden, Invalid, NotFound) as refusal:
        return refused(sent.uuid, refusal)
    sentence = door_inbox_words(outcome=taken.outcome, grade=taken.grade)
    return TakenOut(id=sent.uuid, outcome=taken.outcome, sentence=sentence)


def _sent(record: DoorRecordIn, activity: Activity, sent_ms: int) -> SentAtDoor:
    # What is not asked for is not taken: a place beside a code.
    reading = record.reading.told() if record.reading and record.way == "place" else None
    read = read_own_code(record.text) if record.way == "scan" else None
    code = read.digits if read else record.code
    return SentAtDoor(
        uuid=record.id, activity=activity, direction=Direction(record.direction),
        proof=Proof(way=record.way, code=code, reading=reading), kept=record.kept(sent_ms), nth=record.nth, read=read,
    )  # fmt: skip
