"""The room of an activity: held for it, let go when it is not needed, lost when somebody else takes it away."""

from datetime import datetime
from typing import Final

from django.db import transaction

from sidan.activities.enums import ActivityKind
from sidan.activities.models import Activity
from sidan.activities.notices import tell_of_lost_room
from sidan.activities.operations.door import pass_door
from sidan.activities.states import ACTIVITY
from sidan.bookings.enums import LIVE, Purpose
from sidan.bookings.models import Booking, Room
from sidan.bookings.operations import Wanted, cancel_booking, hold_room
from sidan.bookings.operations.wanting import Reason
from sidan.core.actor import SYSTEM, Actor

HELD_FOR: Final = "activity"
_LEARNING: Final = frozenset({ActivityKind.LECTURE, ActivityKind.CLASS, ActivityKind.TRAINING})


def hold_for(*, actor: Actor, at: datetime, activity: Activity, room: Room) -> None:
    """Hold a room for the time of an activity, within the caller's transaction. Raises what `hold_room` raises."""
    purpose = Purpose.CLASS if activity.kind in _LEARNING else Purpose.SERVICE
    activity.booking = hold_room(
        actor=actor, at=at, room=room, span=activity.span,
        wanted=Wanted(people=activity.seats or room.seats, purpose=purpose, words=activity.title),
        reason=Reason(kind=HELD_FOR, uuid=activity.uuid),
    )  # fmt: skip
    activity.save(update_fields=["booking"])


def let_room_go(*, actor: Actor, at: datetime, activity: Activity, words: str) -> None:
    """Give the room back that is held for an activity, if one is, within the caller's transaction."""
    booking = activity.booking
    if booking is None:
        return
    # Taken off first: that the booking moves is then no loss to anybody.
    activity.booking = None
    activity.save(update_fields=["booking"])
    if booking.state in LIVE and booking.span.ends > at:
        cancel_booking(actor=actor, at=at, booking=booking, words=words)


@transaction.atomic
def lose_room(*, at: datetime, booking_id: int) -> bool:
    """Say that the room of an activity was taken away by others; tells whether one was held for anything still."""
    booking = Booking.unscoped.get(pk=booking_id)
    rows = Activity.unscoped.select_for_update(of=("self",)).select_related("place")
    activity = rows.filter(booking=booking, state__in=sorted(ACTIVITY["lose_room"].sources)).first()
    if activity is None or booking.state in LIVE:
        return False
    activity.booking = None
    activity.save(update_fields=["booking"])
    pass_door(activity=activity, actor=SYSTEM, at=at, verb="lose_room")
    tell_of_lost_room(activity=activity, at=at)
    return True
