"""What the clocks did: a list to filter, sort, keep and take away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of
from sidan.core.pages import staff_page
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.limits import queries
from sidan.limits.enums import Kind, Of, Step
from sidan.limits.forms import FiringSearch
from sidan.limits.permissions import require_any
from sidan.limits.policies import STEPS_OF
from sidan.limits.words import did_words, step_words
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.places.queries import places_to_filter

CHUNK: Final = 500
NEWEST: Final = "-id"
"""Rows are appended as time goes, so their ids are in the order of their moments, and the index is there."""
COLUMNS: Final = (
    Column("at", pgettext_lazy("a moment", "When"), up="id", down=NEWEST),
    Column("number", _lazy("Order"), is_fixed=True),
    Column("place", _lazy("Place")),
    Column("step", _lazy("Step")),
    Column("kind", _lazy("Moment")),
    Column("did", _lazy("What happened"), up="did", down="-did"),
    Column("due", _lazy("Time until")),
)
OF_WISHES: Final = tuple(
    replace(column, label=pgettext_lazy("column", "Wish")) if column.name == "number" else column
    for column in COLUMNS
)


@dataclass(frozen=True, slots=True)
class Row:
    """One moment of a clock, and for what it ran. A wish has no number."""

    at: datetime
    url: str
    number: str
    title: str
    place: str
    step: str
    kind: str
    kind_words: str
    did: str
    due_at: datetime


@require_safe
@keeps_views
@staff_page(require_any)
def firings(request: HttpRequest) -> HttpResponse:
    """The moments of the clocks of orders, of wishes, or of tasks, the newest first."""
    actor, search = actor_of(request), FiringSearch(request.GET)
    wanted = search.wanted()
    columns = OF_WISHES if wanted.of == Of.WISH else COLUMNS
    rows = queries.firings(actor=actor, wanted=wanted)
    sort = asked_sort(request, columns=columns, default=NEWEST)
    page = page_of(request, rows=rows, sort=sort)
    steps = [(step, Step(step).label) for step in STEPS_OF[wanted.of]]
    of = [(each.value, each.label) for each in (Of.WISH, Of.TASK)]
    context = {
        "rows": [_row(firing) for firing in page.items],
        "next_cursor": page.next_cursor,
        "list": list_view(request, columns=columns, sort=sort, rows=rows),
        "of_chips": filter_chips(request, name="of", choices=of, everything=Of.ORDER.label),
        "of": wanted.of,
        "step_chips": filter_chips(request, name="step", choices=steps, everything=_("Every step")),
        "kind_chips": filter_chips(
            request, name="kind", choices=list(Kind.choices), everything=_("All moments")
        ),
        "places": places_to_filter(root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))),
        "query": request.GET.get("q", "")[:60],
        "errors": search.errors,
        "is_filtered": wanted != queries.FiringFilter(of=wanted.of),
    }  # fmt: skip
    return render(request, "limits/firings.html", context)


@require_safe
@staff_page(require_any)
def export_firings(request: HttpRequest) -> HttpResponseBase:
    """The same list as a table; that it was taken out is written down."""
    actor, wanted = actor_of(request), FiringSearch(request.GET).wanted()
    sort = asked_sort(request, columns=COLUMNS, default=NEWEST)
    record(
        actor=actor, at=now(), verb="limits.exported", subject=("firings", None),
        filter_place=wanted.place_id, step=wanted.step, of=wanted.of,
    )  # fmt: skip
    title = pgettext("column", "Wish") if wanted.of == Of.WISH else _("Service")
    header = [
        _("When"), _("Order"), title, _("Place"), _("Step"), _("Moment"), _("What happened"), _("Time until"),
    ]  # fmt: skip
    found = queries.firings(actor=actor, wanted=wanted).order_by(*key_order(sort))
    return table_response(request, name="time-limits", header=header, rows=_cells(found))


def _cells(found: QuerySet[Any]) -> Iterator[list[object]]:
    for row in map(_row, found.iterator(chunk_size=CHUNK)):
        yield [
            moment_cell(row.at), row.number, row.title, row.place, row.step, row.kind_words, row.did,
            moment_cell(row.due_at),
        ]  # fmt: skip


def _row(firing: Any) -> Row:
    timer = firing.timer
    if hasattr(timer, "wish"):
        wish, number = timer.wish, ""
        url, place = reverse("wishes:staff_wish", args=[wish.uuid]), wish.place
        title = wish.shown_sentence or _("Not read yet")
    else:
        order = timer.order
        url, place = reverse("orders:queue_order", args=[order.uuid]), order.origin_place
        title, number = order.shown_title, order.number
    return Row(
        at=firing.at, url=url, number=number, title=title, place=place.shown_short,
        step=step_words(step=timer.effect, nth=getattr(timer, "nth", None)), kind=firing.kind,
        kind_words=firing.get_kind_display(), did=did_words(firing), due_at=timer.due_at,
    )  # fmt: skip
