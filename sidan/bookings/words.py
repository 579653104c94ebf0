"""How rooms and bookings read: the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.bookings.enums import BookingState, RoomState
from sidan.core.badges import StateLook, StepWords

LOOKS: Final[Mapping[str, StateLook]] = {
    BookingState.ASKED.value: StateLook(BookingState.ASKED.label, icon="clock", tone="waiting"),
    BookingState.HELD.value: StateLook(BookingState.HELD.label, icon="circle-check", tone="done"),
    BookingState.REFUSED.value: StateLook(BookingState.REFUSED.label, icon="circle-x", tone="waiting"),
    BookingState.CANCELLED.value: StateLook(BookingState.CANCELLED.label, icon="ban", tone="waiting"),
}
ROOM_LOOKS: Final[Mapping[str, StateLook]] = {
    RoomState.OPEN.value: StateLook(RoomState.OPEN.label, icon="circle-check", tone="done"),
    RoomState.CLOSED.value: StateLook(RoomState.CLOSED.label, icon="ban", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "ask": StepWords(_("The room was asked for"), icon="send"),
    "hold": StepWords(_("The office booked the room"), icon="circle-check"),
    "grant": StepWords(_("The room was given"), icon="circle-check"),
    "refuse": StepWords(_("The room cannot be had"), icon="circle-x"),
    "cancel": StepWords(_("The booking was cancelled"), icon="ban"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "booking.ask": _("asked for a room"),
    "booking.hold": _("booked a room"),
    "booking.grant": _("gave a room to who asked for it"),
    "booking.refuse": _("refused a room"),
    "booking.cancel": _("cancelled a booking"),
    "booking.look": _("looked at the telephone of who booked a room"),
    "room.open": _("let the room %(subject)s be booked"),
    "room.change": _("changed what is known of the room %(subject)s"),
    "room.close": _("closed the room %(subject)s for bookings"),
    "room.owner": _("wrote down whose the room %(subject)s is"),
    "room.look": _("looked up whom to call about the room %(subject)s"),
    "turns.begin": _("let organisations take turns in a room"),
    "turns.end": _("ended turns in a room"),
    "turns.leave_out": _("left a turn in a room out"),
    "turns.give": _("gave a turn in a room to another organisation"),
    "turns.exported": _("took the list of turns along as a table"),
    "bookings.exported": _("took the list of bookings along as a table"),
    "rooms.exported": _("took the list of rooms along as a table"),
}
LOOKING: Final[Mapping[str, str | Promise]] = {"booking.look": _("your telephone, about the room")}
"""What each look on record showed, as the person reads it."""
