"""The fairs of an office: the list with what their stalls come to."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.activities.enums import ActivityKind
from sidan.activities.queries import ActivityFilter
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.lists import Column, asked_sort, desk_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.fairs import queries
from sidan.fairs.views.shared import staff_page
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.nearby import place_asked
from sidan.places.queries import places_to_filter

CHIP_WORDS: Final[dict[str, str | Promise]] = {
    "": pgettext_lazy("fairs", "In hand"),
    "coming": pgettext_lazy("fairs", "Coming"),
    "running": pgettext_lazy("fairs", "Going on now"),
    "ended": pgettext_lazy("fairs", "To be filed"),
    "filed": pgettext_lazy("fairs", "Filed"),
}
LATEST_FIRST: Final = frozenset({"ended", "filed"})
COLUMNS: Final = (
    Column("title", pgettext_lazy("column", "Fair"), up="title", down="-title", is_fixed=True),
    Column("when", pgettext_lazy("column", "When"), up="begins_key", down="-begins_key"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("stalls", pgettext_lazy("column of fairs", "Stalls"), up="stalls", down="-stalls", is_number=True),
    Column("gaps", pgettext_lazy("column of fairs", "Free"), up="gaps", down="-gaps", is_number=True),
    Column("asks", pgettext_lazy("column of fairs", "Asked for"), up="asks", down="-asks", is_number=True),
    Column("served", pgettext_lazy("column of fairs", "Served"), up="served", down="-served", is_number=True),
    Column("state", _("State"), up="state", down="-state"),
)


@require_safe
@keeps_views
@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    """The fairs of one's office."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.desk(chosen=chosen), _sort(request, chosen)
    context = {
        "page": page_of(request, rows=rows, sort=sort),
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "filters": desk_chips(request, words=CHIP_WORDS, counts={}, urgent=""),
        "query": chosen.text,
        "chosen": chosen,
        "place": request.GET.get("place", ""),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "is_filtered": replace(chosen, chip="") != ActivityFilter(kind=ActivityKind.FAIR),
        "keeps_kinds": bool(queries.counties_to_keep(actor=actor)),
    }
    return render(request, "fairs/desk.html", context)


def _chosen(request: HttpRequest) -> ActivityFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    chip, place = request.GET.get("chip", ""), place_asked(request)
    return ActivityFilter(
        chip=chip if chip in CHIP_WORDS else "", kind=ActivityKind.FAIR, place_id=place.pk if place else None,
        text=query_of(request),
    )  # fmt: skip


def _sort(request: HttpRequest, chosen: ActivityFilter) -> str:
    default = "-begins_key" if chosen.chip in LATEST_FIRST else "begins_key"
    return asked_sort(request, columns=COLUMNS, default=default)


@require_safe
@staff_page
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table; taking it is written down."""
    chosen = _chosen(request)
    rows = queries.desk(chosen=chosen).order_by(*key_order(_sort(request, chosen)))
    record(
        actor=actor_of(request), at=now(), verb="fairs.exported", subject=("fairs", None), chip=chosen.chip,
        filter_place=chosen.place_id,
    )  # fmt: skip
    header = [
        pgettext("column", "Fair"), pgettext("column", "When"), gettext("Place"), pgettext("column of fairs", "Stalls"),
        pgettext("column of fairs", "Free"), pgettext("column of fairs", "Asked for"),
        pgettext("column of fairs", "Served"), gettext("State"),
    ]  # fmt: skip
    return table_response(request, name="fairs", header=header, rows=_table(rows.iterator(chunk_size=500)))


def _table(rows: Iterator[Any]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.title, moment_cell(row.span.begins), row.place.shown_name, row.stalls, row.gaps, row.asks, row.served,
            row.get_state_display(),
        ]  # fmt: skip
