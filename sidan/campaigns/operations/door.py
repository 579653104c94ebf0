"""The one door of a campaign: it moves where nobody took a turn in between, appends the step and tells of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.campaigns.enums import OPEN, CampaignState
from sidan.campaigns.events import CampaignMoved
from sidan.campaigns.models import Campaign, CampaignNote, CampaignStep
from sidan.campaigns.states import CAMPAIGN
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.turns import take_turn


class CampaignMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the campaign is in."""

    code = "campaign_moved_on"
    sentence = _("This campaign has moved on: it is now “%(state_words)s”. Please look at it again.")


def pass_door(*, campaign: Campaign, actor: Actor, at: datetime, verb: str, words: str = "") -> CampaignStep:
    """Move a campaign by a verb of the table, within the caller's transaction.

    Raises:
        CampaignMovedOn: the table does not allow it from this state, or another turn was taken since it was read.
    """
    before = claim_turn(campaign=campaign, at=at, verb=verb)
    return append_step(campaign=campaign, actor=actor, at=at, verb=verb, from_state=before, words=words)


def claim_turn(*, campaign: Campaign, at: datetime, verb: str) -> str:
    """Take the turn of a verb and return the state before it: it locks the campaign."""
    step = CAMPAIGN[verb]
    return take_turn(
        rows=Campaign.unscoped.all(), thing=campaign, sources=step.sources,
        target=step.reached_from(campaign.state), at=at, moved_on=moved_on,
    )  # fmt: skip


def append_step(
    *, campaign: Campaign, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> CampaignStep:
    """Write the step of the turn that the campaign has now, leave a trail and tell the listeners."""
    made = CampaignStep.objects.create(
        campaign=campaign, turn=campaign.turn, verb=verb, from_state=from_state, to_state=campaign.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        CampaignNote.objects.create(step=made, words=words)
    leave_trail(campaign=campaign, actor=actor, at=at, verb=verb)
    publish(
        CampaignMoved(
            campaign_id=campaign.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=campaign.state,
            place_id=campaign.place_id, county_id=campaign.county_id, at=at,
        )
    )  # fmt: skip
    return made


def leave_trail(
    *, campaign: Campaign, actor: Actor, at: datetime, verb: str, place_id: int | None = None, **facts: object
) -> None:
    """Write down who did what to which campaign, and at which place of it."""
    record(
        actor=actor, at=at, verb=f"campaign.{verb}", subject=("campaign", campaign.pk),
        place_id=place_id or campaign.place_id, county_id=campaign.county_id, **facts,
    )  # fmt: skip


def require_state(*, campaign: Campaign, states: frozenset[str] = frozenset(OPEN)) -> None:
    """Refuse what does not fit the state of the campaign. Raises CampaignMovedOn."""
    if campaign.state not in states:
        raise moved_on(campaign.state)


def lock_campaign(campaign: Campaign) -> Campaign:
    """Return the campaign as it is now; nobody else moves it, or adds to its sites, in this transaction."""
    return Campaign.unscoped.select_for_update(no_key=True).get(pk=campaign.pk)


def moved_on(state: str) -> CampaignMovedOn:
    """Build the answer for whoever came second."""
    return CampaignMovedOn(state=state, state_words=CampaignState(state).label)
