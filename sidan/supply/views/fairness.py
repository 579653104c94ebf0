"""Who is served and who is not: the page, its table, and what a dispatcher is told beside an order."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.core.clock import business_date, now
from sidan.core.htmx import page_or_piece
from sidan.core.pages import staff_page
from sidan.core.tables import table_response
from sidan.orders.permissions import require_figures, require_order_staff
from sidan.orders.queries import order_by_uuid
from sidan.supply import queries, told
from sidan.supply.forms import FairnessSearch
from sidan.supply.queries import PlaceServed
from sidan.supply.views.shared import Tab, around, leave_trail, root_of

SHOWS = (("forgotten", _("Nobody came")), ("often", _("Served again and again")), ("all", _("All places")))
PAGE_ROWS = 50


@require_safe
@staff_page(require_figures)
def fairness(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """Places, kinds of service and groups that nobody serves, and places that are served again and again."""
    root, today = root_of(request, uuid), business_date(now())
    search = FairnessSearch(request.GET)
    days = search.look_back()
    places = queries.places_served(root=root, today=today, days=days)
    show = _shown(search.told().get("show", ""))
    rows = [row for row in places if _fits(row, show)]
    begin = _begin(request.GET.get("cursor", ""))
    settings, whom = queries.groups_served(root=root, today=today, days=days, places=places)
    context = around(request, root=root, page="fairness") | {
        "search": search,
        "days": days,
        "show": show,
        "rows": rows[begin : begin + PAGE_ROWS],
        "next_cursor": str(begin + PAGE_ROWS) if len(rows) > begin + PAGE_ROWS else None,
        "chips": [_chip(root.uuid, days, key, label, places, show) for key, label in SHOWS],
        "kinds": queries.kinds_served(root=root, today=today, days=days),
        "settings": settings,
        "whom": whom,
    }
    return render(request, "supply/fairness.html", context)


def _shown(text: str) -> str:
    return text if text in {key for key, _label in SHOWS} else "forgotten"


def _fits(row: PlaceServed, show: str) -> bool:
    return show == "all" or (row.is_often if show == "often" else row.is_forgotten)


def _begin(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _chip(uuid: UUID, days: int, key: str, label: Any, places: list[PlaceServed], show: str) -> Tab:
    url = reverse("supply:fairness_of", args=[uuid]) + f"?days={days}&show={key}"
    return Tab(label, url, key == show, sum(_fits(row, key) for row in places))


@require_safe
def fairness_export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """All places with what came to them in the time chosen, as a table."""
    return _fairness_export(request, uuid)


@staff_page(require_figures)
def _fairness_export(request: HttpRequest, uuid: UUID) -> Any:
    root, today = root_of(request, uuid), business_date(now())
    places = queries.places_served(root=root, today=today, days=FairnessSearch(request.GET).look_back())
    leave_trail(request, verb="fairness.exported", root=root)
    header = [
        gettext("Place"), gettext("Under"), gettext("Asked for"), gettext("Visits"), gettext("Last visit"),
        gettext("Finding"),
    ]  # fmt: skip
    rows = [
        [
            row.place.shown_name, row.place.parent.shown_name if row.place.parent else "", row.asked, row.visits,
            row.last, _finding(row),
        ]
        for row in places
    ]  # fmt: skip
    return table_response(request, name="fairness", header=header, rows=rows)


def _finding(row: PlaceServed) -> str:
    if row.is_forgotten:
        return gettext("Nobody came")
    return gettext("Served again and again") if row.is_often else ""


@require_safe
@staff_page(require_order_staff)
def hint(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What to know of an order's place, kind and person before choosing a team: a piece of the order's page."""
    order, at = order_by_uuid(uuid=uuid), now()
    hints = queries.hints_for(order=order, at=at, today=business_date(at))
    context = {"order": order, "hints": [told.hint_words(one) for one in hints]}
    return page_or_piece(request, page="supply/hint.html", piece="supply/_hint.html", context=context)
