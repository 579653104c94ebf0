"""What campaigns tell people."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.campaigns.models import Campaign, StopRecord
from sidan.campaigns.permissions import PLANNING_ROLES, RECORDING_ROLES
from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import accounts_with_roles
from sidan.places.queries import children_of

ANNOUNCED: Final = "campaign_announced"
WORD_WANTED: Final = "campaign_word_wanted"


def register() -> None:
    """Make the sentence known to the inbox."""
    register_kind(
        NoticeKind(
            code=ANNOUNCED, icon="route", goes_out=True, topic=Topic.OFFICE,
            sentence=_("%(place)s has announced “%(name)s”. Please look at what is to be reached at your place."),
        )
    )  # fmt: skip
    register_kind(
        NoticeKind(
            code=WORD_WANTED, icon="eye", goes_out=True, topic=Topic.OFFICE,
            sentence=_("“%(name)s”: what was written down at %(site)s counts once a second person has confirmed it."),
        )
    )  # fmt: skip


def ask_for_word(*, record: StopRecord, campaign: Campaign, at: datetime) -> None:
    """Ask those who work at the site, or at the nearest place above where there is somebody else, for their word."""
    site = record.stop.site
    besides = [record.by_id] if record.by_id else []
    notify(
        account_ids=accounts_with_roles(place_id=site.place_id, roles=RECORDING_ROLES, besides=besides),
        kind=WORD_WANTED, at=at, effect=f"campaign-record:{record.pk}",
        link=f"/console/campaigns/{campaign.uuid}/stops/{record.stop.uuid}/",
        facts={
            "name": campaign.name, "name_en": campaign.name_en or campaign.name,
            "site": site.name or site.place.short_name,
        },
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
