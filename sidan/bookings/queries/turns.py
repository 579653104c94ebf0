"""Questions about organisations that take turns in a room."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F, QuerySet

from sidan.bookings.enums import BookingState, TurnDayKind, TurnsState
from sidan.bookings.models import Booking, Room, RoomTurns, TurnDay, TurnTaker
from sidan.bookings.permissions import NoSuchTurns
from sidan.bookings.policies import turn_days, whose_turn
from sidan.core.clock import business_date
from sidan.core.search import search_q
from sidan.places.queries import within

SHOWN: Final = 12
"""How many of the next days are shown."""
A_YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class TurnShown:
    """A day of a rule: whose turn it is, what became of it, and the booking where there is one."""

    day: date
    taker: TurnTaker
    kind: str
    booking: Booking | None
    is_given: bool

    @property
    def kind_words(self) -> str:
        return str(TurnDayKind(self.kind).label) if self.kind else ""


def turns_of_office(*, text: str = "", place_id: int | None = None, state: str = "") -> QuerySet[RoomTurns]:
    """Return the rules in scope that fit, with the names a row shows; found by the room or by who takes turns."""
    rows = RoomTurns.objects.select_related("room", "place").prefetch_related("takers")
    if text:
        named = TurnTaker.objects.filter(name__icontains=text).values("turns")
        rows = rows.filter(search_q("room__search", text)) | rows.filter(pk__in=named)
    rows = rows.filter(within(field="place", root_ids=(place_id,))) if place_id else rows
    rows = rows.filter(state=state) if state else rows
    return rows.annotate(place_key=F("place__path_names"), room_key=F("room__name"))


def turns_in(*, room: Room) -> list[RoomTurns]:
    """Return the rules of a room that go on, with who takes turns."""
    rows = RoomTurns.objects.filter(room=room, state=TurnsState.ACTIVE).prefetch_related("takers")
    return list(rows.order_by("weekday", "begins_at", "id"))


def turns_by_uuid(*, uuid: UUID) -> RoomTurns:
    """Find a rule by its public id, within the scope. Raises NoSuchTurns."""
    rows = RoomTurns.objects.select_related("room__place", "place").prefetch_related("takers")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NoSuchTurns
    return found


def active_turns() -> list[int]:
    """Return the rules that go on, for the job that books ahead."""
    return list(
        RoomTurns.unscoped.filter(state=TurnsState.ACTIVE).order_by("id").values_list("id", flat=True)
    )


def has_day(*, turns: RoomTurns, day: date) -> bool:
    """Tell whether a day is one of the rule."""
    return day in turn_days(first=turns.first, last=turns.last, since=day, until=day)


def due_taker(*, turns: RoomTurns, day: date) -> TurnTaker:
    """Return whose turn a day of the rule is, before anybody gave it to another."""
    takers = list(turns.takers.all())
    return takers[whose_turn(first=turns.first, day=day, takers=len(takers))]


def days_to_make(*, turns: RoomTurns, at: datetime) -> list[tuple[date, TurnDay | None]]:
    """Return the days within which rooms are booked ahead that are not booked yet, and what was decided about each."""
    today = business_date(at)
    until = today + timedelta(days=settings.BOOKING_DAYS_AHEAD)
    kept = {one.day: one for one in turns.days.select_related("taker").filter(day__gte=today)}
    return [
        (day, kept.get(day))
        for day in turn_days(first=turns.first, last=turns.last, since=today, until=until)
        if turns.span_on(day).begins > at and (day not in kept or kept[day].kind == TurnDayKind.TAKEN)
    ]


def coming_turns(*, turns: RoomTurns, at: datetime, count: int = SHOWN) -> list[TurnShown]:
    """Return the next days of a rule with whose turn each is; what is later than rooms are booked has no booking."""
    today, takers = business_date(at), list(turns.takers.all())
    days = turn_days(first=turns.first, last=turns.last, since=today, until=max(today, turns.first) + A_YEAR)[
        :count
    ]
    rows = turns.days.select_related("taker", "booking").filter(day__in=days)
    kept = {one.day: one for one in rows}
    return [_shown(turns, day, takers, kept.get(day)) for day in days]


def _shown(turns: RoomTurns, day: date, takers: list[TurnTaker], kept: TurnDay | None) -> TurnShown:
    due = takers[whose_turn(first=turns.first, day=day, takers=len(takers))]
    if kept is None:
        return TurnShown(day, due, "", None, is_given=False)
    kind = kept.kind
    if kept.booking is not None and kept.booking.state != BookingState.HELD:
        # cancelled at the desk: whoever did so said why, and the turn is not booked anew
        kind = TurnDayKind.LEFT_OUT
    return TurnShown(day, kept.taker or due, kind, kept.booking, is_given=kept.taker is not None)
