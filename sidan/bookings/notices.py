"""What bookings tell people."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.bookings.models import Booking, Room, RoomTurns
from sidan.bookings.permissions import RUNNING_ROLES
from sidan.notify.enums import Topic
from sidan.notify.kinds import Facts, NoticeKind, register_kind, with_when
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons, accounts_with_roles

SENTENCES: Final = {
    "booking_asked": _("Somebody asks for “%(room)s” of %(place)s, %(when)s. Please answer."),
    "booking_taken_back": _(
        "The booking of “%(room)s” of %(place)s, %(when)s, was cancelled by whose it was."
    ),
    "booking_granted": _("“%(room)s” of %(place)s is booked for you: %(when)s."),
    "booking_held": _("The office booked “%(room)s” of %(place)s for you: %(when)s."),
    "booking_refused": _("“%(room)s” of %(place)s cannot be had %(when)s. Open it to read why."),
    "booking_cancelled": _(
        "Your booking of “%(room)s” of %(place)s, %(when)s, was cancelled. Open it to read why."
    ),
    "turn_not_booked": _(
        "The turn of %(taker)s in “%(room)s” of %(place)s, %(when)s, could not be booked: the room is not free then."
    ),
}
TO_OFFICES: Final = frozenset({"booking_asked", "booking_taken_back", "turn_not_booked"})
TO_ASKER: Final[Mapping[str, str]] = {
    "hold": "booking_held",
    "grant": "booking_granted",
    "refuse": "booking_refused",
    "cancel": "booking_cancelled",
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        topic = Topic.OFFICE if code in TO_OFFICES else Topic.MINE
        register_kind(
            NoticeKind(
                code=code, sentence=sentence, icon="calendar-clock", goes_out=True, topic=topic, words=with_when
            )
        )  # fmt: skip


def _facts(booking: Booking, at: datetime) -> Facts:
    begins = booking.during.lower
    return _of_room(booking.room, begins.isoformat() if begins else "", at)


def _of_room(room: Room, begins: str, at: datetime) -> Facts:
    return {
        "room": room.name, "room_en": room.name_en, "place": room.place.short_name, "place_en": room.place.name_en,
        "begins": begins, "told": at.isoformat(),
    }  # fmt: skip


def tell_staff(*, kind: str, booking: Booking, at: datetime, but: int | None = None) -> None:
    """Tell those who run the rooms of the place, else at the nearest place above."""
    accounts = accounts_with_roles(place_id=booking.place_id, roles=RUNNING_ROLES)
    notify(
        account_ids=[account for account in accounts if account != but], kind=kind,
        facts=_facts(booking, at), link=f"/console/bookings/{booking.uuid}/", at=at,
    )  # fmt: skip


def tell_of_turn_not_booked(*, turns: RoomTurns, day: date, taker: str, at: datetime) -> None:
    """Tell those who run the rooms that a turn could not be booked, for them to give or to move it."""
    notify(
        account_ids=accounts_with_roles(place_id=turns.place_id, roles=RUNNING_ROLES), kind="turn_not_booked",
        facts={**_of_room(turns.room, turns.span_on(day).begins.isoformat(), at), "taker": taker},
        link=f"/console/turns/{turns.uuid}/", at=at,
    )  # fmt: skip


def tell_asker(*, kind: str, booking: Booking, at: datetime, but: int | None = None) -> None:
    """Tell whose booking it is, if it is anybody's."""
    if booking.asker_id is None:
        return
    accounts = account_ids_of_persons(person_ids=[booking.asker_id])
    notify(
        account_ids=[account for account in accounts if account != but], kind=kind,
        facts=_facts(booking, at), link=f"/bookings/{booking.uuid}/", at=at,
    )  # fmt: skip
