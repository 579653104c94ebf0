"""Every write of rooms and bookings."""

from sidan.bookings.operations.answering import cancel_booking, grant_booking, look_at_contact, refuse_booking
from sidan.bookings.operations.asking import ask_room
from sidan.bookings.operations.door import BookingMovedOn, RoomTaken
from sidan.bookings.operations.holding import hold_room, hold_room_for
from sidan.bookings.operations.owning import Contact, Owner, look_at_owner, say_whose_room
from sidan.bookings.operations.rooms import NewRoom, change_room, close_room, open_room, reopen_room
from sidan.bookings.operations.turns import (
    NewTurns,
    begin_turns,
    check_turns,
    end_turns,
    give_turn,
    leave_out_turn,
    make_turns,
)
from sidan.bookings.operations.wanting import Wanted

__all__ = [
    "BookingMovedOn",
    "Contact",
    "NewRoom",
    "NewTurns",
    "Owner",
    "RoomTaken",
    "Wanted",
    "ask_room",
    "begin_turns",
    "cancel_booking",
    "change_room",
    "check_turns",
    "close_room",
    "end_turns",
    "give_turn",
    "grant_booking",
    "hold_room",
    "hold_room_for",
    "leave_out_turn",
    "look_at_contact",
    "look_at_owner",
    "make_turns",
    "open_room",
    "refuse_booking",
    "reopen_room",
    "say_whose_room",
]
