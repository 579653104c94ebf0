"""Rooms, when they are open and whose they are, and who has booked them for when."""

from sidan.bookings.models.booking import HELD_ONCE, Booking, BookingNote, BookingStep, BookingText
from sidan.bookings.models.room import Room, RoomHours, RoomOwnerContact

__all__ = [
    "HELD_ONCE",
    "Booking",
    "BookingNote",
    "BookingStep",
    "BookingText",
    "Room",
    "RoomHours",
    "RoomOwnerContact",
]
