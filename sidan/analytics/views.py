"""Figures by place and period: read, drilled into and taken along."""

from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sidan.analytics import queries, told
from sidan.analytics.forms import FigureSearch
from sidan.analytics.policies import Period, months_back
from sidan.audit.operations import record
from sidan.core.clock import business_date, now
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.orders.permissions import require_figures

MONTHS_SHOWN: Final = 12


@require_safe
def figures(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """The figures of a place: its own orders, those of each place right under it, their sum, and how they came."""
    actor, today = actor_of(request), business_date(now())
    require_figures(actor=actor)
    root = queries.figures_root(actor=actor, uuid=uuid)
    search = FigureSearch(request.GET)
    chosen = search.chosen(today=today)
    year = Period(months_back(today, MONTHS_SHOWN - 1), today)
    found, months = told.read_page(root=root, chosen=chosen, months=year)
    starts = [months_back(today, nth) for nth in reversed(range(MONTHS_SHOWN))]
    shown = told.months_of(months, starts)
    rows = _rows(found, urlencode(chosen.told))
    context = {
        "root": root,
        "above": queries.overseen_above(actor=actor, root=root),
        "search": search,
        "query": urlencode(chosen.told),
        "groups": [label for label, _states in told.GROUPS.values()],
        "rows": rows,
        "most": max((row.total for row in rows), default=0) or 1,
        "sum": told.row_of(found.total, name=gettext("Together"), url=""),
        "states": told.states_of(found.total),
        "placed": found.total.of(told.PLACED),
        "charts": told.charts_of(found.total),
        "satisfaction": told.satisfaction_of(found.total),
        "months": shown,
        "most_a_month": max([month.placed for month in shown] + [month.closed for month in shown]) or 1,
    }
    return render(request, "analytics/figures.html", context)


@require_safe
def export(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The same place and period with every part of every figure in a column of its own."""
    actor, at = actor_of(request), now()
    require_figures(actor=actor)
    root = queries.figures_root(actor=actor, uuid=uuid)
    found = told.read(root=root, chosen=FigureSearch(request.GET).chosen(today=business_date(at)))
    record(
        actor=actor, at=at, verb="figures.exported", subject=("place", root.pk), place_id=root.pk,
        county_id=root.county_id,
    )  # fmt: skip
    table = iter(told.table_of(found))
    return table_response(request, name="figures", header=next(table), rows=table)


def _rows(found: queries.PlaceFigures, query: str) -> list[told.Row]:
    if not found.children:
        return []
    own = told.row_of(found.own, name=gettext("%(place)s itself") % {"place": found.root.shown_short}, url="")
    tail = f"?{query}" if query else ""
    return [own] + [
        told.row_of(
            counts, name=place.shown_short, url=reverse("analytics:figures_of", args=[place.uuid]) + tail
        )
        for place, counts in found.children
    ]
