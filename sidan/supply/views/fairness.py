"""Who is served and who is not: the page, its table, and what a dispatcher is told beside an order."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.core.clock import business_date, midnight, now
from sidan.core.htmx import page_or_piece
from sidan.core.lists import (
    COLUMNS,
    COUNT,
    CURSOR,
    SORT,
    Column,
    asked_sort,
    keeps_views,
    list_view,
    page_of,
    query_of,
    rows_a_page,
    uuid_of,
)
from sidan.core.pages import staff_page
from sidan.core.pagination import key_order
from sidan.core.tables import moment_cell, table_response
from sidan.orders.models import Order
from sidan.orders.permissions import require_figures, require_order_staff
from sidan.orders.queries import asked_twice, order_by_uuid, with_the_earlier
from sidan.places.models import Place
from sidan.supply import queries, told
from sidan.supply.forms import FairnessSearch
from sidan.supply.queries import PlaceServed, SettingServed
from sidan.supply.views.shared import FAIRNESS, Tab, around, leave_trail, root_of

SHOWS: Final = (
    (queries.FORGOTTEN, _("Nobody came")),
    (queries.OFTEN, _("Served again and again")),
    (queries.EVERYTHING, _("All places")),
)
TWICE: Final = "twice"
"""Beside the lists of places: orders whose person had asked for the same shortly before."""
OF_PLACES: Final = (
    Column("place", _("Place"), up="name", down="-name", is_fixed=True),
    Column("under", _("Under"), up="under", down="-under"),
    Column("asked", _("Asked for"), up="asked", down="-asked", is_number=True),
    Column("visits", _("Visits"), up="visits", down="-visits", is_number=True),
    Column("last", _("Last visit"), up="last", down="-last"),
)
NEWEST: Final = "-created_at"
OF_TWICE: Final = (
    Column("number", _("Order number"), is_fixed=True),
    Column("at", pgettext_lazy("a column", "When"), up="created_at", down=NEWEST),
    Column("service", _("Service")),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("state", _("Stands at"), up="state", down="-state"),
    Column("before", _("Asked for before")),
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for: of which place, of how many days, which list, and places of what name."""

    root: Place
    today: date
    search: FairnessSearch
    show: str
    words: str

    @property
    def days(self) -> int:
        return self.search.look_back()

    @property
    def is_twice(self) -> bool:
        return self.show == TWICE

    @property
    def of_places(self) -> dict[str, Any]:
        """What the lists of places are read by."""
        return {
            "root": self.root, "today": self.today, "days": self.days, "show": self.show, "words": self.words
        }  # fmt: skip

    def twice(self) -> QuerySet[Order]:
        since = midnight(self.today - timedelta(days=self.days - 1))
        return asked_twice(root=self.root, since=since, place_words=self.words)


def _asked(request: HttpRequest, root: Place, *, first: str) -> _Asked:
    """`first` is what is shown where the address says nothing, or what is not known."""
    search = FairnessSearch(request.GET)
    wanted = search.told().get("show", "")
    known = {key for key, _label in SHOWS} | {TWICE}
    return _Asked(root, business_date(now()), search, wanted if wanted in known else first, query_of(request))


@require_safe
@keeps_views
@staff_page(require_figures)
def fairness(request: HttpRequest) -> HttpResponse:
    """Places, kinds of service and groups that nobody serves, and places that are served again and again."""
    asked = _asked(request, root_of(request, uuid_of(request, "place")), first=queries.FORGOTTEN)
    root, today, days = asked.root, asked.today, asked.days
    shown, found = _list_of_orders(request, asked) if asked.is_twice else _list_of_places(request, asked)
    kinds = queries.kinds_here(root=root, today=today, days=days)
    settings, whom = queries.groups_served(root=root, today=today, days=days, settings=found)
    context = around(request, root=root, page=FAIRNESS) | shown | {
        "search": asked.search,
        "words": asked.words,
        "days": days,
        "show": asked.show,
        "chips": _chips(request, asked, found),
        "kinds": queries.kinds_unserved(kinds=kinds),
        "audiences": queries.audiences_served(kinds=kinds),
        "settings": settings,
        "whom": whom,
    }  # fmt: skip
    return render(request, "supply/fairness.html", context)


def _list_of_places(request: HttpRequest, asked: _Asked) -> tuple[dict[str, Any], list[SettingServed]]:
    sort = asked_sort(request, columns=OF_PLACES, default=queries.BY_NEED)
    page, found = queries.places_served(
        **asked.of_places, sort=sort, cursor=request.GET.get(CURSOR), limit=rows_a_page(request)
    )
    count = partial(queries.places_shown, **asked.of_places)
    listed = list_view(request, columns=OF_PLACES, sort=sort, count=count)
    return {"rows": page.items, "next_cursor": page.next_cursor, "list": listed}, found


def _list_of_orders(request: HttpRequest, asked: _Asked) -> tuple[dict[str, Any], list[SettingServed]]:
    rows, sort = asked.twice(), asked_sort(request, columns=OF_TWICE, default=NEWEST)
    page = page_of(request, rows=rows, sort=sort)
    listed = list_view(request, columns=OF_TWICE, sort=sort, rows=rows)
    shown = {"rows": with_the_earlier(orders=page.items), "next_cursor": page.next_cursor, "list": listed}
    return shown, queries.settings_served(root=asked.root, today=asked.today, days=asked.days)


def _chips(request: HttpRequest, asked: _Asked, found: list[SettingServed]) -> list[Tab]:
    """Return the lists to choose from; their counts are of all places, whatever is searched for."""
    counts = {key: sum(one.showing(key) for one in found) for key, _label in SHOWS}
    return [
        Tab(label, _url(request, asked, key), key == asked.show, counts.get(key))
        for key, label in (*SHOWS, (TWICE, _("Asked for twice")))
    ]


def _url(request: HttpRequest, asked: _Asked, show: str) -> str:
    """Return where another list stands: what else was chosen is kept, but for what the other list does not have."""
    query = request.GET.copy()
    others = (SORT, COLUMNS) if asked.is_twice != (show == TWICE) else ()
    for name in (CURSOR, COUNT, *others):
        query.pop(name, None)
    query["show"] = show
    return f"{reverse('supply:fairness')}?{query.urlencode()}"


@require_safe
@staff_page(require_figures)
def fairness_export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The list as it is shown, all of it, as a table."""
    asked = _asked(request, root_of(request, uuid), first=queries.EVERYTHING)
    leave_trail(request, verb="fairness.exported", root=asked.root)
    return _twice_table(request, asked) if asked.is_twice else _places_table(request, asked)


def _places_table(request: HttpRequest, asked: _Asked) -> HttpResponseBase:
    sort = asked_sort(request, columns=OF_PLACES, default=queries.BY_NEED)
    header = [
        gettext("Place"), gettext("Under"), gettext("Asked for"), gettext("Visits"), gettext("Last visit"),
        gettext("Finding"),
    ]  # fmt: skip
    rows = (
        [
            row.place.shown_name, row.place.parent.shown_name if row.place.parent else "", row.asked, row.visits,
            row.last, _finding(row),
        ]
        for row in queries.every_place_served(**asked.of_places, sort=sort)
    )  # fmt: skip
    return table_response(request, name="fairness", header=header, rows=rows)


def _twice_table(request: HttpRequest, asked: _Asked) -> HttpResponseBase:
    """Which orders, never whose: the number leads to it for who may see it."""
    sort = asked_sort(request, columns=OF_TWICE, default=NEWEST)
    header = [
        gettext("Order number"), gettext("Service"), gettext("Place"), gettext("Asked for"),
        gettext("Earlier order number"), gettext("Asked for before"),
    ]  # fmt: skip
    rows = (
        [
            one.order.number, one.order.shown_title, one.order.origin_place.shown_name,
            moment_cell(one.order.created_at), one.before.number, moment_cell(one.before.created_at),
        ]
        for one in with_the_earlier(orders=asked.twice().order_by(*key_order(sort)))
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
