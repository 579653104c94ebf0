"""Answering who asked for a room, and cancelling."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.bookings.models import Booking, BookingText
from sidan.bookings.notices import tell_staff
from sidan.bookings.operations.door import leave_trail, lock_open_room, pass_door, told_when_taken
from sidan.bookings.permissions import NotYourBooking, is_own, may_run, require_running
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid


class BookingBegun(Conflict):
    code = "booking_begun"
    sentence = _("The time of this booking has begun or is over.")


class SayWhy(Invalid):
    code = "say_why"
    sentence = _("Please say why: the person reads it.")

    def __init__(self) -> None:
        super().__init__(errors=[FieldProblem("/words", self.sentence)])


def grant_booking(*, actor: Actor, at: datetime, booking: Booking, words: str = "") -> Booking:
    """Give the room to who asked; a word about the key may stand beside.

    Raises:
        NotYourRooms, BookingMovedOn, BookingBegun, RoomClosed, RoomNotLent
        RoomTaken: somebody else has it for a part of the time.
    """
    _require_running(actor, booking)
    _require_ahead(booking, at)
    span = booking.span
    with told_when_taken(room=booking.room, spans=[span], at=at), transaction.atomic():
        lock_open_room(booking.room, spans=[span])
        pass_door(booking=booking, actor=actor, at=at, verb="grant", words=words)
    return booking


@transaction.atomic
def refuse_booking(*, actor: Actor, at: datetime, booking: Booking, words: str) -> Booking:
    """Say that the room cannot be had, and why.

    Raises:
        NotYourRooms, SayWhy, BookingMovedOn
    """
    _require_running(actor, booking)
    if not words.strip():
        raise SayWhy
    pass_door(booking=booking, actor=actor, at=at, verb="refuse", words=words)
    return booking


@transaction.atomic
def cancel_booking(*, actor: Actor, at: datetime, booking: Booking, words: str = "") -> Booking:
    """Cancel one's own booking before it begins; staff cancel any, and say why.

    Raises:
        NotYourBooking, SayWhy, BookingMovedOn
        BookingBegun: it is over; or it is one's own and has begun.
    """
    owns = is_own(actor=actor, booking=booking)
    runs = may_run(actor=actor, place_id=booking.place_id, county_id=booking.county_id)
    if not owns and not runs:
        raise NotYourBooking
    if runs and not owns and not words.strip():
        raise SayWhy
    span = booking.span
    if (span.ends if runs else span.begins) <= at:
        raise BookingBegun
    pass_door(booking=booking, actor=actor, at=at, verb="cancel", words=words)
    if owns:
        tell_staff(kind="booking_taken_back", booking=booking, at=at, but=actor.account_id)
    return booking


@transaction.atomic
def look_at_contact(*, actor: Actor, at: datetime, booking: Booking) -> str:
    """Return the telephone of whose booking it is, in full; the look is written down.

    Raises:
        NotYourRooms
    """
    _require_running(actor, booking)
    leave_trail(booking=booking, actor=actor, at=at, verb="look")
    text = BookingText.objects.filter(booking=booking).first()
    if text is not None and text.contact_phone:
        return str(text.contact_phone)
    return str(booking.asker.contact_phone or "") if booking.asker else ""


def _require_running(actor: Actor, booking: Booking) -> None:
    require_running(actor=actor, place_id=booking.place_id, county_id=booking.county_id)


def _require_ahead(booking: Booking, at: datetime) -> None:
    if booking.span.ends <= at:
        raise BookingBegun
