"""The way of a campaign: announced, under way, over; broken off, taken up again, dropped."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.campaigns.models import Campaign, Target
from sidan.campaigns.notices import tell_below
from sidan.campaigns.operations.door import pass_door
from sidan.campaigns.operations.sites import put_network_in
from sidan.campaigns.permissions import require_running
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, require_words


class NothingMeant(Conflict):
    code = "campaign_without_target"
    sentence = _("Nothing is said yet of what is to be reached. Please set a target first.")


@transaction.atomic
def announce_campaign(*, actor: Actor, at: datetime, campaign: Campaign) -> Campaign:
    """Tell everybody of a campaign; its targets are fixed from now on, and those who work below are told.

    Raises:
        NotYourCampaign, CampaignMovedOn, NothingMeant
    """
    require_running(actor=actor, campaign=campaign)
    pass_door(campaign=campaign, actor=actor, at=at, verb="announce")
    if not Target.objects.filter(campaign=campaign).exists():
        raise NothingMeant
    put_network_in(campaign=campaign, actor=actor, at=at)
    tell_below(campaign=campaign, at=at, but=actor.account_id)
    return campaign


def begin_campaign(*, actor: Actor, at: datetime, campaign: Campaign) -> Campaign:
    """Say that it is under way. Raises NotYourCampaign, CampaignMovedOn."""
    return _moved(actor, at, campaign, "run")


def end_campaign(*, actor: Actor, at: datetime, campaign: Campaign) -> Campaign:
    """Say that it is over. Raises NotYourCampaign, CampaignMovedOn."""
    return _moved(actor, at, campaign, "end")


def resume_campaign(*, actor: Actor, at: datetime, campaign: Campaign) -> Campaign:
    """Go on with what was ended or broken off. Raises NotYourCampaign, CampaignMovedOn."""
    return _moved(actor, at, campaign, "resume")


def drop_campaign(*, actor: Actor, at: datetime, campaign: Campaign) -> Campaign:
    """Drop a draft. Raises NotYourCampaign, CampaignMovedOn."""
    return _moved(actor, at, campaign, "drop")


def stop_campaign(*, actor: Actor, at: datetime, campaign: Campaign, words: str) -> Campaign:
    """Break it off and say why. Raises NotYourCampaign, SayWhy, CampaignMovedOn."""
    require_running(actor=actor, campaign=campaign)
    require_words(words)
    with transaction.atomic():
        pass_door(campaign=campaign, actor=actor, at=at, verb="stop", words=words.strip())
    return campaign


@transaction.atomic
def _moved(actor: Actor, at: datetime, campaign: Campaign, verb: str) -> Campaign:
    require_running(actor=actor, campaign=campaign)
    pass_door(campaign=campaign, actor=actor, at=at, verb=verb)
    return campaign
