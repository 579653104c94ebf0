"""Campaigns over the API: what everybody reads of them."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from sidan.campaigns import queries
from sidan.campaigns.enums import TOLD
from sidan.campaigns.permissions import NoSuchCampaign
from sidan.campaigns.schemas import CampaignFarOut, CampaignOut, CampaignPageOut
from sidan.core.clock import business_date, now
from sidan.core.errors import NotFound
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

router = Router(tags=["campaigns"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Text = Annotated[str, Query(max_length=60)]


@router.get("", response=CampaignPageOut, auth=None, summary="Campaigns and tours that were announced")
def list_campaigns(
    request: HttpRequest, place: UUID | None = None, over: bool = False, q: Text = "", cursor: Cursor = None,
    limit: Limit = 24,
) -> CampaignPageOut:  # fmt: skip
    """What goes on in a county, or with `over` what was, the latest first. Open to all."""
    rows = queries.told(near=_place(place) if place else None, is_over="over" if over else "", text=q)
    page = keyset_page(rows=rows, sort="-first_day", cursor=cursor, limit=limit)
    items = [CampaignOut(**CampaignOut.facts(one)) for one in page.items]
    return CampaignPageOut(items=items, next_cursor=page.next_cursor)


@router.get("/{campaign_id}", response=CampaignFarOut, auth=None, summary="A campaign and how far it is")
def read_campaign(request: HttpRequest, campaign_id: UUID) -> CampaignFarOut:
    """One campaign with its targets, how far each is, and where it comes next. Open to all."""
    found = queries.campaign_by_uuid(uuid=campaign_id)
    if found.state not in TOLD:
        raise NoSuchCampaign
    ahead = queries.ahead_of(campaign=found, today=business_date(now()))
    return CampaignFarOut.told(found, queries.bars(campaign=found), ahead)


def _place(uuid: UUID) -> Place:
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found
