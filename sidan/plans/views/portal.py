"""What everybody sees: the plans that are published, and one of them."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.activities.enums import OVER, UNTOLD
from sidan.activities.models import Activity
from sidan.core.errors import NotFound
from sidan.core.lists import filter_chips, query_of
from sidan.core.pagination import keyset_page
from sidan.places.nearby import place_near
from sidan.plans import queries
from sidan.plans.enums import Period, PlanState
from sidan.plans.queries import LineTold

PAGE_SIZE: Final = 24


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """What is published in one's county, the latest first."""
    near, text, period = place_near(request), query_of(request), request.GET.get("period", "")
    rows = queries.published(near=near, text=text, period=period if period in Period.values else "")
    context: dict[str, Any] = {
        "page": keyset_page(
            rows=rows, sort="-first_day", cursor=request.GET.get("cursor") or None, limit=PAGE_SIZE
        ),
        "filters": filter_chips(request, name="period", choices=Period.choices, everything=_("All plans")),
        "query": text,
        "is_filtered": bool(text or period),
    }
    return render(request, "plans/plans.html", context)


@require_safe
def plan(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One plan with its lines; of what carries them out only what is announced."""
    found = queries.plan_by_uuid(uuid=uuid)
    if found.state != PlanState.PUBLISHED:
        raise NotFound
    lines = [_told(line) for line in queries.compared(plan=found).lines]
    return render(request, "plans/public_plan.html", {"plan": found, "lines": lines})


def _told(line: LineTold) -> tuple[LineTold, list[Activity], list[Activity]]:
    """Return a line with what is announced of it, and with what is over."""
    told = [one for one in line.activities if one.state not in UNTOLD]
    return line, [one for one in told if one.state not in OVER], [one for one in told if one.state in OVER]
