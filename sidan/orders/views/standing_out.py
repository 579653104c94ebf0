"""Times that stand out: a page for who oversees, with its table to take along. A reason to look, no verdict."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.attendance.odd_times import (
    MOST_TIMES,
    OddTime,
    OddTimes,
    Visited,
    counted,
    named,
    odd_page,
    odd_times,
)
from sidan.attendance.policies.standing_out import KINDS
from sidan.audit.operations import record
from sidan.core.clock import now
from sidan.core.lists import CURSOR, rows_a_page
from sidan.core.moments import span_words
from sidan.core.pages import staff_page
from sidan.core.requests import actor_of
from sidan.core.tables import moment_cell, table_response
from sidan.hours.permissions import READING_ROLES
from sidan.orders.permissions import require_figures
from sidan.orders.words import ODD_TIMES, odd_amount

DAYS: Final = (("30", _("The last 30 days")), ("90", _("The last 90 days")))
ALL: Final = "all"
FEW: Final = 3
"""So many times of a finding are named; of more the number."""


@dataclass(frozen=True, slots=True)
class Chip:
    """A kind of finding to look at, with how many there are."""

    label: str | Promise
    url: str
    active: bool
    count: int
    urgent: bool = False


CUT: Final = _(
    "There are more times than are looked at: of these days only the newest %(number)s of visits, and as many of "
    "activities. Choose fewer days where you can."
)


def _cut() -> str:
    return str(CUT) % {"number": f"{MOST_TIMES:,}"}


class Search(forms.Form):
    """How far to look back. What cannot be understood chooses the shorter."""

    days = forms.ChoiceField(label=_("Period"), choices=DAYS, required=False)

    def look_back(self) -> int:
        """Return the days chosen."""
        return int(self.cleaned_data.get("days") or DAYS[0][0]) if self.is_valid() else int(DAYS[0][0])


def _found(request: HttpRequest) -> tuple[Search, int, str, OddTimes]:
    search = Search({"days": DAYS[0][0]} | request.GET.dict())
    days, kind = search.look_back(), request.GET.get("kind", "")
    found = odd_times(since=now() - timedelta(days=days))
    return search, days, kind if kind in KINDS else ALL, found


def _amount(row: OddTime) -> str:
    return odd_amount(kind=row.kind, amount=row.amount, tier=row.tier)


def _few(row: OddTime, at: datetime) -> list[tuple[str, Visited]]:
    """Return the last visits of a finding with their times in words."""
    return [(span_words(visit.begins, visit.ends, now=at), visit) for visit in row.visits[-FEW:]]


@require_safe
@staff_page(require_figures)
def standing_out(request: HttpRequest) -> HttpResponse:
    """What stands out among the times of one's orders and activities, the newest first, by kind."""
    at, limits = now(), settings.TIMES_LIMITS
    search, days, kind, told = _found(request)
    found = told.found
    counts = counted(found)
    shown = [one for one in found if kind in (ALL, one.kind)]
    page = odd_page(found=shown, cursor=request.GET.get(CURSOR), limit=rows_a_page(request))
    base = f"{reverse('orders:standing_out')}?days={days}"
    chips = [
        Chip(_("All"), base, kind == ALL, len(found)),
        *(Chip(ODD_TIMES[one], f"{base}&kind={one}", kind == one, counts[one]) for one in KINDS),
    ]
    context = {
        "search": search,
        "kind": kind,
        "chips": chips,
        "rows": [(row, ODD_TIMES[row.kind], _amount(row), _few(row, at)) for row in page.items],
        "next_cursor": page.next_cursor,
        "limits": limits,
        "day_limits": [f"{hours / timedelta(hours=1):g}" for hours in (limits.at_once, limits.by_parent)],
        "query": request.GET.urlencode(),
        "cut": _cut() if told.is_cut else "",
        "reads_hours": bool(actor_of(request).roles & READING_ROLES),
    }
    return render(request, "orders/console/standing_out.html", context)


@require_safe
@staff_page(require_figures)
def standing_out_export(request: HttpRequest) -> HttpResponseBase:
    """The same as a table, each visit of a finding in a row."""
    _search, days, kind, told = _found(request)
    record(actor=actor_of(request), at=now(), verb="times.exported", subject=("queue", None), days=days)
    header = [
        gettext("What stands out"), gettext("Who"), gettext("Team"), gettext("Order or activity"), gettext("From"),
        gettext("Until"), gettext("To know"),
    ]  # fmt: skip
    rows = [
        [
            str(ODD_TIMES[one.kind]), one.person, one.team, visit.served.name, moment_cell(visit.begins),
            moment_cell(visit.ends), _amount(one),
        ]
        for one in named([one for one in told.found if kind in (ALL, one.kind)])
        for visit in one.visits
    ]  # fmt: skip
    if told.is_cut:
        rows.append([_cut(), *[""] * (len(header) - 1)])
    return table_response(request, name="times", header=header, rows=rows)
