"""The records of one's places: search, filter, add up, take along; one record, and correcting it."""

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sidan.attendance.enums import Way
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
from sidan.core.pages import keep_typed, staff_page
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.hours import operations, queries
from sidan.hours.forms import CorrectForm, TakeBackForm
from sidan.hours.permissions import READING_ROLES, may_correct, require_office
from sidan.hours.views.shared import Acts, table_of
from sidan.hours.words import record_steps
from sidan.people.models import Team
from sidan.people.queries import team_by_uuid
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

KINDS: Final = (("counter", _("What was taken back")), ("late", _("Came late or of a long day")))
COLUMNS: Final = (
    Column("name", _("Name"), up="name_key", down="-name_key", is_fixed=True),
    Column("what", pgettext_lazy("hours", "What")),
    Column("day", _("Day"), up="day", down="-day"),
    Column("time", _("Time served"), up="minutes", down="-minutes", is_number=True),
    Column("place", _("Place")),
    Column("team", _("Team")),
    Column("way", _("How it is known")),
    Column("state", _("State")),
)


@require_safe
@keeps_views
@staff_page(require_office, public=False)
def desk(request: HttpRequest) -> HttpResponse:
    """The records of the places one works for, the newest day first."""
    team, chosen = _team(request), _chosen(request)
    rows, sort = queries.entries_of_office(wanted=chosen), _sort(request)
    listed = list_view(request, columns=COLUMNS, sort=sort, rows=rows)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": listed,
        "minutes": queries.minutes_in(rows=rows) if listed.total is not None else None,
        "filters": filter_chips(request, name="kind", choices=list(KINDS), everything=_("All records")),
        "query": chosen.query,
        "chosen": chosen,
        "team": team,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor_of(request).places_where(READING_ROLES)),
        "ways": Way.choices,
        "is_filtered": replace(chosen, kind="") != queries.EntryFilter(),
    }
    return render(request, "hours/desk.html", context)


def _team(request: HttpRequest) -> Team | None:
    uuid = uuid_of(request, "team")
    return team_by_uuid(uuid=uuid) if uuid else None


def _chosen(request: HttpRequest) -> queries.EntryFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    place, team = place_asked(request), _team(request)
    way, kind = request.GET.get("way"), request.GET.get("kind")
    return queries.EntryFilter(
        query=query_of(request), place_id=place.pk if place else None, team_id=team.pk if team else None,
        first=_day(request, "from"), last=_day(request, "to"), way=way if way in Way.values else "",
        kind=kind if kind in dict(KINDS) else "",
    )  # fmt: skip


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="-day")


@require_safe
@staff_page(require_office, public=False)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.entries_of_office(wanted=chosen).order_by(*key_order(_sort(request)))
    return table_of(
        request, rows=rows.iterator(chunk_size=500), filter_place=chosen.place_id, filter_team=chosen.team_id
    )


@require_safe
@staff_page(require_office, public=False)
def record(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One record with its history and what can be done about it."""
    return _shown(request, uuid)


def _shown(
    request: HttpRequest, uuid: UUID, *, name: str = "", form: forms.Form | None = None
) -> HttpResponse:
    found = queries.entry_by_uuid(uuid=uuid)
    history = queries.history_of_entry(entry=found)
    stands = found.standing_code not in {"counter", "taken_back"}
    context: dict[str, Any] = {"entry": found, "steps": record_steps(history)}
    # What the page is about may have been corrected: the record that counts now is one step away.
    context["counts"] = next(
        (each for each in history if each != found and each.standing_code not in {"counter", "taken_back"}),
        None,
    )
    if stands and may_correct(actor=actor_of(request), entry=found):
        context["correct_form"] = CorrectForm(entry=found, auto_id="correct_%s")
        context["back_form"] = TakeBackForm(auto_id="back_%s")
    keep_typed(context, name=name, form=form)
    return render(request, "hours/staff_record.html", context)


_act = Acts(
    thing="entry", find=queries.entry_by_uuid, page=_shown,
    back=lambda uuid: reverse("hours:staff_record", args=[uuid]),
).act  # fmt: skip
take_back = _act(
    TakeBackForm, operations.take_back, name="back_form",
    done=_("The record is taken back. Whose hours they are was told why."),
)  # fmt: skip
correct = _act(
    CorrectForm, operations.correct_times, name="correct_form", offered=lambda found: {"entry": found},
    done=_("The times are corrected. Whose hours they are was told why."),
)  # fmt: skip
