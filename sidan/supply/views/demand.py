"""What is asked for and unmet, by place, kind and week; and what stands beside the menu or unasked on it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sidan.analytics.policies import Period
from sidan.catalogue.queries import category_with_below, category_words, orderable_kinds
from sidan.core.clock import business_date, now
from sidan.core.pages import staff_page
from sidan.core.tables import table_response
from sidan.orders.permissions import require_figures
from sidan.places.models import Place
from sidan.supply import queries, told
from sidan.supply.forms import DemandSearch
from sidan.supply.views.shared import address_of, around, leave_trail, root_of
from sidan.wishes.enums import WAITING, ForWhom, WishState


def _kinds(search: DemandSearch) -> set[str]:
    chosen = search.told().get("category", "")
    return category_with_below(code=chosen) if chosen else set()


def _demand(root: Place, search: DemandSearch, today: date) -> queries.Demand:
    return queries.demand_of(root=root, first=search.first(today=today), last=today, kinds=_kinds(search))


@require_safe
@staff_page(require_figures)
def demand(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """What was asked for in some weeks, what became of it, where it is unmet, and what was refused and why."""
    root, today = root_of(request, uuid), business_date(now())
    search = DemandSearch(request.GET)
    found, words = _demand(root, search, today), category_words()
    page = around(request, root=root, page="demand")
    names = {place.pk: place.shown_short for place in page["children"]}
    weeks, coverage = found.by_week(), queries.coverage_of(root=root, today=today)
    kinds = told.sorted_rows(
        told.Row(words.get(code, code), fate, key=code) for code, fate in found.by_kind().items()
    )
    by_place = search.told().get("rows") == "place"
    whys = queries.reasons_of(root=root, first=search.first(today=today), last=today, kinds=_kinds(search))
    context = page | {
        "search": search,
        "total": found.total(),
        "chart": told.chart_of(weeks),
        "tall": told.tall_chart_of(weeks),
        "weeks": list(weeks),
        "kinds": [(row, coverage.covered.get(row.key, 0)) for row in kinds],
        "places_open": coverage.places,
        "places": _places(request, root, found, page["children"]),
        "grid": _grid(root, found, names, by_place),
        "by_place": by_place,
        "lost": told.reason_rows(
            found=[one for one in whys if not (one.why.is_of_team or one.why.is_spared)], kinds=words
        ),
        "spared": told.reason_rows(found=[one for one in whys if one.why.is_spared], kinds=words),
        "returned": told.reason_rows(found=[one for one in whys if one.why.is_of_team], kinds=words),
    }
    return render(request, "supply/demand.html", context)


def _itself(root: Place) -> str:
    return gettext("%(place)s itself") % {"place": root.shown_short}


def _places(
    request: HttpRequest, root: Place, found: queries.Demand, children: list[Place]
) -> list[told.Row]:
    by_child = found.by_child()
    known = {place.pk: place for place in children}
    former = Place.objects.in_bulk(by_child.keys() - known.keys() - {0})
    rows = []
    for below, fate in by_child.items():
        place = known.get(below) or former.get(below)
        url = address_of(request, page="demand", place=place) if place else ""
        rows.append(told.Row(place.shown_short if place else _itself(root), fate, url))
    return told.sorted_rows(iter(rows))


def _grid(root: Place, found: queries.Demand, places: dict[int, str], by_place: bool) -> list[told.GridRow]:
    if not by_place:
        return told.grid_of(names=category_words(), found=found.kind_by_week(), weeks=found.weeks)
    names = {str(pk): name for pk, name in ({0: _itself(root)} | places).items()}
    cells = {(str(below), week): fate for (below, week), fate in found.child_by_week().items()}
    return told.grid_of(names=names, found=cells, weeks=found.weeks)


@require_safe
@staff_page(require_figures)
def demand_export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The same numbers as a table: place by kind by week, with why what came to nothing did."""
    root, today, search = root_of(request, uuid), business_date(now()), DemandSearch(request.GET)
    found = _demand(root, search, today)
    reasons = queries.reasons_by_week(
        root=root, first=search.first(today=today), last=today, kinds=_kinds(search)
    )
    below = {below for below, _kind, _week in found.cells.keys() | reasons.keys()} - {0}
    places = {place.pk: place.shown_name for place in Place.objects.filter(pk__in=below)}
    leave_trail(request, verb="supply.exported", root=root)
    table = told.demand_table(root=root, demand=found, reasons=reasons, places=places, kinds=category_words())
    return table_response(request, name="demand", header=next(table), rows=table)


@require_safe
@staff_page(require_figures)
def chart(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The chart of the weeks as a drawing to put into a report."""
    root, today = root_of(request, uuid), business_date(now())
    found = _demand(root, DemandSearch(request.GET), today)
    context = {"chart": told.chart_of(found.by_week()), "root": root, "alone": True}
    response = render(request, "supply/_weeks.html", context, content_type="image/svg+xml")
    response.headers["Content-Disposition"] = 'attachment; filename="demand.svg"'
    return response


@require_safe
@staff_page(require_figures)
def gaps(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """What is asked for and stands on no menu; what stands on a menu and nobody asks for."""
    root, today = root_of(request, uuid), business_date(now())
    search = DemandSearch(request.GET)
    context = around(request, root=root, page="gaps") | {"search": search} | _gaps(root, search, today)
    return render(request, "supply/gaps.html", context)


def _gaps(root: Place, search: DemandSearch, today: date) -> dict[str, Any]:
    """Return what the page and the file tell."""
    period = Period(search.first(today=today), today)
    words, coverage = category_words(), queries.coverage_of(root=root, today=today)
    return {
        "needs": [
            (words.get(one.kind, gettext("Without a category")), one)
            for one in queries.needed_off_the_menu(root=root, today=today)
        ],
        "wishes": _wishes(queries.wishes_of(root=root, period=period)),
        "off_menu": queries.asked_off_the_menu(root=root, period=period, today=today),
        "unasked": queries.never_asked(root=root, period=period, today=today),
        "missing": [
            (words[code], coverage.covered.get(code, 0))
            for code in orderable_kinds()
            if not coverage.is_whole(code)
        ],
        "places_open": coverage.places,
    }


def _wishes(found: dict[str, dict[str, int]]) -> list[tuple[str, int]]:
    """Return the few numbers of wishes that say what no menu offers."""
    state, whom = found["wishes.state"], found["wishes.for_whom"]
    return [
        (gettext("Wished for in this time"), sum(whom.values())),
        *((str(ForWhom(code).label), whom[code]) for code in ForWhom.values if whom.get(code)),
        (gettext("Waiting now"), sum(state.get(one, 0) for one in WAITING)),
        (gettext("Came true in this time"), sum(found["wishes.granted"].values())),
        (gettext("Answered in this time: not possible"), found["wishes.ended"].get(WishState.ANSWERED, 0)),
    ]


@require_safe
@staff_page(require_figures)
def gaps_export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """All that the page tells as one table, with what each line belongs to."""
    root, today = root_of(request, uuid), business_date(now())
    found = _gaps(root, DemandSearch(request.GET), today)
    leave_trail(request, verb="supply.exported", root=root)
    table = told.gaps_table(**found)
    return table_response(request, name="gaps", header=next(table), rows=table)
