"""Who is served and who is not: the page, its table, and what a dispatcher is told beside an order."""

from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.core.htmx import page_or_piece
from sidan.core.lists import CURSOR, query_of, rows_a_page
from sidan.core.pages import staff_page
from sidan.core.tables import table_response
from sidan.orders.permissions import require_figures, require_order_staff
from sidan.orders.queries import Twice, asked_twice, order_by_uuid
from sidan.places.models import Place
from sidan.supply import queries, told
from sidan.supply.forms import FairnessSearch
from sidan.supply.queries import PlaceServed, SettingServed
from sidan.supply.views.shared import Tab, around, leave_trail, root_of

SHOWS = (
    (queries.FORGOTTEN, _("Nobody came")),
    (queries.OFTEN, _("Served again and again")),
    (queries.EVERYTHING, _("All places")),
)
TWICE: Final = "twice"
"""Beside the lists of places: orders whose person had asked for the same shortly before."""
TWICE_SHOWN: Final = 100
TWICE_TAKEN_ALONG: Final = 10_000


@require_safe
@staff_page(require_figures)
def fairness(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """Places, kinds of service and groups that nobody serves, and places that are served again and again."""
    root, today = root_of(request, uuid), business_date(now())
    search = FairnessSearch(request.GET)
    wanted = search.told().get("show", "")
    days, show, words = search.look_back(), _shown(wanted), query_of(request)
    page, found = queries.places_served(
        root=root,
        today=today,
        days=days,
        show=show,
        words=words,
        cursor=request.GET.get(CURSOR),
        limit=rows_a_page(request),
    )
    kinds = queries.kinds_here(root=root, today=today, days=days)
    settings, whom = queries.groups_served(root=root, today=today, days=days, settings=found)
    context = around(request, root=root, page="fairness") | {
        "search": search,
        "words": words,
        "days": days,
        "show": show,
        "rows": page.items,
        "next_cursor": page.next_cursor,
        "chips": [
            *(
                _chip(request, root.uuid, key, label, found, "" if wanted == TWICE else show)
                for key, label in SHOWS
            ),
            Tab(_("Asked for twice"), _url(request, root.uuid, TWICE), wanted == TWICE),
        ],
        "kinds": queries.kinds_unserved(kinds=kinds),
        "audiences": queries.audiences_served(kinds=kinds),
        "settings": settings,
        "whom": whom,
    }
    if wanted == TWICE:
        context |= {"show": TWICE, "most": TWICE_SHOWN, "next_cursor": None}
        context["twice"] = _twice(root, days=days, words=words, most=TWICE_SHOWN)
    return render(request, "supply/fairness.html", context)


def _twice(root: Place, *, days: int, words: str, most: int) -> list[Twice]:
    since = datetime.combine(business_date(now()) - timedelta(days=days - 1), time.min, BUSINESS_ZONE)
    return asked_twice(root=root, since=since, most=most, place_words=words)


def _shown(text: str) -> str:
    return text if text in {key for key, _label in SHOWS} else queries.FORGOTTEN


def _chip(
    request: HttpRequest, uuid: UUID, key: str, label: str | Promise, found: list[SettingServed], show: str
) -> Tab:
    """Return a chip: it keeps what else was chosen, and its count is of all places, whatever is searched for."""
    return Tab(label, _url(request, uuid, key), key == show, sum(one.showing(key) for one in found))


def _url(request: HttpRequest, uuid: UUID, show: str) -> str:
    query = request.GET.copy()
    query.pop(CURSOR, None)
    query["show"] = show
    return f"{reverse('supply:fairness_of', args=[uuid])}?{query.urlencode()}"


@require_safe
def fairness_export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The places that the list shows with what came to them in the time chosen, as a table."""
    return _fairness_export(request, uuid)


@staff_page(require_figures)
def _fairness_export(request: HttpRequest, uuid: UUID) -> Any:
    root, today = root_of(request, uuid), business_date(now())
    search = FairnessSearch(request.GET)
    if search.told().get("show") == TWICE:
        found = _twice(root, days=search.look_back(), words=query_of(request), most=TWICE_TAKEN_ALONG)
        return _twice_table(request, root, found)
    places = queries.every_place_served(
        root=root, today=today, days=search.look_back(), show=_shown(search.told().get("show", queries.EVERYTHING)),
        words=query_of(request),
    )  # fmt: skip
    leave_trail(request, verb="fairness.exported", root=root)
    header = [
        gettext("Place"), gettext("Under"), gettext("Asked for"), gettext("Visits"), gettext("Last visit"),
        gettext("Finding"),
    ]  # fmt: skip
    rows = (
        [
            row.place.shown_name, row.place.parent.shown_name if row.place.parent else "", row.asked, row.visits,
            row.last, _finding(row),
        ]
        for row in places
    )  # fmt: skip
    return table_response(request, name="fairness", header=header, rows=rows)


def _twice_table(request: HttpRequest, root: Place, found: list[Twice]) -> HttpResponseBase:
    """Which orders, never whose: the number leads to it for who may see it."""
    leave_trail(request, verb="fairness.exported", root=root)
    header = [
        gettext("Order number"), gettext("Service"), gettext("Place"), gettext("Asked for"),
        gettext("Earlier order number"), gettext("Asked for before"),
    ]  # fmt: skip
    rows = (
        [
            one.order.number, one.order.shown_title, one.order.origin_place.shown_name, one.order.created_at,
            one.before.number, one.before.created_at,
        ]
        for one in found
    )  # fmt: skip
    return table_response(request, name="asked-twice", header=header, rows=rows)


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
