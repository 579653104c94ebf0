"""The one door of a booking: it moves where nobody took a turn in between, appends the step and tells of it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sidan.audit.operations import record
from sidan.bookings.enums import BookingState, RoomState
from sidan.bookings.events import BookingMoved
from sidan.bookings.models import HELD_ONCE, Booking, BookingNote, BookingStep, Room
from sidan.bookings.notices import TO_ASKER, tell_asker
from sidan.bookings.policies import Span
from sidan.bookings.queries import busy_times, lends
from sidan.bookings.saying import lent_words
from sidan.bookings.states import BOOKING
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.moments import span_words
from sidan.core.transactions import told_when
from sidan.core.turns import take_turn

MOST_TOLD: Final = 5
"""How many of the times that are taken a refusal names."""


class BookingMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the booking is in."""

    code = "booking_moved_on"
    sentence = _("This booking has moved on: it is now “%(state_words)s”. Please look at it again.")


class RoomTaken(Conflict):
    """Times only: whose booking it is stands on the pages of those who run the room."""

    code = "room_taken"
    sentence = _("The room is taken: %(when)s. Please choose another time.")


class RoomClosed(Conflict):
    code = "room_closed"
    sentence = _("This room cannot be booked just now.")


class RoomNotLent(Conflict):
    """It belongs to others, and the agreement does not hold for all of that time."""

    code = "room_not_lent"
    sentence = _("Its owner lends this room %(days)s. Please choose a time within.")


def moved_on(state: str) -> BookingMovedOn:
    """Build the answer for whoever came second."""
    return BookingMovedOn(state=state, state_words=BookingState(state).label)


def taken(*, room: Room, spans: list[Span], at: datetime) -> RoomTaken:
    """Build the refusal that names when the room is taken within the spans."""
    busy = sorted({one for span in spans for one in busy_times(room=room, span=span)})
    days = [f"{one.begins.isoformat()}/{one.ends.isoformat()}" for one in busy]
    words = pgettext("between times", "; ").join(span_words(*one, now=at) for one in busy[:MOST_TOLD])
    return RoomTaken(when=words, times=days)


def told_when_taken(*, room: Room, spans: list[Span], at: datetime) -> AbstractContextManager[None]:
    """Hold a room in a transaction within: that the database refused it is told after it. Raises RoomTaken."""
    return told_when(constraint=HELD_ONCE, refusal=lambda: taken(room=room, spans=spans, at=at))


def lock_open_room(room: Room, *, spans: Sequence[Span]) -> None:
    """Let nobody close or book the room meanwhile, nor change whose it is; within the caller's transaction.

    Raises:
        RoomClosed, RoomNotLent
    """
    kept = Room.unscoped.select_for_update(of=("self",)).get(pk=room.pk)
    if kept.state != RoomState.OPEN:
        raise RoomClosed
    if not all(lends(room=kept, span=span) for span in spans):
        raise RoomNotLent(days=lent_words(kept))


def pass_door(*, booking: Booking, actor: Actor, at: datetime, verb: str, words: str = "") -> BookingStep:
    """Move a booking by a verb of the table, within the caller's transaction.

    Raises:
        BookingMovedOn: the table does not allow it from this state, or another turn was taken since it was read.
    """
    step = BOOKING[verb]
    before = take_turn(
        rows=Booking.unscoped.all(), thing=booking, sources=step.sources, target=step.target, at=at,
        moved_on=moved_on,
    )  # fmt: skip
    return append_step(booking=booking, actor=actor, at=at, verb=verb, from_state=before, words=words)


def append_step(
    *, booking: Booking, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> BookingStep:
    """Write the step of the turn that the booking has now, leave a trail, tell the listeners and whose it is."""
    made = BookingStep.objects.create(
        booking=booking, turn=booking.turn, verb=verb, from_state=from_state, to_state=booking.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        BookingNote.objects.create(step=made, words=words)
    leave_trail(booking=booking, actor=actor, at=at, verb=verb)
    publish(
        BookingMoved(
            booking_id=booking.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=booking.state,
            room_id=booking.room_id, for_kind=booking.for_kind, for_uuid=booking.for_uuid,
            place_id=booking.place_id, county_id=booking.county_id, at=at,
        )
    )  # fmt: skip
    if verb in TO_ASKER:
        tell_asker(kind=TO_ASKER[verb], booking=booking, at=at, but=actor.account_id)
    return made


def leave_trail(*, booking: Booking, actor: Actor, at: datetime, verb: str) -> None:
    """Write down who did what to which booking."""
    record(
        actor=actor, at=at, verb=f"booking.{verb}", subject=("booking", booking.pk),
        place_id=booking.place_id, county_id=booking.county_id,
    )  # fmt: skip
