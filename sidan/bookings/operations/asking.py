"""Asking for a room: residents, for themselves or in the name of an organisation."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.bookings.enums import LIVE
from sidan.bookings.models import Booking, Room
from sidan.bookings.notices import tell_staff
from sidan.bookings.operations.door import lock_open_room, taken
from sidan.bookings.operations.wanting import Wanted, check_wanted, write_booking
from sidan.bookings.policies import Span, lies_within
from sidan.bookings.queries import busy_times, open_on
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict, Invalid, NotSignedIn, TooMany
from sidan.people.models import Person


class RoomNotOpen(Conflict):
    code = "room_not_open"
    sentence = _("The room is not open for all of that time. Please choose another time.")


class TooFarAhead(Invalid):
    code = "booking_too_far_ahead"
    sentence = _(
        "Rooms can be asked for %(days)s days ahead. Please choose an earlier day, or call the office."
    )


class TooManyBookings(TooMany):
    code = "too_many_bookings"
    sentence = _("You have %(limit)s bookings ahead. Please wait until one is over, or cancel one.")


def ask_room(*, actor: Actor, at: datetime, room: Room, span: Span, wanted: Wanted) -> Booking:
    """Ask for a room within its hours; whoever runs it answers. Others may ask for the same time until then.

    Raises:
        NotSignedIn, RoomClosed, TooManyPeople, BadBookingTime, BadPhone, OrganisationRefused
        TooFarAhead, RoomNotOpen, RoomNotLent, RoomTaken
        TooManyBookings: so many of this person are asked for or held.
    """
    if actor.person_id is None:
        raise NotSignedIn
    check_wanted(room=room, wanted=wanted, spans=[span], at=at)
    if span.begins > at + timedelta(days=settings.BOOKING_DAYS_AHEAD):
        raise TooFarAhead(days=settings.BOOKING_DAYS_AHEAD)
    day = business_date(span.begins)
    if not lies_within(spans=open_on(room=room, days=[day])[day], wanted=span):
        raise RoomNotOpen
    with transaction.atomic():
        # The person's row is the lock of the limit: two sendings at once cannot both be the last that is allowed.
        # Its key stays free: who holds a room for this person has the room's lock already, and needs no more of it.
        person = Person.unscoped.select_for_update(no_key=True).get(pk=actor.person_id)
        ahead = Booking.unscoped.filter(asker=person, state__in=sorted(LIVE), during__endswith__gt=at)
        if ahead.count() >= settings.BOOKINGS_AHEAD:
            raise TooManyBookings(limit=settings.BOOKINGS_AHEAD)
        lock_open_room(room, spans=[span])
        if busy_times(room=room, span=span):
            raise taken(room=room, spans=[span], at=at)
        made = write_booking(
            actor=actor, at=at, room=room, span=span, wanted=wanted, verb="ask", asker=person
        )
        tell_staff(kind="booking_asked", booking=made, at=at, but=actor.account_id)
    return made
