"""What everybody sees: the campaigns near them, and how far one of them is."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sidan.activities.enums import UNTOLD
from sidan.campaigns import queries
from sidan.campaigns.enums import TOLD
from sidan.campaigns.feeds import written
from sidan.campaigns.permissions import NoSuchCampaign
from sidan.campaigns.views.shared import told_bars
from sidan.core.clock import business_date, now
from sidan.core.lists import filter_chips, query_of
from sidan.core.pagination import keyset_page
from sidan.places.nearby import place_near

PAGE_SIZE: Final = 24


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """What goes on in one's county, or what was."""
    near, text, which = place_near(request), query_of(request), request.GET.get("over", "")
    rows = queries.told(near=near, text=text, is_over="over" if which == "over" else "")
    page = keyset_page(
        rows=rows, sort="-first_day", cursor=request.GET.get("cursor") or None, limit=PAGE_SIZE
    )
    context: dict[str, Any] = {
        "page": page,
        "filters": filter_chips(
            request, name="over", choices=[("over", _("Over already"))], everything=_("Going on or coming")
        ),
        "query": text,
        "is_filtered": bool(text or which),
    }
    return render(request, "campaigns/campaigns.html", context)


@require_safe
def campaign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One campaign: how far it is, where it comes next, and what happened."""
    found = queries.campaign_by_uuid(uuid=uuid)
    if found.state not in TOLD:
        raise NoSuchCampaign
    happened = queries.happened(campaign=found)
    context = {
        "campaign": found,
        "bars": told_bars(queries.bars(campaign=found)),
        "ahead": queries.ahead_of(campaign=found, today=business_date(now())),
        "happened": [
            (record, record.activity if record.activity and record.activity.state not in UNTOLD else None)
            for record in happened
        ],
    }
    return render(request, "campaigns/public_campaign.html", context)


@require_safe
def feed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where it comes next, for the calendar of a telephone."""
    found = queries.campaign_by_uuid(uuid=uuid)
    if found.state not in TOLD:
        raise NoSuchCampaign
    ahead = queries.ahead_of(campaign=found, today=business_date(now()))
    content = written(campaign=found, stops=ahead, site=request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
