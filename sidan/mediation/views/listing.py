"""The list of my cases: found by number, sorted, and taken along without anybody's name."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date, now
from sidan.core.lists import Column, asked_sort, filter_chips, keeps_views, list_view, page_of, query_of
from sidan.core.pagination import key_order
from sidan.core.requests import actor_of
from sidan.core.tables import table_response
from sidan.mediation import queries
from sidan.mediation.enums import Dispute
from sidan.mediation.models import Case
from sidan.mediation.permissions import MayNotCountCases, counting_roots, may_come_in, require_mediating

NEWEST: Final = "-id"
COLUMNS: Final = (
    Column("number", _("Number"), up="id", down=NEWEST, is_fixed=True),
    Column("about", _("What it is about"), up="dispute", down="-dispute"),
    Column("place", _("Place"), up="place_key", down="-place_key"),
    Column("state", _("State"), up="state", down="-state"),
    Column("next", pgettext_lazy("what comes", "Next")),
    Column("mediator", _("Mediator"), up="mediator_key", down="-mediator_key"),
)


def _chosen(request: HttpRequest) -> queries.CaseFilter:
    dispute = request.GET.get("about", "")
    return queries.CaseFilter(
        ended=request.GET.get("chip") == "ended",
        dispute=dispute if dispute in Dispute.values else "",
        text=query_of(request),
    )


@require_safe
@keeps_views
def cases(request: HttpRequest) -> HttpResponse:
    """The cases I lead or, as director, answer for: numbers and dates, nothing of what they are about."""
    actor, chosen = actor_of(request), _chosen(request)
    rows = queries.cases_of(actor=actor, chosen=chosen)
    sort = asked_sort(request, columns=COLUMNS, default=NEWEST)
    page = page_of(request, rows=rows, sort=sort)
    if not page.items:
        _require_business(actor)
    dates = queries.next_dates(cases=page.items)
    context = {
        "rows": [{"case": case, "next": dates.get(case.pk)} for case in page.items],
        "next_cursor": page.next_cursor,
        "list": list_view(request, columns=COLUMNS, sort=sort, rows=rows),
        "chips": filter_chips(
            request, name="chip", choices=[("ended", _("Ended"))], everything=_("Going on")
        ),
        "query": chosen.text,
        "chosen": chosen,
        "disputes": Dispute.choices,
        "is_filtered": bool(chosen.text or chosen.dispute),
        "may_open": may_come_in(actor=actor),
        "counts_url": _counts_url(actor),
    }
    return render(request, "mediation/cases.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The list as a table that may lie about: no names and no place, by which a village knows who quarrels (R-O11)."""
    actor, chosen = actor_of(request), _chosen(request)
    _require_business(actor)
    sort = asked_sort(request, columns=COLUMNS, default=NEWEST)
    rows = queries.cases_of(actor=actor, chosen=chosen).order_by(*key_order(sort))
    record(actor=actor, at=now(), verb="mediation.exported", subject=("mediation", None))
    header = [
        gettext("Number of the case"), gettext("What it is about"), gettext("State"), gettext("Day taken on"),
        gettext("In this state since"), gettext("Next date"),
    ]  # fmt: skip
    return table_response(request, name="cases", header=header, rows=_table(list(rows)))


def _table(cases: list[Case]) -> Iterator[list[object]]:
    dates = queries.next_dates(cases=cases)
    for case in cases:
        coming = dates.get(case.pk)
        yield [
            case.number, case.get_dispute_display(), case.get_state_display(), case.taken_on,
            business_date(case.state_since), business_date(coming) if isinstance(coming, datetime) else coming,
        ]  # fmt: skip


def _require_business(actor: Actor) -> None:
    """Let in who has an office, or leads a case without one: a volunteer. Raises MayNotMediate."""
    if not queries.has_cases(actor=actor):
        require_mediating(actor=actor)


def _counts_url(actor: Actor) -> str:
    try:
        counting_roots(actor=actor)
    except MayNotCountCases:
        return ""
    return reverse("mediation:counts")
