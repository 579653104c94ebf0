"""Holding a room straight away: by who runs it, for the place, for somebody at the counter, or for a higher app."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sidan.bookings.models import Booking, Room
from sidan.bookings.operations.door import lock_open_room, told_when_taken
from sidan.bookings.operations.wanting import Reason, Wanted, check_wanted, write_booking
from sidan.bookings.permissions import require_running
from sidan.bookings.policies import Span
from sidan.core.actor import Actor
from sidan.people.models import Person


def hold_room(
    *, actor: Actor, at: datetime, room: Room, span: Span, wanted: Wanted, asker: Person | None = None,
    reason: Reason | None = None,
) -> Booking:  # fmt: skip
    """Hold a room, at any hour: who has the key opens it.

    Raises:
        NotYourRooms, RoomClosed, RoomNotLent, RoomTaken, TooManyPeople, BadBookingTime, BadPhone, OrganisationRefused
    """
    return hold_room_for(
        actor=actor, at=at, room=room, spans=[span], wanted=wanted, asker=asker, reason=reason
    )[0]


def hold_room_for(
    *, actor: Actor, at: datetime, room: Room, spans: Sequence[Span], wanted: Wanted,
    asker: Person | None = None, reason: Reason | None = None,
) -> list[Booking]:  # fmt: skip
    """Hold a room for all of some times or for none of them.

    Raises:
        RoomTaken: with every time at which somebody has it already.
        and what `hold_room` raises
    """
    require_running(actor=actor, place_id=room.place_id, county_id=room.county_id)
    check_wanted(room=room, wanted=wanted, spans=spans, at=at)
    with told_when_taken(room=room, spans=list(spans), at=at), transaction.atomic():
        lock_open_room(room, spans=spans)
        return [
            write_booking(
                actor=actor, at=at, room=room, span=span, wanted=wanted, verb="hold", asker=asker,
                reason=reason,
            )
            for span in spans
        ]  # fmt: skip
