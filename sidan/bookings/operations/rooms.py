"""Rooms: opening one, changing it, closing it for a while or for good."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.bookings.enums import RoomState
from sidan.bookings.models import Room, RoomHours
from sidan.bookings.operations.answering import SayWhy
from sidan.bookings.operations.door import pass_door
from sidan.bookings.permissions import require_running
from sidan.bookings.policies import OpenPart
from sidan.bookings.queries import coming_of
from sidan.bookings.states import ROOM
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import told_when
from sidan.core.turns import take_turn
from sidan.places.models import Place


class RoomNameTaken(Conflict):
    code = "room_name_taken"
    sentence = _("There is a room called “%(name)s” at this place already.")


class RoomMovedOn(Conflict):
    code = "room_moved_on"
    sentence = _("This does not fit any more: the room is now “%(state_words)s”.")


class HoursOverlap(Invalid):
    code = "room_hours_overlap"
    sentence = _("Two parts of one day overlap, or one ends before it begins.")


@dataclass(frozen=True, slots=True)
class NewRoom:
    """What is known of a room, and when it is open."""

    name: str
    seats: int
    name_en: str = ""
    kit: Sequence[str] = ()
    about: str = ""
    is_shut_on_days_off: bool = False
    hours: Sequence[OpenPart] = ()


def open_room(*, actor: Actor, at: datetime, place: Place, told: NewRoom) -> Room:
    """Let a room of a place be booked.

    Raises:
        NotYourRooms, RoomNameTaken, HoursOverlap
    """
    require_running(actor=actor, place_id=place.pk, county_id=place.county_id)
    _check_hours(told.hours)
    with _told_when_named_twice(told.name), transaction.atomic():
        room = Room.unscoped.create(
            place=place, county_id=place.county_id, state_since=at, created_at=at, **_columns(told)
        )
        _write_hours(room, told.hours)
        _record(actor, at, room, "open")
    return room


def change_room(*, actor: Actor, at: datetime, room: Room, told: NewRoom) -> Room:
    """Write what is known of a room anew. What is booked stays booked, also outside of new hours.

    Raises:
        NotYourRooms, RoomNameTaken, HoursOverlap
    """
    require_running(actor=actor, place_id=room.place_id, county_id=room.county_id)
    _check_hours(told.hours)
    columns = _columns(told)
    with _told_when_named_twice(told.name), transaction.atomic():
        Room.unscoped.select_for_update(of=("self",)).get(pk=room.pk)
        for name, value in columns.items():
            setattr(room, name, value)
        room.save(update_fields=["search", *columns])
        room.hours.all().delete()
        _write_hours(room, told.hours)
        _record(actor, at, room, "change")
    return room


@transaction.atomic
def close_room(*, actor: Actor, at: datetime, room: Room, words: str) -> int:
    """Let a room be booked no longer, and cancel what is ahead with these words; return how many bookings that were.

    Raises:
        NotYourRooms, SayWhy, RoomMovedOn
    """
    require_running(actor=actor, place_id=room.place_id, county_id=room.county_id)
    if not words.strip():
        raise SayWhy
    # Whoever books waits for this lock: nothing is booked between the look at what is ahead and the closing.
    Room.unscoped.select_for_update(of=("self",)).get(pk=room.pk)
    _move(actor, at, room, "close")
    ahead = list(coming_of(room=room, at=at))
    for booking in ahead:
        pass_door(booking=booking, actor=actor, at=at, verb="cancel", words=words)
    return len(ahead)


@transaction.atomic
def reopen_room(*, actor: Actor, at: datetime, room: Room) -> Room:
    """Let a closed room be booked again.

    Raises:
        NotYourRooms, RoomMovedOn
    """
    require_running(actor=actor, place_id=room.place_id, county_id=room.county_id)
    _move(actor, at, room, "open")
    return room


def _move(actor: Actor, at: datetime, room: Room, verb: str) -> None:
    take_turn(
        rows=Room.unscoped.all(), thing=room, sources=ROOM[verb].sources, target=ROOM[verb].target, at=at,
        moved_on=lambda state: RoomMovedOn(state=state, state_words=RoomState(state).label),
    )  # fmt: skip
    _record(actor, at, room, verb)


def _columns(told: NewRoom) -> dict[str, object]:
    return {
        "name": told.name, "name_en": told.name_en, "seats": told.seats, "kit": list(told.kit),
        "about": told.about, "is_shut_on_days_off": told.is_shut_on_days_off,
    }  # fmt: skip


def _write_hours(room: Room, hours: Sequence[OpenPart]) -> None:
    RoomHours.objects.bulk_create(
        RoomHours(room=room, weekday=part.weekday, opens=part.opens, shuts=part.shuts) for part in hours
    )


def _check_hours(hours: Sequence[OpenPart]) -> None:
    ordered = sorted(hours, key=lambda part: (part.weekday, part.opens))
    if any(part.opens >= part.shuts for part in ordered):
        raise HoursOverlap
    for first, second in pairwise(ordered):
        if first.weekday == second.weekday and second.opens < first.shuts:
            raise HoursOverlap


def _told_when_named_twice(name: str) -> AbstractContextManager[None]:
    return told_when(constraint="bookings_one_name_at_a_place", refusal=lambda: RoomNameTaken(name=name))


def _record(actor: Actor, at: datetime, room: Room, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"room.{verb}", subject=("room", room.pk), place_id=room.place_id,
        county_id=room.county_id,
    )  # fmt: skip
