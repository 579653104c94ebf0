"""What stands somewhere for a while, in the console: the list, a new one, one with its code, changing, calling off."""

from pathlib import Path
from typing import Any, Final
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.errors import DomainError, Invalid, NotFound
from sidan.core.htmx import go_to
from sidan.core.idempotency import once_per_form
from sidan.core.lists import (
    Column,
    asked_sort,
    filter_chips,
    keeps_views,
    list_view,
    page_of,
    query_of,
)
from sidan.core.moments import dated_span_words
from sidan.core.pages import AND_WRITES, REFUSALS, act_by_form, keep_typed, put_errors
from sidan.core.pagination import key_order
from sidan.core.pdf import pdf_answer, pdf_of, qr_of
from sidan.core.tables import moment_cell, table_response
from sidan.places import operations, queries
from sidan.places.enums import PopUpState
from sidan.places.models import PopUp
from sidan.places.nearby import place_asked
from sidan.places.permissions import EDITING_ROLES, check_may_announce, check_may_edit, may_edit, own_roots
from sidan.places.pop_up_forms import CallOffForm, ChangePopUpForm, NewPopUpForm, points_known
from sidan.places.views.portal import map_text, pop_up_or_404, stops_text
from sidan.places.views.shared import posted, worker_of

SHEET: Final = Path(__file__).parent.parent / "templates" / "places" / "pop_up.typ"
SOONEST: Final = "begins_key"
COLUMNS: Final = (
    Column("name", pgettext_lazy("pop-up", "Name"), up="name", down="-name", is_fixed=True),
    Column("kind", _("Kind"), up="kind", down="-kind"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("when", pgettext_lazy("column", "When"), up=SOONEST, down="-begins_key"),
    Column("spot", pgettext_lazy("pop-up", "Where it stands")),
)
CHIPS: Final[list[tuple[str, Any]]] = [
    ("over", pgettext_lazy("pop-ups", "Over")),
    ("called_off", PopUpState.CALLED_OFF.label),
]


@require_safe
@keeps_views
def pop_ups(request: HttpRequest) -> HttpResponse:
    """What one's places have announced: what is coming, over, or called off."""
    actor = worker_of(request)
    chosen = _chosen(request)
    rows = queries.pop_ups_of_office(root_ids=own_roots(actor), at=now(), **chosen)
    sort = asked_sort(request, columns=COLUMNS, default=SOONEST)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="chip", choices=CHIPS, everything=pgettext("pop-ups", "Coming")
        ),
        "query": chosen["text"],
        "chip": chosen["chip"],
        "place": request.GET.get("place", ""),
        "places": queries.places_to_filter(root_ids=own_roots(actor)),
        "may_announce": bool(actor.places_where(EDITING_ROLES)),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "places/staff_pop_ups.html", context)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, place = request.GET.get("chip", ""), place_asked(request)
    return {
        "chip": chip if chip in dict(CHIPS) else "",
        "text": query_of(request),
        "place_id": place.pk if place else None,
    }


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; that it was taken out is written down."""
    actor, at = worker_of(request), now()
    record(actor=actor, at=at, verb="pop_ups.exported", subject=("pop_ups", None))
    sort = asked_sort(request, columns=COLUMNS, default=SOONEST)
    rows = queries.pop_ups_of_office(root_ids=own_roots(actor), at=at, **_chosen(request))
    header = [
        pgettext("pop-up", "Name"), gettext("Name in English"), gettext("Kind"), gettext("Place"),
        pgettext("pop-up", "From"), pgettext("pop-up", "To"), pgettext("pop-up", "Where it stands"),
        gettext("System of coordinates"), gettext("Longitude"), gettext("Latitude"), gettext("State"),
    ]  # fmt: skip
    ordered = rows.order_by(*key_order(sort)).iterator(chunk_size=500)
    return table_response(request, name="pop-ups", header=header, rows=map(_cells, ordered))


def _cells(row: PopUp) -> list[object]:
    point = (row.coordinate_system, row.longitude, row.latitude) if row.coordinate_system else ("", "", "")
    return [
        row.name, row.name_en, row.get_kind_display(), row.place.shown_name, moment_cell(row.begins),
        moment_cell(row.ends), row.spot, *point, row.get_state_display(),
    ]  # fmt: skip


@require_http_methods(AND_WRITES)
@once_per_form
def new(request: HttpRequest) -> HttpResponse:
    """Announce what stands somewhere for a while."""
    actor = worker_of(request)
    check_may_announce(actor=actor)
    form = NewPopUpForm(posted(request), places=queries.places_at_work(root_ids=own_roots(actor)))
    if request.method == "POST" and form.is_valid():
        place, told = form.cleaned_data["place"], form.told(known={})
        try:
            made = operations.announce_pop_up(actor=actor, at=now(), place=place, told=told)
        except REFUSALS as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, gettext("Announced. Hang the code up where it stands."))
            return go_to(request, _url(made))
    context = {"form": form, "back_url": reverse("places:staff_pop_ups")}
    return render(request, "places/pop_up_form.html", context, status=422 if form.errors else 200)


def _refuse(form: forms.Form, refusal: DomainError) -> None:
    """Show what is wrong with the times at the last of them, and what happened meanwhile at the top."""
    put_errors(form, refusal, field="ends" if isinstance(refusal, Invalid) else "")


@require_safe
def pop_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One of them, with the code that leads to its public page."""
    return _shown(request, uuid)


def _shown(request: HttpRequest, uuid: UUID, *, form: CallOffForm | None = None) -> HttpResponse:
    actor, at, found = worker_of(request), now(), pop_up_or_404(uuid)
    stands = found.state == PopUpState.PLANNED and found.ends > at
    changes = stands and may_edit(actor=actor, place=found.place)
    link = _link(request, found)
    context: dict[str, Any] = {
        "pop_up": found,
        "map": map_text(found),
        "stops": stops_text(found),
        "is_over": found.ends <= at,
        "changes": changes,
        "form": CallOffForm(initial={"turn": found.turn}) if changes else None,
        "link": link,
        # drawn by our own code from our own address
        "qr": mark_safe(segno.make(link, error="m").svg_inline(scale=4, border=2, dark="#000", light="#fff")),
    }
    keep_typed(context, name="form", form=form)
    return render(request, "places/staff_pop_up.html", context)


@require_http_methods(AND_WRITES)
@once_per_form
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write anew what is told of it."""
    actor, found = worker_of(request), pop_up_or_404(uuid)
    check_may_edit(actor=actor, place=found.place)
    form = ChangePopUpForm(posted(request), initial=ChangePopUpForm.known(found))
    if request.method == "POST" and form.is_valid():
        told, turn = form.told(known=points_known(found)), form.cleaned_data["turn"]
        try:
            operations.change_pop_up(actor=actor, at=now(), pop_up=found, turn=turn, told=told)
        except REFUSALS as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, gettext("The changes are kept."))
            return go_to(request, _url(found))
    context = {"form": form, "pop_up": found, "back_url": _url(found)}
    return render(request, "places/pop_up_form.html", context, status=422 if form.errors else 200)


@require_POST
@once_per_form
def call_off(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Call it off, with the reason that everybody reads."""
    actor, found = worker_of(request), pop_up_or_404(uuid)
    check_may_edit(actor=actor, place=found.place)
    return act_by_form(
        request, form=CallOffForm(request.POST), url=_url(found), done=_("Called off. Its page says so, and why."),
        write=lambda data: operations.call_off_pop_up(actor=actor, at=now(), pop_up=found, **data),
        page=lambda refused: _shown(request, uuid, form=refused),  # type: ignore[arg-type] # the form above
    )  # fmt: skip


@require_safe
def paper(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A sheet to hang up where it stands: what it is, from when to when, and the code of its page."""
    worker_of(request)
    found = pop_up_or_404(uuid)
    if found.state == PopUpState.CALLED_OFF:
        raise NotFound()
    facts = {
        "name": found.shown_name, "kind": found.get_kind_display(), "place": found.place.shown_name,
        "when": dated_span_words(found.begins, found.ends), "spot": found.shown_spot,
        "about": found.shown_about,
        "hint": gettext("Scan: when it comes, where it stops, and whether anything has changed."),
        "stops": stops_text(found),
        "qr": qr_of(_link(request, found)),
    }  # fmt: skip
    return pdf_answer(content=pdf_of(sheet=SHEET, facts=facts), name="pop-up.pdf")


def _link(request: HttpRequest, found: PopUp) -> str:
    return request.build_absolute_uri(reverse("places:pop_up", args=[found.uuid]))


def _url(found: PopUp) -> str:
    return reverse("places:staff_pop_up", args=[found.uuid])
