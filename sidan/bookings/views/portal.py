"""What residents do: look for a room, see its week, ask for it, follow and cancel their bookings."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.bookings import operations, queries
from sidan.bookings.enums import RoomState
from sidan.bookings.forms import SIZES, AskForm, CancelForm, DaySearch, RoomSearch
from sidan.bookings.models import Room
from sidan.bookings.permissions import is_own
from sidan.bookings.policies import beginnings, endings
from sidan.bookings.states import BOOKING
from sidan.bookings.views.shared import public_week, room_facts, told_steps
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.pages import AND_WRITES, REFUSALS, act_by_form, keep_typed, put_errors
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of, asker_of
from sidan.people.queries import own_contact
from sidan.places.nearby import place_near

PAGE_SIZE: Final = 24
ASKED: Final = _("You asked for the room. You get a message when there is an answer.")


@require_safe
def rooms(request: HttpRequest) -> HttpResponse:
    """Rooms near, those of one's own place first."""
    search, near = RoomSearch(request.GET), place_near(request)
    search.is_valid()
    text, seats = search.cleaned_data.get("q", ""), search.cleaned_data.get("seats") or 0
    rows = queries.rooms_near(near=near, text=text, seats=seats)
    cursor = request.GET.get("cursor") or None
    context = {
        "page": keyset_page(rows=rows, sort="near_key", cursor=cursor, limit=PAGE_SIZE),
        "query": text,
        "seats": str(seats or ""),
        "sizes": [(str(size), gettext("for %(size)s and more") % {"size": size}) for size in SIZES],
        "here": near,
        "is_signed_in": asker_of(request).is_signed_in,
    }
    return render(request, "bookings/rooms.html", context)


@require_safe
def room(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One room: what is in it, when it is open, and a week of it."""
    found, at = queries.room_by_uuid(uuid=uuid), now()
    is_open = found.state == RoomState.OPEN
    ask_url = reverse("bookings:ask", args=[uuid])
    context = {
        "room": found,
        "is_open": is_open,
        **room_facts(found, at=at),
        "week": public_week(request, found, at=at, ask_url=ask_url if is_open else ""),
        "today": business_date(at),
    }
    return render(request, "bookings/room.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for a room on a day."""
    actor, at, found = actor_of(request), now(), queries.room_by_uuid(uuid=uuid)
    day = DaySearch(request.GET).chosen_day(at)
    form = _ask_form(request, found, day, at)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.ask_room(
                actor=actor, at=at, room=found, span=form.span(day), wanted=form.wanted()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="begins")
        else:
            messages.success(request, str(ASKED))
            return go_to(request, reverse("bookings:booking", args=[made.uuid]))
    context = {"form": form, "room": found, "day": day}
    return render(request, "bookings/ask.html", context, status=422 if form.errors else 200)


def _ask_form(request: HttpRequest, found: Room, day: date, at: datetime) -> AskForm:
    """Return the form with the half hours that are free on the day; a free time that was tapped is chosen."""
    free = [
        span
        for span in queries.free_on(room=found, days=[day])[day]
        if found.state == RoomState.OPEN and span.begins < queries.asked_until(at=at)
    ]
    offered = {
        "begins": beginnings(free=free, after=at, zone=BUSINESS_ZONE),
        "ends": endings(free=free, after=at, zone=BUSINESS_ZONE),
    }
    if request.method == "POST":
        return AskForm(request.POST, room=found, **offered)
    initial: dict[str, Any] = {"contact_phone": own_contact(person_id=actor_of(request).person_id or 0).phone}
    search = DaySearch(request.GET)
    wished = search.cleaned_data.get("begins") if search.is_valid() else None
    fitting = (one for one in offered["begins"] if wished is None or one.time() >= wished)
    begins = next(fitting, None)
    if begins:
        later = [one for one in offered["ends"] if one > begins]
        initial |= {"begins": f"{begins:%H:%M}", "ends": f"{later[min(1, len(later) - 1)]:%H:%M}"}
    return AskForm(room=found, initial=initial, **offered)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My bookings, the latest first."""
    rows = queries.my_bookings(actor=actor_of(request))
    cursor = request.GET.get("cursor") or None
    page = keyset_page(rows=rows, sort="-begins_key", cursor=cursor, limit=PAGE_SIZE)
    return render(request, "bookings/mine.html", {"page": page})


@require_safe
def booking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One booking of mine, with what happened."""
    return _shown(request, uuid)


def _shown(request: HttpRequest, uuid: UUID, *, form: CancelForm | None = None) -> HttpResponse:
    actor, at = actor_of(request), now()
    found = queries.own_booking(actor=actor, uuid=uuid)
    may_cancel = found.state in BOOKING["cancel"].sources and found.span.begins > at
    context: dict[str, Any] = {
        "booking": found,
        "knows": True,
        "text": queries.text_of(actor=actor, booking=found),
        "steps": told_steps(queries.history(booking=found)),
        "looks": queries.looks_at(actor=actor, booking=found),
        "form": CancelForm() if may_cancel and is_own(actor=actor, booking=found) else None,
        "at": at,
    }
    keep_typed(context, name="form", form=form)
    return render(request, "bookings/booking.html", context)


@require_POST
@once_per_form
def cancel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Cancel a booking of mine."""
    actor, found = actor_of(request), queries.own_booking(actor=actor_of(request), uuid=uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.cancel_booking(actor=actor, at=now(), booking=found, words=data["words"])

    return act_by_form(
        request, form=CancelForm(request.POST), url=reverse("bookings:booking", args=[uuid]), write=write,
        done=_("Your booking was cancelled."), page=lambda refused: _shown(request, uuid, form=refused),  # type: ignore[arg-type] # the form above
    )  # fmt: skip
