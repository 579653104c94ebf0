"""The shape of hours over the API."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator

from sidan.attendance.enums import HandReason
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Input
from sidan.core.phones import mask_name
from sidan.hours.enums import CorrectionReason
from sidan.hours.models import Claim, Entry
from sidan.hours.queries import MonthTotal

Words = Annotated[str, CleanText(max_length=300, lines="many")]


class HoursWordsIn(Input):
    """Why: whose hours they are reads it."""

    words: Words


class TakeHoursBackIn(HoursWordsIn):
    reason: CorrectionReason


Moment = Annotated[datetime, AfterValidator(aware)]
"""One without its offset is read as China's own."""


class CorrectIn(TakeHoursBackIn):
    """The right times, within those of the record."""

    begins: Moment
    ends: Moment


class LateIn(Input):
    """A time that nobody wrote down: `occasion` is that of a record of the same service."""

    occasion: UUID
    person: UUID
    begins: Moment
    ends: Moment
    reason: HandReason


class _Told(Schema):
    """What the law asks of a record (Order 67, art. 7)."""

    id: UUID
    occasion: UUID
    name: str
    title: str
    content: str
    day: date
    began: datetime
    ended: datetime
    minutes: int
    place: str
    unit: str
    person_in_charge: str
    way: str
    confirmed_by: str

    @staticmethod
    def facts(row: Entry | Claim) -> dict[str, Any]:
        """Return what records and claims have in common."""
        occasion, lead = row.occasion, row.occasion.lead
        return {
            "id": row.uuid, "occasion": occasion.cause.uuid, "name": row.person.name, "title": occasion.title,
            "content": occasion.content, "day": row.day, "began": row.during.lower, "ended": row.during.upper,
            "minutes": row.minutes, "place": row.place.shown_path, "unit": row.team.shown_name if row.team else "",
            "person_in_charge": lead.name if lead else "", "way": row.way,
            "confirmed_by": row.confirmed_by.person.name if row.confirmed_by else "",
        }  # fmt: skip


class HoursOut(_Told):
    """A record: `minutes` is below zero where it takes one back."""

    state: str
    reason: str
    entered_at: datetime

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(
            **cls.facts(entry), state=entry.standing_code, reason=entry.reason, entered_at=entry.entered_at
        )


class HoursPageOut(Schema):
    items: list[HoursOut]
    next_cursor: str | None


class HoursStepOut(Schema):
    """A record of the same person and service, with what was said about it."""

    id: UUID
    minutes: int
    state: str
    reason: str
    words: str
    entered_at: datetime

    @classmethod
    def of(cls, entry: Entry) -> Self:
        note = getattr(entry, "note", None)
        return cls(
            id=entry.uuid, minutes=entry.minutes, state=entry.standing_code, reason=entry.reason,
            words=str(note.words) if note else "", entered_at=entry.entered_at,
        )  # fmt: skip


class OneHoursOut(HoursOut):
    """A record with all there is of the same person and service, the first first."""

    history: list[HoursStepOut]


class ClaimOut(_Told):
    """A time that waits. Whose it is is told in part to everybody but them and the offices."""

    kind: str
    state: str
    asked: str
    public_until: datetime | None

    @classmethod
    def of(cls, claim: Claim) -> Self:
        return cls(
            **cls.facts(claim), kind=claim.kind, state=claim.state, asked=claim.holder.shown_path,
            public_until=claim.public_until,
        )  # fmt: skip

    @classmethod
    def masked(cls, claim: Claim) -> Self:
        told = cls.of(claim)
        told.name = mask_name(told.name)
        # The leader may be the one whose time it is.
        told.person_in_charge = told.confirmed_by = ""
        return told


class ClaimPageOut(Schema):
    items: list[ClaimOut]
    next_cursor: str | None


class ClaimStepOut(Schema):
    verb: str
    at: datetime
    words: str


class OneClaimOut(ClaimOut):
    """A time that waits with its steps, which are told to whose it is and to the offices only."""

    steps: list[ClaimStepOut]


class MonthOut(Schema):
    month: date
    minutes: int
    records: int

    @classmethod
    def of(cls, total: MonthTotal) -> Self:
        return cls(month=total.month, minutes=total.minutes, records=total.records)


class TotalsOut(Schema):
    """A year by its months, and all years; the month of a year is its first day."""

    year: int
    minutes: int
    months: list[MonthOut]
    years: list[MonthOut]


class MemberHoursOut(Schema):
    name: str
    minutes: int
    records: int


class TeamTotalsOut(TotalsOut):
    members: list[MemberHoursOut]
