"""The shape of turns in rooms over the API."""

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.bookings.enums import MOST_SEATS
from sidan.bookings.models import RoomTurns
from sidan.bookings.operations import NewTurns
from sidan.bookings.queries.turns import TurnShown
from sidan.bookings.schemas import PurposeCode
from sidan.core.inputs import CleanText, Input
from sidan.people.organisations import OrganisationIn, named


class TurnsIn(Input):
    """On which weekday (Monday is 0) organisations have a room in turn, in which order, from which day on."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    begins_at: time
    ends_at: time
    first: date
    last: date | None = None
    people: Annotated[int, Field(ge=1, le=MOST_SEATS)]
    purpose: PurposeCode
    takers: Annotated[list[OrganisationIn], Field(max_length=30)]

    def told(self) -> NewTurns:
        """Return it as operations take it."""
        return NewTurns(
            weekday=self.weekday, begins_at=self.begins_at.replace(tzinfo=None),
            ends_at=self.ends_at.replace(tzinfo=None), first=self.first, last=self.last, people=self.people,
            purpose=self.purpose, takers=[named(taker) for taker in self.takers],
        )  # fmt: skip


class TurnDayIn(Input):
    """A day ahead, and why it is left out."""

    day: date
    words: Annotated[str, CleanText(max_length=300)]


class GiveTurnIn(TurnDayIn):
    """A day ahead, and which of the organisations (by its public name) has it instead."""

    taker: Annotated[str, CleanText(max_length=60)]


class EndTurnsIn(Input):
    """Why nobody takes turns any more."""

    words: Annotated[str, CleanText(max_length=300)]


class TurnDayOut(Schema):
    """A day with whose turn it is, and what became of it: booked, taken by others, left out, or nothing yet."""

    day: date
    taker: str
    kind: str
    is_given: bool
    booking: UUID | None

    @classmethod
    def of(cls, one: TurnShown) -> Self:
        return cls(
            day=one.day, taker=one.taker.name, kind=one.kind, is_given=one.is_given,
            booking=one.booking.uuid if one.booking else None,
        )  # fmt: skip


class TurnsOut(Schema):
    """A rule; its times as a clock shows them, 19:00."""

    id: UUID
    room: UUID
    place: UUID
    weekday: int
    begins_at: str
    ends_at: str
    first: date
    last: date | None
    takers: list[str]
    state: str

    @classmethod
    def of(cls, turns: RoomTurns) -> Self:
        return cls(
            id=turns.uuid, room=turns.room.uuid, place=turns.place.uuid, weekday=turns.weekday,
            begins_at=f"{turns.begins_at:%H:%M}", ends_at=f"{turns.ends_at:%H:%M}", first=turns.first, last=turns.last,
            takers=[taker.name for taker in turns.takers.all()], state=turns.state,
        )  # fmt: skip


class TurnsPageOut(Schema):
    items: list[TurnsOut]
    next_cursor: str | None


class OneTurnsOut(TurnsOut):
    """A rule with its next twelve days."""

    coming: list[TurnDayOut]

    @classmethod
    def with_days(cls, turns: RoomTurns, coming: Sequence[TurnShown]) -> Self:
        return cls(**TurnsOut.of(turns).dict(), coming=list(map(TurnDayOut.of, coming)))
