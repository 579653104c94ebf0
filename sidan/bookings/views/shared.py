"""What the pages of rooms have in common: a week, day by day, and what happened to a booking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from sidan.bookings import queries
from sidan.bookings.enums import BookingState
from sidan.bookings.forms import DaySearch
from sidan.bookings.models import Booking, BookingStep, Room
from sidan.bookings.permissions import require_desk
from sidan.bookings.policies import DayPart, OpenPart
from sidan.bookings.queries import RoomDay
from sidan.bookings.saying import lent_words
from sidan.bookings.words import STEPS
from sidan.core.badges import ToldStep, told_turn
from sidan.core.clock import BUSINESS_ZONE, business_date, midnight
from sidan.core.moments import time_words, weekday_words
from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of

staff_page = page_of(require_desk, public=False)
PART_WORDS: Final[dict[str, tuple[str | Promise, str]]] = {
    "free": (pgettext_lazy("of a room", "Free"), "circle-check"),
    "taken": (pgettext_lazy("of a room", "Taken"), "ban"),
    "over": (pgettext_lazy("of a room", "Over"), "clock"),
    "later": (pgettext_lazy("of a room", "Too far ahead"), "clock"),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a day as a page shows it: from when to when, what it is in colour and word, where it leads."""

    when: str
    begins: datetime
    kind: str
    word: str | Promise
    icon: str
    url: str = ""
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day of the week of a room."""

    day: date
    is_today: bool
    slots: list[Slot]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a room, and where the weeks beside them are; nothing where there is nothing to see."""

    days: list[ShownDay]
    first: date
    last: date
    before_url: str
    after_url: str


def told_steps(steps: Iterable[BookingStep]) -> list[ToldStep]:
    """Tell what happened, newest first."""
    return [told_turn(step, words=STEPS) for step in steps][::-1]


def public_week(request: HttpRequest, room: Room, *, at: datetime, ask_url: str) -> Week:
    """Return the week that the address asks for, as everybody may know it; free times lead to asking for them."""
    today, until = business_date(at), queries.asked_until(at=at)
    monday = _monday(request, at=at, bounds=(today, business_date(until)))
    days = queries.room_days(room=room, days=queries.week_from(monday=monday), at=at, until=until)
    slots = [[_part(part, ask_url) for part in one.parts] for one in days]
    return _week(days, slots, at=at, bounds=(today, business_date(until)))


def staff_week(request: HttpRequest, room: Room, *, at: datetime, hold_url: str) -> Week:
    """The same with who has the room when, and who asks for it; free times lead to holding them."""
    bounds = (business_date(at - queries.FAR), business_date(at + queries.FAR))
    monday = _monday(request, at=at, bounds=bounds)
    days = queries.room_days(room=room, days=queries.week_from(monday=monday), at=at, until=at + queries.FAR)
    bookings = queries.bookings_of_week(actor=actor_of(request), room=room, monday=monday)
    slots = [_staff_slots(one, bookings, hold_url) for one in days]
    return _week(days, slots, at=at, bounds=bounds)


def room_facts(room: Room, *, at: datetime) -> dict[str, Any]:
    """Return what the facts of a room show beside it: its hours, and how long it is lent."""
    return {
        "hours": hours_told(queries.parts_of(room=room)),
        "lent": lent_words(room),
        "lent_over": room.lent_until is not None and room.lent_until < business_date(at),
    }


def hours_told(parts: Sequence[OpenPart]) -> list[tuple[str, str]]:
    """Return the weekdays with the hours of a room in words; days in a row with the same hours are one line."""
    words, told = weekday_words(), []
    for hours, days in groupby(range(len(words)), key=lambda day: _hours_of(parts, day)):
        first, *_between, last = list(days) * 2
        weekdays = words[first] if first == last else f"{words[first]} – {words[last]}"
        told.append((weekdays, hours))
    return [line for line in told if line[1]]


def _hours_of(parts: Sequence[OpenPart], day: int) -> str:
    spans = [f"{time_words(part.opens)} – {time_words(part.shuts)}" for part in parts if part.weekday == day]
    return " · ".join(spans)


def _monday(request: HttpRequest, *, at: datetime, bounds: tuple[date, date]) -> date:
    """Return the Monday of the week asked for; whoever makes an address up gets the week at the edge."""
    first, last = bounds
    day = min(max(DaySearch(request.GET).chosen_day(at), first), last)
    return queries.monday_of(day=day)


def _week(
    days: Sequence[RoomDay], slots: Sequence[list[Slot]], *, at: datetime, bounds: tuple[date, date]
) -> Week:
    today, first, last = business_date(at), days[0].day, days[-1].day
    shown = [
        ShownDay(one.day, is_today=one.day == today, slots=told)
        for one, told in zip(days, slots, strict=True)
    ]
    earliest, latest = bounds
    return Week(
        days=shown, first=first, last=last,
        before_url=_address(first - timedelta(days=7)) if first > earliest else "",
        after_url=_address(last + timedelta(days=1)) if last < latest else "",
    )  # fmt: skip


def _address(day: date) -> str:
    return f"?{urlencode({'day': day.isoformat()})}#week"


def _staff_slots(one: RoomDay, bookings: Sequence[Booking], hold_url: str) -> list[Slot]:
    """Return the bookings of a day with names instead of what is only told as taken, and what is left."""
    begins, ends = midnight(one.day), midnight(one.day + timedelta(days=1))
    own = [
        _booked(booking, begins, ends)
        for booking in bookings
        if booking.span.begins < ends and booking.span.ends > begins
    ]
    left = [_part(part, hold_url) for part in one.parts if part.kind != "taken"]
    return sorted([*own, *left], key=lambda slot: slot.begins)


def _booked(booking: Booking, first: datetime, last: datetime) -> Slot:
    begins, ends = max(booking.span.begins, first), min(booking.span.ends, last)
    is_held = booking.state == BookingState.HELD
    return Slot(
        when=_when(begins, ends), begins=begins, kind="taken" if is_held else "asked", booking=booking,
        word=booking.get_state_display(), icon="circle-check" if is_held else "clock",
    )  # fmt: skip


def _part(part: DayPart, free_url: str) -> Slot:
    word, icon = PART_WORDS[part.kind]
    begins = part.begins.astimezone(BUSINESS_ZONE)
    asked = urlencode({"day": begins.date().isoformat(), "begins": f"{begins:%H:%M}"})
    url = f"{free_url}?{asked}" if free_url and part.kind == "free" else ""
    return Slot(_when(part.begins, part.ends), part.begins, part.kind, word, icon, url=url)


def _when(begins: datetime, ends: datetime) -> str:
    local, until = begins.astimezone(BUSINESS_ZONE), ends.astimezone(BUSINESS_ZONE)
    return f"{time_words(local)} – {time_words(until)}"
