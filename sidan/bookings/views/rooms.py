"""The rooms of an office: the list, one with its week and who has it, a new one, changing, closing, holding."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.bookings import operations, queries
from sidan.bookings.enums import RoomState
from sidan.bookings.forms import WEEKDAY_FIELDS, DaySearch, HoldForm, NewRoomForm, RoomForm, WhyForm
from sidan.bookings.models import Room
from sidan.bookings.permissions import may_run, require_running
from sidan.bookings.queries.turns import turns_in
from sidan.bookings.saying import takers_words, turns_words
from sidan.bookings.views.shared import room_facts, staff_page, staff_week
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.language import listed
from sidan.core.lists import (
    Column,
    asked_sort,
    filter_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
    uuid_of,
)
from sidan.core.pages import AND_WRITES, REFUSALS, act, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.models import Person
from sidan.people.queries import resident_by_uuid, residents_found
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

TYPED: Final = 60
WHOSE: Final = [
    ("own", pgettext_lazy("owner of a room", "The place's own")),
    ("others", pgettext_lazy("owner of a room", "Of others, lent")),
]
USUAL_HOURS: Final = dict.fromkeys(WEEKDAY_FIELDS[:5], "8:30-12:00, 14:30-17:30")
"""What stands in the form of a new room before anybody types."""
COLUMNS: Final = (
    Column("room", pgettext_lazy("column", "Room"), up="name", down="-name", is_fixed=True),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("owner", pgettext_lazy("owner of a room", "Whose it is")),
    Column("seats", _("Seats"), up="seats", down="-seats", is_number=True),
    Column("kit", _("What stands in it")),
    Column("state", _("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
@staff_page
def rooms(request: HttpRequest) -> HttpResponse:
    """The rooms of one's office, open and closed."""
    actor, told = actor_of(request), _told(request)
    rows, sort = queries.rooms_of_office(**told), asked_sort(request, columns=COLUMNS, default="place_key")
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="state", choices=RoomState.choices, everything=_("Every state")
        ),
        "query": told["text"],
        "state": told["state"],
        "whose": told["whose"],
        "owners": WHOSE,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "is_filtered": any(told.values()),
        "may_open": queries.places_to_run(actor=actor).exists(),
    }
    return render(request, "bookings/staff_rooms.html", context)


def _told(request: HttpRequest) -> dict[str, Any]:
    """Return what the address asks for; what cannot be understood filters nothing."""
    state, place = request.GET.get("state", ""), place_asked(request)
    whose = request.GET.get("whose", "")
    return {
        "text": query_of(request),
        "place_id": place.pk if place else None,
        "state": state if state in RoomState.values else "",
        "whose": whose if whose in queries.WHOSE else "",
    }


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; that it was taken out is written down."""
    record(actor=actor_of(request), at=now(), verb="rooms.exported", subject=("rooms", None))
    sort = asked_sort(request, columns=COLUMNS, default="place_key")
    rows = queries.rooms_of_office(**_told(request)).order_by(*key_order(sort))
    header = [
        gettext("Room"), gettext("The same in English"), gettext("Place"),
        pgettext("owner of a room", "Whose it is"), pgettext("owner of a room", "Lent from"),
        pgettext("owner of a room", "Lent until"), gettext("Seats"), gettext("What stands in it"), gettext("State"),
    ]  # fmt: skip
    return table_response(request, name="rooms", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Room]) -> Iterator[list[object]]:
    for row in rows:
        kit = listed([str(word) for word in row.shown_kit]) if row.kit else ""
        yield [
            row.name, row.name_en, row.place.shown_name, row.shown_owner or row.get_owner_kind_display(),
            row.lent_from or "", row.lent_until or "", row.seats, kit, row.get_state_display(),
        ]  # fmt: skip


@require_safe
@staff_page
def room(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One room with who has it when."""
    return shown(request, uuid)


def shown(
    request: HttpRequest, uuid: UUID, *, form: WhyForm | None = None,
    contact: operations.Contact | None = None,
) -> HttpResponse:  # fmt: skip
    """Show a room as it is; a refused form with what was typed, whom to call where that was asked for."""
    actor, at, found = actor_of(request), now(), queries.room_by_uuid(uuid=uuid)
    runs = may_run(actor=actor, place_id=found.place_id, county_id=found.county_id)
    holds = runs and found.state == RoomState.OPEN
    hold_url = reverse("bookings:hold", args=[uuid]) if holds else ""
    context: dict[str, Any] = {
        "room": found,
        "runs": runs,
        "holds": holds,
        **room_facts(found, at=at),
        "contact": contact,
        "turns": [(one, turns_words(one), takers_words(one)) for one in turns_in(room=found)],
        "week": staff_week(request, found, at=at, hold_url=hold_url),
        "close_form": WhyForm(auto_id="close_%s") if holds else None,
        "ahead": queries.coming_of(room=found, at=at).count() if holds else 0,
    }
    keep_typed(context, name="close_form", form=form)
    return render(request, "bookings/staff_room.html", context)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Let a room of a place be booked."""
    actor = actor_of(request)
    posted = request.POST if request.method == "POST" else None
    form = NewRoomForm(posted, places=queries.places_to_run(actor=actor), initial=USUAL_HOURS)
    if posted is not None and form.is_valid():
        try:
            made = operations.open_room(
                actor=actor, at=now(), place=form.cleaned_data["place"], told=form.told()
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="name")
        else:
            messages.success(request, str(_("The room can be booked now.")))
            return go_to(request, reverse("bookings:staff_room", args=[made.uuid]))
    context = {"form": form, "back_url": reverse("bookings:staff_rooms")}
    return render(request, "bookings/room_form.html", context, status=422 if form.errors else 200)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write what is known of a room anew."""
    actor, found = actor_of(request), queries.room_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    posted = request.POST if request.method == "POST" else None
    form = RoomForm(posted, initial=_known(found))
    url = reverse("bookings:staff_room", args=[uuid])
    if posted is not None and form.is_valid():
        try:
            operations.change_room(actor=actor, at=now(), room=found, told=form.told())
        except REFUSALS as refusal:
            put_errors(form, refusal, field="name")
        else:
            messages.success(request, str(_("Kept. What is booked stays booked.")))
            return go_to(request, url)
    context = {"form": form, "room": found, "back_url": url}
    return render(request, "bookings/room_form.html", context, status=422 if form.errors else 200)


def _known(found: Room) -> dict[str, Any]:
    known = {
        name: getattr(found, name)
        for name in ("name", "name_en", "seats", "kit", "about", "is_shut_on_days_off")
    }
    return known | RoomForm.typed_hours(queries.parts_of(room=found))


@require_POST
@staff_page
@once_per_form
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a room be booked no longer, and cancel what is ahead."""
    actor, found = actor_of(request), queries.room_by_uuid(uuid=uuid)

    def write(data: dict[str, Any]) -> object:
        return operations.close_room(actor=actor, at=now(), room=found, words=data["words"])

    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return act_by_form(
        request, form=WhyForm(request.POST), url=reverse("bookings:staff_room", args=[uuid]), write=write,
        done=_("The room is closed; who had booked it is told why."),
        page=lambda refused: shown(request, uuid, form=refused),  # type: ignore[arg-type] # the form above
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a closed room be booked again."""
    actor, found = actor_of(request), queries.room_by_uuid(uuid=uuid)
    return act(
        request, url=reverse("bookings:staff_room", args=[uuid]), done=_("The room can be booked now."),
        write=lambda: operations.reopen_room(actor=actor, at=now(), room=found),
    )  # fmt: skip


@require_safe
@staff_page
def hold_for(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find who stands at the counter or is on the telephone, by telephone or name."""
    found = queries.room_by_uuid(uuid=uuid)
    require_running(actor=actor_of(request), place_id=found.place_id, county_id=found.county_id)
    text = request.GET.get("q", "")[:TYPED]
    people = residents_found(text=text if text.isprintable() else "")
    kept = request.GET.copy()
    kept.pop("q", None)
    context = {"room": found, "text": text, "people": people, "kept": kept}
    return render(request, "bookings/hold_for.html", context)


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def hold(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hold a room straight away: for the place, or for who was found at the counter."""
    actor, at, found = actor_of(request), now(), queries.room_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    person = _person(request)
    posted = request.POST if request.method == "POST" else None
    form = HoldForm(posted, room=found, initial=_tapped(DaySearch(request.GET), at))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.hold_room(
                actor=actor, at=at, room=found, span=form.span(), wanted=form.wanted(), asker=person
            )
        except REFUSALS as refusal:
            put_errors(form, refusal, field="begins")
        else:
            messages.success(request, str(_("The room is booked.")))
            return go_to(request, reverse("bookings:staff_booking", args=[made.uuid]))
    context = {"form": form, "room": found, "person": person}
    return render(request, "bookings/hold.html", context, status=422 if form.errors else 200)


def _tapped(search: DaySearch, at: datetime) -> dict[str, Any]:
    """Return the day and an hour of it from the free time that was tapped."""
    day = search.chosen_day(at)
    begins = search.cleaned_data.get("begins")
    if begins is None:
        return {"day": day}
    return {"day": day, "begins": begins, "ends": (datetime.combine(day, begins) + timedelta(hours=1)).time()}


def _person(request: HttpRequest) -> Person | None:
    """Return who was found at the counter. Raises NotFound where it is nobody in sight."""
    uuid = uuid_of(request, "person")
    return resident_by_uuid(uuid=uuid) if uuid else None
