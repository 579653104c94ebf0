"""What campaigns tell people."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.campaigns.models import Campaign
from sidan.campaigns.permissions import PLANNING_ROLES
from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import accounts_with_roles
from sidan.places.queries import children_of

ANNOUNCED: Final = "campaign_announced"


def register() -> None:
    """Make the sentence known to the inbox."""
    register_kind(
        NoticeKind(
            code=ANNOUNCED, icon="route", goes_out=True, topic=Topic.OFFICE,
            sentence=_("%(place)s has announced “%(name)s”. Please look at what is to be reached at your place."),
        )
    )  # fmt: skip


def tell_below(*, campaign: Campaign, at: datetime, but: int | None) -> None:
    """Tell those who plan at the places right below."""
    told = {
        account
        for place in children_of(place_id=campaign.place_id)
        for account in accounts_with_roles(place_id=place.pk, roles=PLANNING_ROLES)
    }
    notify(
        account_ids=sorted(told - {but}), kind=ANNOUNCED, at=at, link=f"/console/campaigns/{campaign.uuid}/",
        facts={"place": campaign.place.short_name, "name": campaign.name},
    )  # fmt: skip
