"""Shifts of an office that lack people, the next first."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.lists import Column, asked_sort, keeps_views, list_view, page_of
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.queries import places_to_filter
from sidan.rotas import queries
from sidan.rotas.enums import RotaKind
from sidan.rotas.views.rotas import filter_of
from sidan.rotas.views.shared import staff_page

COLUMNS: Final = (
    Column("when", pgettext_lazy("column", "When"), up="begins_key", down="-begins_key", is_fixed=True),
    Column("rota", pgettext_lazy("column", "Rota"), up="rota_key", down="-rota_key"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("lacking", _("People lacking"), up="lacking", down="-lacking", is_number=True),
    Column("announced", _("Announced")),
)


@require_safe
@keeps_views
@staff_page
def gaps(request: HttpRequest) -> HttpResponse:
    """Which shifts lack people."""
    chosen = filter_of(request)
    rows, sort = queries.gaps_of_office(chosen=chosen, at=now()), _sort(request)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "query": chosen.text,
        "chosen": chosen,
        "kinds": RotaKind.choices,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor_of(request).places_where(frozenset(ORDER_STAFF_ROLES))),
        "is_filtered": chosen != queries.RotaFilter(),
    }
    return render(request, "rotas/gaps.html", context)


def _sort(request: HttpRequest) -> str:
    return asked_sort(request, columns=COLUMNS, default="begins_key")


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without names; that it was taken out is written down."""
    record(actor=actor_of(request), at=now(), verb="gaps.exported", subject=("gaps", None))
    rows = queries.gaps_of_office(chosen=filter_of(request), at=now()).order_by(*key_order(_sort(request)))
    header = [
        gettext("Rota"),
        gettext("Place"),
        pgettext("of a shift", "From"),
        pgettext("of a shift", "To"),
        gettext("People lacking"),
    ]
    return table_response(request, name="gaps", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Any]) -> Iterator[list[object]]:
    for row in rows:
        begins, ends = row.span
        yield [row.rota.name, row.rota.place.shown_name, moment_cell(begins), moment_cell(ends), row.lacking]
