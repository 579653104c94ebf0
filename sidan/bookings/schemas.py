"""The shape of rooms and bookings over the API."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.bookings.enums import MOST_SEATS
from sidan.bookings.models import Booking, BookingStep, BookingText, Room
from sidan.bookings.operations import Contact, NewRoom, Owner, Wanted
from sidan.bookings.policies import OpenPart, Span
from sidan.bookings.queries import RoomDay
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Input
from sidan.people.organisations import OrganisationIn, OrganisationOut, named

PurposeCode = Literal["meeting", "class", "rehearsal", "children", "sport", "family", "service", "other"]
KitCode = Literal[
    "projector", "sound", "microphone", "computers", "board", "stage", "mirrors", "fitness", "stove", "water",
    "air", "step_free",
]  # fmt: skip
Words = Annotated[str, CleanText(max_length=300, min_length=0, lines="many")]
MOST_PARTS = 28
"""Four parts of each weekday."""


class RoomHoursIn(Input):
    """A part of a weekday (Monday is 0)."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    opens: time
    shuts: time


class RoomIn(Input):
    """What is known of a room, with all of its hours."""

    name: Annotated[str, CleanText(max_length=40)]
    name_en: Annotated[str, CleanText(max_length=80, min_length=0)] = ""
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)]
    kit: Annotated[list[KitCode], Field(max_length=20)] = []
    about: Words = ""
    is_shut_on_days_off: bool = False
    hours: Annotated[list[RoomHoursIn], Field(max_length=MOST_PARTS)] = []

    def told(self) -> NewRoom:
        """Return it as operations take it."""
        hours = [
            OpenPart(part.weekday, part.opens.replace(tzinfo=None), part.shuts.replace(tzinfo=None))
            for part in self.hours
        ]
        return NewRoom(
            name=self.name, name_en=self.name_en, seats=self.seats, kit=list(dict.fromkeys(self.kit)),
            about=self.about, is_shut_on_days_off=self.is_shut_on_days_off, hours=hours,
        )  # fmt: skip


class NewRoomIn(RoomIn):
    """A new room, and of which place."""

    place: UUID


class BookingIn(Input):
    """For how many, what for, from when to when; `words` and telephone are read by who runs the room."""

    begins: datetime
    ends: datetime
    people: Annotated[int, Field(ge=1, le=MOST_SEATS)]
    purpose: PurposeCode
    words: Annotated[str, CleanText(max_length=500, min_length=0, lines="many")] = ""
    contact_phone: Annotated[str, CleanText(max_length=30, min_length=0)] = ""
    organisation: OrganisationIn | None = None

    def span(self) -> Span:
        return Span(aware(self.begins), aware(self.ends))

    def wanted(self) -> Wanted:
        """Return it as operations take it."""
        return Wanted(
            people=self.people, purpose=self.purpose, words=self.words, contact_phone=self.contact_phone,
            organisation=named(self.organisation),
        )  # fmt: skip


class HoldIn(BookingIn):
    """A room held straight away; with `person` for a resident, else for the place itself."""

    person: UUID | None = None


class BookingNoteIn(Input):
    """A word that the person reads; it may be left out where the act needs no reason."""

    words: Words = ""


class RoomContactIn(Input):
    """Whom to call at the owner's."""

    person: Annotated[str, CleanText(max_length=40, min_length=0)] = ""
    phone: Annotated[str, CleanText(max_length=30, min_length=0)] = ""


class RoomOwnerIn(Input):
    """Whose a room is: its own without a name, else lent from a day until a last one (none: until further notice).

    Without `contact` whom one called so far is kept.
    """

    kind: Literal["own", "agency", "school", "company", "other"]
    name: Annotated[str, CleanText(max_length=60, min_length=0)] = ""
    name_en: Annotated[str, CleanText(max_length=120, min_length=0)] = ""
    lent_from: date | None = None
    lent_until: date | None = None
    contact: RoomContactIn | None = None

    def told(self) -> Owner:
        """Return it as operations take it."""
        contact = Contact(self.contact.person, self.contact.phone) if self.contact else None
        return Owner(
            kind=self.kind, name=self.name, name_en=self.name_en, lent_from=self.lent_from,
            lent_until=self.lent_until, contact=contact,
        )  # fmt: skip


class RoomContactOut(Schema):
    """Whom to call about a room of others."""

    person: str
    phone: str


class RoomOut(Schema):
    id: UUID
    place: UUID
    name: str
    name_en: str
    seats: int
    kit: list[str]
    about: str
    is_shut_on_days_off: bool
    owner_kind: str
    owner_name: str
    owner_name_en: str
    lent_from: date | None
    lent_until: date | None
    state: str

    @classmethod
    def of(cls, room: Room) -> Self:
        return cls(
            id=room.uuid, place=room.place.uuid, name=room.name, name_en=room.name_en, seats=room.seats,
            kit=room.kit, about=room.about, is_shut_on_days_off=room.is_shut_on_days_off,
            owner_kind=room.owner_kind, owner_name=room.owner_name, owner_name_en=room.owner_name_en,
            lent_from=room.lent_from, lent_until=room.lent_until, state=room.state,
        )  # fmt: skip


class RoomPageOut(Schema):
    items: list[RoomOut]
    next_cursor: str | None


class RoomHoursOut(Schema):
    """A part of a weekday (Monday is 0); its times as a clock shows them, 08:30."""

    weekday: int
    opens: str
    shuts: str


class OneRoomOut(RoomOut):
    """One room with its hours."""

    hours: list[RoomHoursOut]

    @classmethod
    def with_hours(cls, room: Room, parts: Sequence[OpenPart]) -> Self:
        hours = [
            RoomHoursOut(weekday=part.weekday, opens=f"{part.opens:%H:%M}", shuts=f"{part.shuts:%H:%M}")
            for part in parts
        ]
        return cls(**RoomOut.of(room).dict(), hours=hours)


class RoomPartOut(Schema):
    """A part of a day: `free`, `taken`, `over` already, or `later` than anybody may ask for."""

    begins: datetime
    ends: datetime
    kind: str


class RoomDayOut(Schema):
    """A day of a room; without parts it is shut."""

    day: date
    parts: list[RoomPartOut]

    @classmethod
    def of(cls, one: RoomDay) -> Self:
        parts = [RoomPartOut(begins=part.begins, ends=part.ends, kind=part.kind) for part in one.parts]
        return cls(day=one.day, parts=parts)


class BookingOut(Schema):
    id: UUID
    room: UUID
    room_name: str
    place: UUID
    begins: datetime
    ends: datetime
    people: int
    purpose: str
    organisation: OrganisationOut | None
    state: str

    @classmethod
    def of(cls, booking: Booking) -> Self:
        begins, ends = booking.span
        return cls(
            id=booking.uuid, room=booking.room.uuid, room_name=booking.room.name, place=booking.room.place.uuid,
            begins=begins, ends=ends, people=booking.people, purpose=booking.purpose,
            organisation=OrganisationOut.of(booking), state=booking.state,
        )  # fmt: skip


class BookingPageOut(Schema):
    items: list[BookingOut]
    next_cursor: str | None


class DeskBookingOut(BookingOut):
    """A line of the desk: whose it is (nobody's where it is the place's own), and whether others have the time.

    Whose it is reads who runs the room; for others `is_known` is false, and neither person nor organisation is told.
    """

    is_known: bool
    person: UUID | None
    person_name: str
    clashes: bool

    @classmethod
    def of_desk(cls, booking: Booking, *, clashes: bool) -> Self:
        asker, told = booking.asker if booking.is_known else None, BookingOut.of(booking).dict()
        return cls(
            **told | ({} if booking.is_known else {"organisation": None}), is_known=booking.is_known,
            person=asker.uuid if asker else None, person_name=asker.name if asker else "", clashes=clashes,
        )  # fmt: skip


class BookingDeskOut(Schema):
    items: list[DeskBookingOut]
    next_cursor: str | None


class BookingStepOut(Schema):
    verb: str
    to_state: str
    at: datetime
    words: str

    @classmethod
    def of(cls, step: BookingStep) -> Self:
        note = getattr(step, "note", None)
        return cls(verb=step.verb, to_state=step.to_state, at=step.at, words=str(note.words) if note else "")


class OneBookingOut(BookingOut):
    """One booking with what was written and what happened; `words` to whose it is and to who runs the room."""

    words: str
    steps: list[BookingStepOut]

    @classmethod
    def with_steps(cls, booking: Booking, text: BookingText | None, steps: Sequence[BookingStep]) -> Self:
        words = str(text.words) if text else ""
        return cls(**BookingOut.of(booking).dict(), words=words, steps=list(map(BookingStepOut.of, steps)))


class BookerOut(Schema):
    phone: str


class ClosedRoomOut(RoomOut):
    """A room that was closed, and how many bookings ahead were cancelled with it."""

    cancelled: int
