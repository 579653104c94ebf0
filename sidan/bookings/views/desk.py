"""The bookings of an office: what waits for an answer and what is coming, one booking, and what is done with it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.audit.operations import record
from sidan.bookings import operations, queries
from sidan.bookings.enums import Purpose
from sidan.bookings.forms import NoteForm, WhyForm
from sidan.bookings.models import Booking
from sidan.bookings.permissions import may_read_words, may_run, require_running
from sidan.bookings.states import BOOKING
from sidan.bookings.views.shared import staff_page, told_steps
from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import (
    Column,
    asked_sort,
    desk_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
)
from sidan.core.pages import View, act_by_form, keep_typed
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": _("To be answered"),
    "coming": pgettext_lazy("bookings", "Coming"),
    "over": pgettext_lazy("bookings", "Over"),
    "ended": _("Refused or cancelled"),
}
COLUMNS: Final = (
    Column("room", pgettext_lazy("column", "Room"), up="room_key", down="-room_key", is_fixed=True),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("when", pgettext_lazy("column", "When"), up="begins_key", down="-begins_key"),
    Column("who", pgettext_lazy("booking", "For whom")),
    Column("people", _("People"), up="people", down="-people", is_number=True),
    Column("purpose", _("Purpose"), up="purpose", down="-purpose"),
    Column("state", _("State"), up="state", down="-state"),
    Column("asked", _("Asked on"), up="id", down="-id"),
)
FIRST: Final = {"over": "-begins_key", "ended": "-begins_key"}
"""What is ahead begins with the next, what is past with the last."""


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """The bookings of one's office."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(actor=actor, chosen=chosen), _sort(request, chosen)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(
            request, words=CHIP_WORDS, counts=queries.desk_counts(actor=actor, chosen=chosen)
        ),
        "query": chosen.text,
        "chosen": chosen,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "purposes": Purpose.choices,
        "is_filtered": replace(chosen, chip="") != queries.BookingFilter(at=chosen.at),
    }
    return render(request, "bookings/desk.html", context)


def _chosen(request: HttpRequest) -> queries.BookingFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, purpose = request.GET.get("chip", ""), request.GET.get("purpose", "")
    place = place_asked(request)
    return queries.BookingFilter(
        at=now(),
        chip=chip if chip in CHIP_WORDS else "",
        purpose=purpose if purpose in Purpose.values else "",
        place_id=place.pk if place else None,
        text=query_of(request),
    )


def _sort(request: HttpRequest, chosen: queries.BookingFilter) -> str:
    return asked_sort(request, columns=COLUMNS, default=FIRST.get(chosen.chip, "begins_key"))


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table: no names, words or telephones of anybody; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(actor=actor_of(request), chosen=chosen).order_by(*key_order(_sort(request, chosen)))
    record(
        actor=actor_of(request), at=now(), verb="bookings.exported", subject=("bookings", None), chip=chosen.chip,
        filter_place=chosen.place_id,
    )  # fmt: skip
    header = [
        gettext("Room"), gettext("Place"), gettext("From"), gettext("To"), gettext("People"), gettext("Purpose"),
        gettext("Organisation"), gettext("State"), gettext("Asked on"),
    ]  # fmt: skip
    return table_response(request, name="bookings", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Booking]) -> Iterator[list[object]]:
    for row in rows:
        begins, ends = row.span
        yield [
            row.room.shown_name, row.room.place.shown_name, moment_cell(begins), moment_cell(ends), row.people,
            row.get_purpose_display(), row.organisation_name if row.is_known else "",
            row.get_state_display(), business_date(row.created_at),
        ]  # fmt: skip


@require_safe
@staff_page
def booking(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One booking, with what can be done now."""
    return shown(request, queries.booking_by_uuid(uuid=uuid))


def shown(
    request: HttpRequest, found: Booking, *, name: str = "", form: forms.Form | None = None, phone: str | None = None
) -> HttpResponse:  # fmt: skip
    """Show a booking as it is; a refused form stands under its `name`, a telephone that was asked for beside who."""
    actor, at = actor_of(request), now()
    runs = may_run(actor=actor, place_id=found.place_id, county_id=found.county_id)
    verbs = _verbs(found, at) if runs else set()
    context: dict[str, Any] = {
        "booking": found,
        "runs": runs,
        "knows": may_read_words(actor=actor, booking=found),
        "text": queries.text_of(actor=actor, booking=found),
        "phone": phone,
        "clashes": queries.clashing(actor=actor, booking=found) if verbs else [],
        "steps": told_steps(queries.history(booking=found)),
        "at": at,
    }
    if "grant" in verbs:
        context["grant_form"] = NoteForm(auto_id="grant_%s")
    if "refuse" in verbs:
        context["refuse_form"] = WhyForm(auto_id="refuse_%s")
    if "cancel" in verbs and found.state == "held":
        context["cancel_form"] = WhyForm(auto_id="cancel_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "bookings/staff_booking.html", context)


def _verbs(found: Booking, at: datetime) -> set[str]:
    """Return what fits the state and the hour: what is over can be refused still, and nothing else."""
    fitting = {verb for verb, step in BOOKING.items() if found.state in step.sources}
    return fitting if found.span.ends > at else fitting & {"refuse"}


@require_POST
@staff_page
def look(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the telephone; that one looked is written down."""
    found = queries.booking_by_uuid(uuid=uuid)
    phone = operations.look_at_contact(actor=actor_of(request), at=now(), booking=found)
    return shown(request, found, phone=phone)


def _act(
    form: Callable[..., forms.Form], write: Callable[..., object], *, name: str, done: str | Promise
) -> View:
    """Return the view of one act with words; a refused form is shown under its `name` with what was typed."""

    @require_POST
    @staff_page
    @once_per_form
    def view(request: HttpRequest, uuid: UUID) -> HttpResponse:
        actor, found = actor_of(request), queries.booking_by_uuid(uuid=uuid)
        require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
        return act_by_form(
            request, form=form(request.POST), done=done, url=reverse("bookings:staff_booking", args=[uuid]),
            write=lambda typed: write(actor=actor, at=now(), booking=found, **typed),
            page=lambda refused: shown(request, queries.booking_by_uuid(uuid=uuid), name=name, form=refused),
        )  # fmt: skip

    return view


grant = _act(
    NoteForm, operations.grant_booking, name="grant_form", done=_("The room is theirs; they are told.")
)
refuse = _act(WhyForm, operations.refuse_booking, name="refuse_form", done=_("Refused; they read why."))
cancel = _act(WhyForm, operations.cancel_booking, name="cancel_form", done=_("Cancelled; they read why."))
