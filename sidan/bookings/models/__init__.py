"""Rooms, when they are open and whose they are, who has booked them for when and who takes turns."""

from sidan.bookings.models.booking import HELD_ONCE, Booking, BookingNote, BookingStep, BookingText
from sidan.bookings.models.room import Room, RoomHours, RoomOwnerContact
from sidan.bookings.models.turns import RoomTurns, TurnDay, TurnTaker

__all__ = [
    "HELD_ONCE",
    "Booking",
    "BookingNote",
    "BookingStep",
    "BookingText",
    "Room",
    "RoomHours",
    "RoomOwnerContact",
    "RoomTurns",
    "TurnDay",
    "TurnTaker",
]
