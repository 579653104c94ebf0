"""What was given at one's places: search, filter, take along; one, and taking it back."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.audit.operations import record
from sidan.core.clock import business_date, now
from sidan.core.idempotency import once_per_form
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pages import act_by_form
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.honours import operations, queries
from sidan.honours.enums import HonourKind
from sidan.honours.forms import TakeBackForm
from sidan.honours.models import Award
from sidan.honours.permissions import ISSUING_ROLES, may_give
from sidan.honours.views.ladders import staff
from sidan.honours.words import AWARD_LOOKS
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

COLUMNS: Final = (
    Column("name", _("Name"), is_fixed=True),
    Column("honour", pgettext_lazy("column of honours", "What"), up="stars", down="-stars"),
    Column("place", _("Place")),
    Column("given", pgettext_lazy("column of honours", "Given on"), up="id", down="-id"),
    Column("state", _("State")),
)


@require_safe
@keeps_views
@staff
def awards(request: HttpRequest) -> HttpResponse:
    """The stars and titles of the places one works for, the newest first."""
    chosen, sort = award_filter(request), asked_sort(request, columns=COLUMNS, default="-id")
    rows = queries.awards_of_office(wanted=chosen)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": filter_chips(
            request, name="state", choices=[(code, look.word) for code, look in AWARD_LOOKS.items()],
            everything=pgettext_lazy("honours", "All"),
        ),
        "query": chosen.query,
        "chosen": chosen,
        "kinds": HonourKind.choices,
        "years": years_shown(),
        "year": str(chosen.year or ""),
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor_of(request).places_where(ISSUING_ROLES)),
        "is_filtered": chosen != queries.AwardFilter(state=chosen.state),
    }  # fmt: skip
    return render(request, "honours/awards.html", context)


def award_filter(request: HttpRequest) -> queries.AwardFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    place, kind, state, year = (
        place_asked(request),
        *(request.GET.get(name, "") for name in ("kind", "state", "year")),
    )
    return queries.AwardFilter(
        query=query_of(request), kind=kind if kind in HonourKind.values else "",
        year=int(year) if year in dict(years_shown()) else None, place_id=place.pk if place else None,
        state=state if state in AWARD_LOOKS else "",
    )  # fmt: skip


def years_shown() -> list[tuple[str, str]]:
    """Return this year and the nine before it."""
    this = business_date(now()).year
    return [(str(year), str(year)) for year in range(this, this - 10, -1)]


@require_safe
@staff
def export(request: HttpRequest) -> HttpResponseBase:
    """The register as a table; taking it is written down."""
    chosen = award_filter(request)
    rows = queries.awards_of_office(wanted=chosen).order_by(*key_order("-id"))
    record(
        actor=actor_of(request), at=now(), verb="honours.exported", subject=("awards", None),
        filter_place=chosen.place_id, state=chosen.state,
    )  # fmt: skip
    header = [
        gettext("Name"), pgettext("column of honours", "What"), gettext("Place"),
        pgettext("column of honours", "Given on"), gettext("State"),
    ]  # fmt: skip
    return table_response(request, name="awards", header=header, rows=_cells(rows.iterator(chunk_size=500)))


def _cells(rows: Iterator[Award]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.full_name, row.shown_honour, row.place.shown_name, business_date(row.at),
            AWARD_LOOKS[row.standing_code].word,
        ]  # fmt: skip


@require_safe
@staff
def award(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One star or title, and what became of it."""
    return _award(request, uuid)


def _award(request: HttpRequest, uuid: UUID, form: forms.Form | None = None) -> HttpResponse:
    found = queries.award_by_uuid(uuid=uuid)
    may = may_give(actor=actor_of(request), county_id=found.county_id) and found.standing_code == "stands"
    return render(
        request, "honours/award.html", {"award": found, "form": (form or TakeBackForm()) if may else None}
    )


@require_POST
@staff
@once_per_form
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back what was given."""
    found = queries.award_by_uuid(uuid=uuid)

    def write(typed: dict[str, Any]) -> object:
        return operations.take_award_back(actor=actor_of(request), at=now(), award=found, **typed)

    return act_by_form(
        request, form=TakeBackForm(request.POST), url=reverse("honours:award", args=[uuid]), write=write,
        done=_("Taken back. Whose it was is told."), page=lambda refused: _award(request, uuid, refused),
    )  # fmt: skip
