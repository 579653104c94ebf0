"""The console's list of reviews (评单): what people said, what went badly first by one chip."""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, page_of, uuid_of
from sidan.core.pages import staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell
from sidan.orders import queries
from sidan.orders.enums import Outcome
from sidan.orders.listing import list_about_orders, order_search, take_along
from sidan.orders.models import Review
from sidan.orders.permissions import require_dispatching
from sidan.people.enums import DISPATCHING_ROLES

OUTCOMES: Final[Mapping[str, str | Promise]] = {
    queries.NOT_WELL: _("Not all well"),
    **{outcome.value: outcome.label for outcome in Outcome if outcome != Outcome.DONE},
    Outcome.DONE.value: Outcome.DONE.label,
}
NEWEST: Final = "-at"
COLUMNS: Final = (
    Column("number", _("Number"), is_fixed=True),
    Column("service", _("Service")),
    Column("outcome", _("Outcome")),
    Column("words", _("What was said")),
    Column("team", _("Team")),
    Column("place", _("Place")),
    Column("at", pgettext_lazy("a column", "When"), up="at", down=NEWEST),
)
"""One sorts by time alone: of all that was ever said, any other order would cost more each year."""


@require_safe
@keeps_views
@staff_page(require_dispatching)
def reviews(request: HttpRequest) -> HttpResponse:
    """What people said of the orders of one's office, newest first."""
    actor, chosen = actor_of(request), _chosen(request)
    rows, sort = queries.reviews(chosen=chosen), asked_sort(request, columns=COLUMNS, default=NEWEST)
    page = page_of(request, rows=rows, sort=sort)
    context = list_about_orders(
        request, columns=COLUMNS, sort=sort, rows=rows, search=chosen.search, fields=("team",)
    )
    context |= {
        "rows": queries.review_rows(items=page.items, reader=actor),
        "next_cursor": page.next_cursor,
        "filters": filter_chips(
            request, name="outcome", choices=list(OUTCOMES.items()), everything=pgettext("reviews", "All")
        ),
        "is_filtered": chosen != queries.ReviewFilter(),
        "team": request.GET.get("team", ""),
        "teams": queries.teams_to_filter(root_ids=actor.places_where(DISPATCHING_ROLES)),
    }
    return render(request, "orders/console/reviews.html", context)


def _chosen(request: HttpRequest) -> queries.ReviewFilter:
    """Return what the address asks for; what cannot be understood filters nothing."""
    outcome = request.GET.get("outcome", "")
    return queries.ReviewFilter(
        outcome=outcome if outcome in OUTCOMES else "",
        team_id=queries.reviewed_team(uuid=uuid_of(request, "team")),
        search=order_search(request),
    )


@require_safe
@staff_page(require_dispatching)
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table, without anybody's words; taking it is written down."""
    chosen = _chosen(request)
    header = [
        gettext("Number"), gettext("Service"), gettext("Place"), gettext("Team"), gettext("Outcome"),
        gettext("Stars"), gettext("How it was collected"), pgettext("a column", "When"),
    ]  # fmt: skip
    facts = {"outcome": chosen.outcome, "team": chosen.team_id, "filter_place": chosen.search.place_id}
    return take_along(
        request, name="reviews", verb="orders.reviews_exported", columns=COLUMNS, first=NEWEST, header=header,
        rows=queries.reviews(chosen=chosen), cells=_cells, facts=facts,
    )  # fmt: skip


def _cells(row: Review) -> list[object]:
    return [
        row.order.number, row.order.shown_title, row.order.origin_place.shown_name,
        getattr(row, "team_name", "") or "", row.get_outcome_display(), row.stars, row.get_channel_display(),
        moment_cell(row.at),
    ]  # fmt: skip
