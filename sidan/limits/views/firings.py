"""What the clocks did: a list to filter, sort, keep and take away."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of
from sidan.core.pages import staff_page
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.limits import queries
from sidan.limits.enums import Kind, Step
from sidan.limits.forms import FiringSearch
from sidan.limits.models import Firing, Timer
from sidan.limits.permissions import require_any
from sidan.limits.policies import STEP_OF_STATE
from sidan.limits.words import did_words, step_words
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.queries import places_to_filter

CHUNK: Final = 500
NEWEST: Final = "-id"
"""Rows are appended as time goes, so their ids are in the order of their moments, and the index is there."""
OF_ORDERS: Final = [(step.value, step.label) for step in Step if step in STEP_OF_STATE.values()]
"""What the clocks of wishes and of tasks did stands in the trail."""
COLUMNS: Final = (
    Column("at", pgettext_lazy("a moment", "When"), up="id", down=NEWEST),
    Column("number", _lazy("Order"), is_fixed=True),
    Column("place", _lazy("Place")),
    Column("step", _lazy("Step")),
    Column("kind", _lazy("Moment")),
    Column("did", _lazy("What happened"), up="did", down="-did"),
    Column("due", _lazy("Time until")),
)


@require_safe
@keeps_views
@staff_page(require_any)
def firings(request: HttpRequest) -> HttpResponse:
    """The moments of the clocks, the newest first."""
    actor, search = actor_of(request), FiringSearch(request.GET)
    wanted = search.wanted()
    rows, sort = queries.firings(wanted=wanted), asked_sort(request, columns=COLUMNS, default=NEWEST)
    page = page_of(request, rows=rows, sort=sort)
    context = {
        "rows": [(firing, _step(firing.timer), did_words(firing)) for firing in page.items],
        "next_cursor": page.next_cursor,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "step_chips": filter_chips(
            request, name="step", choices=OF_ORDERS, everything=_("Every step")
        ),
        "kind_chips": filter_chips(
            request, name="kind", choices=list(Kind.choices), everything=_("All moments")
        ),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "query": request.GET.get("q", "")[:60],
        "errors": search.errors,
        "is_filtered": wanted != queries.FiringFilter(),
    }  # fmt: skip
    return render(request, "limits/firings.html", context)


@require_safe
def export_firings(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table; that it was taken out is written down."""
    return _export(request)


@staff_page(require_any)
def _export(request: HttpRequest) -> Any:
    wanted = FiringSearch(request.GET).wanted()
    sort = asked_sort(request, columns=COLUMNS, default=NEWEST)
    record(
        actor=actor_of(request), at=now(), verb="limits.exported", subject=("firings", None),
        filter_place=wanted.place_id, step=wanted.step,
    )  # fmt: skip
    header = [
        _("When"), _("Order"), _("Service"), _("Place"), _("Step"), _("Moment"), _("What happened"), _("Time until"),
    ]  # fmt: skip
    found = queries.firings(wanted=wanted).order_by(*key_order(sort))
    return table_response(request, name="time-limits", header=header, rows=_rows(found))


def _rows(found: QuerySet[Firing]) -> Iterator[list[object]]:
    for firing in found.iterator(chunk_size=CHUNK):
        timer, order = firing.timer, firing.timer.order
        yield [
            moment_cell(firing.at), order.number, order.shown_title, order.origin_place.shown_short,
            _step(timer), firing.get_kind_display(), did_words(firing), moment_cell(timer.due_at),
        ]  # fmt: skip


def _step(timer: Timer) -> str:
    return step_words(step=timer.effect, nth=timer.nth)
