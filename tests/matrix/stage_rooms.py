"""What stands on the stage of rooms."""

from datetime import datetime, time, timedelta
from typing import Any

from sidan.bookings import operations
from sidan.bookings.models import Booking, Room, RoomTurns
from sidan.bookings.policies import OpenPart, Span
from sidan.bookings.queries.turns import coming_turns
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.people.policies import Organisation
from tests.cast import Cast

ALWAYS = [OpenPart(day, time(6), time(22)) for day in range(7)]


def build_rooms(cast: Cast, things: dict[str, Any], phone: str) -> None:
    """A room that is asked for and held, and one that is closed."""
    room, closed = open_room(cast, "多功能厅"), open_room(cast, "仓库")
    operations.close_room(actor=cast.practitioner.actor, at=now(), room=closed, words="在修")
    asked, held = ask_room(cast.zhou.actor, room, phone=phone), hold_room(cast, room)
    turns = take_turns(cast, room)
    day, _next = [one.day for one in coming_turns(turns=turns, at=now(), count=2)]
    things |= {
        "turns": turns.uuid, "turns_day": f"{day}", "turns_taker": f"{turns.takers.get(name='太极拳协会').pk}",
        "room": room.uuid, "room_closed": closed.uuid, "booking": asked.uuid, "booking_held": held.uuid,
        "day": f"{business_date(now()) + timedelta(days=3)}",
        "room_begins": _ahead(3, 9).isoformat(), "room_ends": _ahead(3, 10).isoformat(),
    }  # fmt: skip


def open_room(cast: Cast, name: str) -> Room:
    told = operations.NewRoom(name=name, seats=30, kit=["sound"], hours=ALWAYS)
    return operations.open_room(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, told=told
    )


def take_turns(cast: Cast, room: Room, *, hour: int = 20, weekday: int = 0) -> RoomTurns:
    """Two clubs that have a room in turn from tomorrow's week on; the first day is the first one's."""
    takers = [Organisation("other", name) for name in ("客家山歌队", "太极拳协会")]
    told = operations.NewTurns(
        weekday=weekday, begins_at=time(hour), ends_at=time(hour, 45), first=business_date(now()) + timedelta(days=4),
        takers=takers, people=20, purpose="rehearsal",
    )  # fmt: skip
    return operations.begin_turns(actor=cast.practitioner.actor, at=now(), room=room, told=told)


def ask_room(actor: Actor, room: Room, *, hour: int = 9, phone: str = "12900000001") -> Booking:
    wanted = operations.Wanted(people=12, purpose="rehearsal", words="排练", contact_phone=phone)
    return operations.ask_room(actor=actor, at=now(), room=room, span=span(2, hour), wanted=wanted)


def hold_room(cast: Cast, room: Room, *, hour: int = 15) -> Booking:
    wanted = operations.Wanted(people=12, purpose="meeting")
    return operations.hold_room(
        actor=cast.practitioner.actor, at=now(), room=room, span=span(2, hour), wanted=wanted
    )


def span(days: int, hour: int) -> Span:
    return Span(_ahead(days, hour), _ahead(days, hour + 1))


def _ahead(days: int, hour: int) -> datetime:
    return datetime.combine(business_date(now()) + timedelta(days=days), time(hour), BUSINESS_ZONE)
