"""Organisations that take turns in a room: the list, a new rule looked at before it is kept, one with its next days."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.bookings import operations, queries
from sidan.bookings.enums import TurnsState
from sidan.bookings.models import RoomTurns, TurnTaker
from sidan.bookings.permissions import may_run, require_running
from sidan.bookings.policies import next_turn_day, turn_days, whose_turn
from sidan.bookings.queries import turns as asked
from sidan.bookings.saying import takers_words, turns_words
from sidan.bookings.turn_forms import EndTurnsForm, GiveTurnForm, TurnDayForm, TurnsForm
from sidan.bookings.views.shared import staff_page
from sidan.core.clock import now
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pages import AND_WRITES, REFUSALS, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

COLUMNS: Final = (
    Column("room", _("Room"), up="room_key", down="-room_key", is_fixed=True),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("when", _("When they come")),
    Column("takers", pgettext_lazy("in a room", "Who takes turns")),
    Column("state", _("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
@staff_page
def turns(request: HttpRequest) -> HttpResponse:
    """The rules of one's office."""
    actor, told = actor_of(request), _told(request)
    rows, sort = asked.turns_of_office(**told), asked_sort(request, columns=COLUMNS, default="room_key")
    context = {
        "page": page_of(request, rows=rows, sort=sort).map(lambda one: (one, turns_words(one), takers_words(one))),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="state", choices=TurnsState.choices, everything=_("Every state")
        ),
        "query": told["text"],
        "state": told["state"],
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "is_filtered": any(told.values()),
    }  # fmt: skip
    return render(request, "bookings/staff_turns.html", context)


def _told(request: HttpRequest) -> dict[str, Any]:
    """Return what the address asks for; what cannot be understood filters nothing."""
    state, place = request.GET.get("state", ""), place_asked(request)
    return {
        "text": query_of(request),
        "place_id": place.pk if place else None,
        "state": state if state in TurnsState.values else "",
    }


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; that it was taken out is written down."""
    record(actor=actor_of(request), at=now(), verb="turns.exported", subject=("turns", None))
    sort = asked_sort(request, columns=COLUMNS, default="room_key")
    rows = asked.turns_of_office(**_told(request)).order_by(*key_order(sort))
    header = [
        gettext("Room"), gettext("Place"), gettext("When they come"), pgettext("in a room", "Who takes turns"),
        gettext("First day"), gettext("Last day"), gettext("State"),
    ]  # fmt: skip
    return table_response(request, name="turns", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[RoomTurns]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.room.shown_name, row.place.shown_name, turns_words(row), takers_words(row), row.first, row.last or "",
            row.get_state_display(),
        ]  # fmt: skip


@require_http_methods(AND_WRITES)
@staff_page
@once_per_form
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new rule of a room: its next days are shown with whose turn each is before it is kept."""
    actor, at, found = actor_of(request), now(), queries.room_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    posted = request.POST if request.method == "POST" else None
    form = TurnsForm(posted, room=found, initial={"kind": "other"})
    shown: list[tuple[date, str]] = []
    if posted is not None and form.is_valid():
        told = form.told()
        try:
            operations.check_turns(room=found, told=told, at=at)
            if "look" not in posted:
                made = operations.begin_turns(actor=actor, at=at, room=found, told=told)
                messages.success(request, str(_("The turns are kept; the room is booked ahead.")))
                return go_to(request, reverse("bookings:one_turns", args=[made.uuid]))
            shown = _days(told)
        except REFUSALS as refusal:
            put_errors(form, refusal, field="begins_at")
    context = {"form": form, "room": found, "shown": shown}
    return render(request, "bookings/turns_form.html", context, status=422 if form.errors else 200)


def _days(told: operations.NewTurns) -> list[tuple[date, str]]:
    first = next_turn_day(told.first, told.weekday)
    days = turn_days(first=first, last=told.last, since=first, until=first + asked.A_YEAR)[: asked.SHOWN]
    names = [taker.name for taker in told.takers]
    return [(day, names[whose_turn(first=first, day=day, takers=len(names))]) for day in days]


@require_safe
@staff_page
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One rule with its next twelve days."""
    return _shown(request, asked.turns_by_uuid(uuid=uuid))


def _shown(
    request: HttpRequest, found: RoomTurns, *, form: forms.Form | None = None, name: str = ""
) -> HttpResponse:
    actor, at = actor_of(request), now()
    runs = may_run(actor=actor, place_id=found.place_id, county_id=found.county_id)
    goes_on = found.state == TurnsState.ACTIVE
    takers = list(found.takers.all())
    coming = asked.coming_turns(turns=found, at=at) if goes_on else []
    context: dict[str, Any] = {
        "turns": found,
        "words": turns_words(found),
        "takers": takers,
        "coming": [(each, *_forms(each.day, takers, form, name)) for each in coming]
        if runs
        else [(each, None, None, False) for each in coming],
        "end_form": EndTurnsForm(auto_id="end_%s") if runs and goes_on else None,
    }
    keep_typed(context, name=name, form=form)
    return render(request, "bookings/one_turns.html", context)


def _forms(
    day: date, takers: list[TurnTaker], typed: forms.Form | None, name: str
) -> tuple[forms.Form, forms.Form, bool]:
    """Return the two forms of a day, what was typed into one that was refused, and whether it was this day's."""
    out: forms.Form = TurnDayForm(initial={"day": day}, auto_id=f"out_{day}_%s")
    given: forms.Form = GiveTurnForm(initial={"day": day}, takers=takers, auto_id=f"give_{day}_%s")
    if typed is None or "day" not in typed.fields or str(typed["day"].value()) != day.isoformat():
        return out, given, False
    typed.auto_id = f"{name}_{day}_%s"
    return (typed, given, True) if name == "out" else (out, typed, True)


@require_POST
@staff_page
@once_per_form
def leave_out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave a day out; what is booked for it is cancelled."""
    found = _to_run(request, uuid)
    return act_by_form(
        request, form=TurnDayForm(request.POST), url=_url(found), done=_("Left out: the room is free on that day."),
        write=lambda typed: operations.leave_out_turn(
            actor=actor_of(request), at=now(), turns=found, **typed
        ),
        page=lambda refused: _shown(request, found, form=refused, name="out"),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def give(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a day to another of them."""
    found = _to_run(request, uuid)
    return act_by_form(
        request, form=GiveTurnForm(request.POST, takers=found.takers.all()), url=_url(found),
        done=_("The day is theirs; all others stay as they are."),
        write=lambda typed: operations.give_turn(actor=actor_of(request), at=now(), turns=found, **typed),
        page=lambda refused: _shown(request, found, form=refused, name="give"),
    )  # fmt: skip


@require_POST
@staff_page
@once_per_form
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let nobody take turns any more."""
    found = _to_run(request, uuid)
    return act_by_form(
        request, form=EndTurnsForm(request.POST), url=_url(found), done=_("Ended; what was booked ahead is cancelled."),
        write=lambda typed: operations.end_turns(actor=actor_of(request), at=now(), turns=found, **typed),
        page=lambda refused: _shown(request, found, form=refused, name="end_form"),
    )  # fmt: skip


def _to_run(request: HttpRequest, uuid: UUID) -> RoomTurns:
    found = asked.turns_by_uuid(uuid=uuid)
    require_running(actor=actor_of(request), place_id=found.place_id, county_id=found.county_id)
    return found


def _url(found: RoomTurns) -> str:
    return reverse("bookings:one_turns", args=[found.uuid])
