"""Questions about rooms, their hours and their bookings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower

from sidan.audit.queries import Look, who_looked
from sidan.bookings.enums import LIVE, BookingState, RoomOwnerKind, RoomState
from sidan.bookings.models import Booking, BookingStep, BookingText, Room, RoomHours, RoomOwnerContact
from sidan.bookings.permissions import RUNNING_ROLES, NoSuchBooking, NoSuchRoom, is_own, may_read_words
from sidan.bookings.policies import DayPart, OpenPart, Span, day_parts, free_spans, is_lent_on, open_spans
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date, midnight
from sidan.core.search import search_q
from sidan.places.models import Place
from sidan.places.queries import ids_within, places_to_choose, within, working_time_of

ONE_DAY: Final = timedelta(days=1)
DAYS_OF_A_WEEK: Final = 7
FAR: Final = timedelta(days=366)
"""How far back and ahead a week is shown."""
MOST_ROOMS: Final = 30
"""Of one place on its page."""


def room_by_uuid(*, uuid: UUID) -> Room:
    """Find a room by its public id, within the scope. Raises NoSuchRoom."""
    found = Room.objects.select_related("place", "county").filter(uuid=uuid).first()
    if found is None:
        raise NoSuchRoom
    return found


def rooms_near(*, near: Place | None, text: str = "", seats: int = 0) -> QuerySet[Room]:
    """Return the open rooms of a place's county that take so many people, those of the place itself first."""
    rows = Room.objects.select_related("place").filter(search_q("search", text), state=RoomState.OPEN)
    rows = rows.filter(seats__gte=seats) if seats else rows
    if near is not None and near.county_id:
        rows = rows.filter(county=near.county_id)
    elif near is not None:
        rows = rows.filter(within(field="place", root_ids=(near.pk,)))
    here = Case(When(place=near.pk if near else 0, then=Value("0")), default=Value("1"))
    return rows.annotate(
        near_key=Concat(here, "place__sort_code", Value(" "), "name", output_field=CharField())
    )


def rooms_of(*, place: Place) -> list[Room]:
    """Return the open rooms of a place itself, by name."""
    return list(Room.objects.filter(place=place, state=RoomState.OPEN).order_by("name", "id")[:MOST_ROOMS])


def places_to_run(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places whose rooms the actor runs, in official order."""
    return places_to_choose(root_ids=actor.places_where(frozenset(RUNNING_ROLES)))


WHOSE: Final[dict[str, Q]] = {
    "own": Q(owner_kind=RoomOwnerKind.OWN),
    "others": ~Q(owner_kind=RoomOwnerKind.OWN),
}
"""Rooms by whose they are."""


def rooms_of_office(
    *, text: str = "", place_id: int | None = None, state: str = "", whose: str = ""
) -> QuerySet[Room]:
    """Return the rooms in scope that fit, open and closed, with the names a row shows."""
    rows = Room.objects.select_related("place").filter(search_q("search", text))
    rows = rows.filter(within(field="place", root_ids=(place_id,))) if place_id else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(WHOSE[whose]) if whose else rows
    return rows.annotate(place_key=F("place__path_names"))


def parts_of(*, room: Room) -> list[OpenPart]:
    """Return the hours of a room as it keeps them for each weekday."""
    rows = RoomHours.objects.filter(room=room).order_by("weekday", "opens")
    return [OpenPart(weekday=row.weekday, opens=row.opens, shuts=row.shuts) for row in rows]


def open_on(*, room: Room, days: Sequence[date]) -> dict[date, list[Span]]:
    """Return when a room is open on some days: its hours, the calendar of its place where it follows that.

    A room of others is open as long as the agreement lasts.
    """
    parts = parts_of(room=room)
    calendar = working_time_of(place_id=room.place_id) if room.is_shut_on_days_off else None
    return {
        day: []
        if (calendar and not calendar.works_on(day)) or not is_lent_on(room.lent_from, room.lent_until, day)
        else open_spans(parts=parts, day=day, zone=BUSINESS_ZONE)
        for day in days
    }


def busy_times(*, room: Room, span: Span) -> list[Span]:
    """Return when a room is held within a span: times only, which everybody may know."""
    rows = Booking.unscoped.filter(room=room, state=BookingState.HELD, during__overlap=span)
    return [booking.span for booking in rows.only("during").order_by("during")]


def free_on(*, room: Room, days: Sequence[date]) -> dict[date, list[Span]]:
    """Return when a room can still be asked for on some days in a row: four queries, however many days."""
    opened = open_on(room=room, days=days)
    busy = busy_times(room=room, span=Span(midnight(days[0]), midnight(days[-1] + ONE_DAY)))
    return {day: free_spans(spans=spans, busy=busy) for day, spans in opened.items()}


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A day of a room, with its hours cut into what is free and what is not."""

    day: date
    parts: list[DayPart]


def room_days(*, room: Room, days: Sequence[date], at: datetime, until: datetime) -> list[RoomDay]:
    """Return some days in a row as everybody may know them: four queries, however many days."""
    opened = open_on(room=room, days=days)
    busy = busy_times(room=room, span=Span(midnight(days[0]), midnight(days[-1] + ONE_DAY)))
    return [
        RoomDay(day, day_parts(opened=spans, busy=busy, after=at, until=until))
        for day, spans in opened.items()
    ]


def asked_until(*, at: datetime) -> datetime:
    """Return how far ahead residents may ask for a room."""
    return at + timedelta(days=settings.BOOKING_DAYS_AHEAD)


def day_near(*, day: date | None, at: datetime) -> date:
    """Return a day that was asked for, within a year of today; without one today."""
    today = business_date(at)
    return min(max(day, today - FAR), today + FAR) if day else today


def monday_of(*, day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_from(*, monday: date) -> list[date]:
    """Return the seven days of a week."""
    return [monday + timedelta(days=day) for day in range(DAYS_OF_A_WEEK)]


def bookings_of_week(*, actor: Actor, room: Room, monday: date) -> list[Booking]:
    """Return the live bookings in scope that touch a week of a room, and whether one may know whose."""
    week = Span(midnight(monday), midnight(monday + timedelta(days=DAYS_OF_A_WEEK)))
    rows = _shown(Booking.objects.filter(room=room, state__in=sorted(LIVE), during__overlap=week))
    return list(_known(rows, actor).order_by("during", "id"))


def _shown(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """Add what a row shows, the room with its place and whose it is, and by what it is sorted."""
    return rows.select_related("room__place", "asker").annotate(
        begins_key=Lower("during"), room_key=F("room__name"), place_key=F("place__path_names")
    )


def _whose_is_known(actor: Actor) -> Q:
    """Return of which bookings the actor may know whose they are: one's own, and those of the rooms one runs."""
    run = ids_within(root_ids=actor.places_where(frozenset(RUNNING_ROLES)))
    return Q(asker=actor.person_id or 0) | Q(place__in=run)


def _known(rows: QuerySet[Booking], actor: Actor) -> QuerySet[Booking]:
    """Add whether the actor may know whose each is; what was not asked is not known."""
    known = Case(When(_whose_is_known(actor), then=Value(True)), default=Value(False))
    return rows.annotate(whose_known=known)


_CLASH: Final = Booking.unscoped.filter(
    room=OuterRef("room"), state=BookingState.HELD, during__overlap=OuterRef("during")
).exclude(pk=OuterRef("pk"))


@dataclass(frozen=True, slots=True)
class BookingFilter:
    """What the reader chose above the list."""

    at: datetime
    chip: str = ""
    place_id: int | None = None
    purpose: str = ""
    text: str = ""


CHIPS: Final = ("", "coming", "over", "ended")


def _behind(chip: str, at: datetime) -> Q:
    if chip == "coming":
        return Q(state=BookingState.HELD, during__endswith__gt=at)
    if chip == "over":
        return Q(state__in=sorted(LIVE), during__endswith__lte=at)
    if chip == "ended":
        return ~Q(state__in=sorted(LIVE))
    return Q(state=BookingState.ASKED, during__endswith__gt=at)


def desk(*, actor: Actor, chosen: BookingFilter) -> QuerySet[Booking]:
    """Return the bookings in scope behind a chip; of those asked for, whether others have the room by now.

    By a name one finds only those of which one may know whose they are.
    """
    rows = _known(_shown(Booking.objects.all()), actor).filter(_behind(chosen.chip, chosen.at))
    if chosen.text:
        by_name = search_q("asker__search", chosen.text) & _whose_is_known(actor)
        rows = rows.filter(search_q("room__search", chosen.text) | by_name)
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.purpose:
        rows = rows.filter(purpose=chosen.purpose)
    return rows.annotate(clashes=Exists(_CLASH))


def desk_counts(*, actor: Actor, chosen: BookingFilter) -> dict[str, int]:
    """Return how many wait for an answer and how many are coming; the others grow with the years."""
    counts = {}
    for chip in ("", "coming"):
        counts[chip] = desk(actor=actor, chosen=replace(chosen, chip=chip)).order_by().count()
    return counts


def my_bookings(*, actor: Actor) -> QuerySet[Booking]:
    """Return what I asked for."""
    return _shown(Booking.objects.filter(asker=actor.person_id or 0))


def booking_by_uuid(*, uuid: UUID) -> Booking:
    """Find a booking by its public id, within the scope. Raises NoSuchBooking."""
    found = _shown(Booking.objects.filter(uuid=uuid)).annotate(clashes=Exists(_CLASH)).first()
    if found is None:
        raise NoSuchBooking
    return found


def own_booking(*, actor: Actor, uuid: UUID) -> Booking:
    """Find a booking of the actor's own by its public id. Raises NoSuchBooking."""
    found = my_bookings(actor=actor).filter(uuid=uuid).first()
    if found is None:
        raise NoSuchBooking
    return found


def clashing(*, actor: Actor, booking: Booking) -> list[Booking]:
    """Return the other bookings in scope that have the room for a part of the time, or ask for it."""
    rows = Booking.objects.filter(room=booking.room_id, state__in=sorted(LIVE), during__overlap=booking.span)
    return list(_known(_shown(rows.exclude(pk=booking.pk)), actor).order_by("during", "id"))


def text_of(*, actor: Actor, booking: Booking) -> BookingText | None:
    """Return what was written and whom to call, to those who may read it."""
    if not may_read_words(actor=actor, booking=booking):
        return None
    return BookingText.objects.filter(booking=booking).first()


def looks_at(*, actor: Actor, booking: Booking) -> list[Look]:
    """Return who looked at the telephone of a booking; for whose it is (R-Z10), for others nobody."""
    return who_looked(subject=("booking", booking.pk)) if is_own(actor=actor, booking=booking) else []


def history(*, booking: Booking) -> list[BookingStep]:
    """Return the steps of a booking with their words."""
    return list(BookingStep.objects.filter(booking=booking).select_related("note"))


def coming_of(*, room: Room, at: datetime) -> QuerySet[Booking]:
    """Return what is asked for or held of a room and not over yet."""
    rows = Booking.unscoped.filter(room=room, state__in=sorted(LIVE), during__endswith__gt=at)
    return _shown(rows).order_by("during", "id")


def beyond_agreement(*, room: Room, at: datetime) -> list[Span]:
    """Return when a room is asked for or held ahead on days on which it is not lent, by the room as it is handed in."""
    coming = Booking.unscoped.filter(room=room, state__in=sorted(LIVE), during__endswith__gt=at)
    return [
        booking.span
        for booking in coming.only("during").order_by("during")
        if not lends(room=room, span=booking.span)
    ]


def lends(*, room: Room, span: Span) -> bool:
    """Tell whether the agreement with the owner of a room, if it has one, holds for all of a time."""
    first, last = business_date(span.begins), business_date(span.ends - timedelta(microseconds=1))
    return all(is_lent_on(room.lent_from, room.lent_until, day) for day in (first, last))


def owner_contact_of(*, room: Room) -> RoomOwnerContact | None:
    """Return whom to call about a room of others, where somebody wrote that down."""
    return RoomOwnerContact.objects.filter(room=room).first()
