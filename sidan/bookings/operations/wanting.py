"""What somebody wants a room for: checked and written alike, whether it is asked for or held straight away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from sidan.bookings.enums import LONGEST_HOURS, SHORTEST_MINUTES, BookingState
from sidan.bookings.models import Booking, BookingText, Room
from sidan.bookings.operations.door import append_step
from sidan.bookings.policies import Span
from sidan.bookings.states import BOOKING
from sidan.core.actor import Actor
from sidan.core.errors import FieldProblem, Invalid, NotSignedIn
from sidan.core.phones import normalise_phone
from sidan.people.models import Person
from sidan.people.operations.organisations import require_organisation
from sidan.people.policies import NO_ORGANISATION, Organisation


class TooManyPeople(Invalid):
    code = "too_many_people"
    sentence = _("The room takes %(seats)s people. Please choose a larger one.")


class BadBookingTime(Invalid):
    code = "bad_booking_time"
    sentence = _("Please choose a time ahead, at least half an hour and at most a day long.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """For how many, what for, in whose name; the words and the telephone are read by those who run the room."""

    people: int
    purpose: str
    words: str = ""
    contact_phone: str = ""
    organisation: Organisation = NO_ORGANISATION


@dataclass(frozen=True, slots=True)
class Reason:
    """What a higher app holds a room for: the kind of thing, and its public id."""

    kind: str
    uuid: UUID


def check_wanted(*, room: Room, wanted: Wanted, spans: Sequence[Span], at: datetime) -> None:
    """Refuse what no booking can be, of whomever.

    Raises:
        TooManyPeople, BadBookingTime, BadPhone, OrganisationRefused
    """
    require_organisation(wanted.organisation)
    if wanted.people > room.seats:
        problem = FieldProblem("/people", TooManyPeople.sentence % {"seats": room.seats})
        raise TooManyPeople(seats=room.seats, errors=[problem])
    shortest, longest = timedelta(minutes=SHORTEST_MINUTES), timedelta(hours=LONGEST_HOURS)
    for span in spans:
        if span.begins < at or not shortest <= span.ends - span.begins <= longest:
            raise BadBookingTime
    if wanted.contact_phone:
        normalise_phone(wanted.contact_phone)


def write_booking(
    *, actor: Actor, at: datetime, room: Room, span: Span, wanted: Wanted, verb: str,
    asker: Person | None, reason: Reason | None = None,
) -> Booking:  # fmt: skip
    """Write a booking with its first step, within the caller's transaction, which holds the lock of the room."""
    if actor.account_id is None:
        raise NotSignedIn
    booking = Booking.unscoped.create(
        room=room, place_id=room.place_id, county_id=room.county_id, during=DateTimeTZRange(span.begins, span.ends),
        asker=asker, entered_by_id=actor.account_id, organisation_kind=wanted.organisation.kind,
        organisation_name=wanted.organisation.name, people=wanted.people, purpose=wanted.purpose,
        for_kind=reason.kind if reason else "", for_uuid=reason.uuid if reason else None,
        state=BookingState(BOOKING[verb].target), state_since=at, created_at=at,
    )  # fmt: skip
    phone = normalise_phone(wanted.contact_phone) if wanted.contact_phone else ""
    BookingText.objects.create(booking=booking, words=wanted.words, contact_phone=phone)
    append_step(booking=booking, actor=actor, at=at, verb=verb, from_state="")
    return booking
