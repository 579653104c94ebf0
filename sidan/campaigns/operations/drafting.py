"""Beginning a campaign, writing its head anew, and saying how much of what is to be done."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from sidan.campaigns.enums import IN_HAND, MOST_AMOUNT, CampaignState
from sidan.campaigns.models import Allotment, Campaign, SiteKind, Stop, Target
from sidan.campaigns.operations.door import append_step, claim_turn, lock_campaign, require_state
from sidan.campaigns.permissions import HOME_KINDS, NoSuchTarget, require_running, require_running_at
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict
from sidan.core.inputs import DAYS_TURNED_ROUND
from sidan.people.queries import person_of
from sidan.places.models import Place


class CampaignTurnedRound(AtField):
    code = "campaign_turned_round"
    field = "last_day"
    sentence = DAYS_TURNED_ROUND


class NotOfAnOffice(AtField):
    code = "campaign_not_of_an_office"
    field = "place"
    sentence = _("A campaign is one of a county or of a township. Please choose one of these.")


class StopsOutside(AtField):
    code = "campaign_stops_outside"
    field = "first_day"
    sentence = _("%(count)s stops would lie outside these days. Please move or call them off first.")


class TargetTooMuch(AtField):
    code = "target_too_much"
    field = "amount"
    sentence = _("Please give a number from 1 to %(most)s.")


class LessThanShared(AtField):
    code = "target_less_than_shared"
    field = "amount"
    sentence = _("%(shared)s of it are shared out already. Please take shares back first.")


class MoreThanTarget(AtField):
    code = "shared_more_than_target"
    sentence = _("These shares come to %(total)s: %(over)s more than the target of %(target)s.")


class NotRightBelow(AtField):
    code = "share_not_right_below"
    field = "place"
    sentence = _("Please choose a place right below the one whose campaign it is.")


class TargetsFixed(Conflict):
    code = "targets_fixed"
    sentence = _("The targets were announced: they are not made to fit what was done.")


@dataclass(frozen=True, slots=True)
class CampaignText:
    """The head of a campaign."""

    kind: str
    name: str
    first_day: date
    last_day: date
    task: str
    answers: str
    name_en: str = ""
    purpose: str = ""
    platform: str = ""


def draft_campaign(*, actor: Actor, at: datetime, place: Place, text: CampaignText) -> Campaign:
    """Begin a campaign of a county or a township. Raises NotYourCampaign, NotOfAnOffice, CampaignTurnedRound."""
    require_running_at(actor=actor, place=place)
    if place.kind not in HOME_KINDS:
        raise NotOfAnOffice
    _check(text)
    with transaction.atomic():
        campaign = Campaign.unscoped.create(
            place=place, county_id=place.county_id, state=CampaignState.DRAFT, state_since=at, created_at=at,
            created_by=person_of(actor), **asdict(text),
        )  # fmt: skip
        append_step(campaign=campaign, actor=actor, at=at, verb="draft", from_state="")
    return campaign


def edit_campaign(*, actor: Actor, at: datetime, campaign: Campaign, text: CampaignText) -> Campaign:
    """Write the head of a draft anew. Raises NotYourCampaign, CampaignTurnedRound, StopsOutside, CampaignMovedOn."""
    require_running(actor=actor, campaign=campaign)
    _check(text)
    with transaction.atomic():
        before = claim_turn(campaign=campaign, at=at, verb="edit")
        stops = Stop.unscoped.filter(campaign=campaign).exclude(state="called_off")
        outside = stops.exclude(day__range=(text.first_day, text.last_day)).count()
        if outside:
            raise StopsOutside(count=outside)
        facts = asdict(text)
        for name, value in facts.items():
            setattr(campaign, name, value)
        campaign.save(update_fields=[*facts, "search"])
        append_step(campaign=campaign, actor=actor, at=at, verb="edit", from_state=before)
    return campaign


@transaction.atomic
def set_target(
    *, actor: Actor, at: datetime, campaign: Campaign, kind: SiteKind | None, unit: str, amount: int
) -> Target:
    """Say how much of what is to be done; said again, the latest holds. While it is a draft.

    Raises:
        NotYourCampaign, TargetTooMuch, TargetsFixed, LessThanShared, CampaignMovedOn
    """
    require_running(actor=actor, campaign=campaign)
    if not 1 <= amount <= MOST_AMOUNT:
        raise TargetTooMuch(most=f"{MOST_AMOUNT:,}")
    before = _claim_draft(campaign, at)
    there = Target.objects.select_for_update().filter(campaign=campaign, kind=kind, unit=unit).first()
    if there is None:
        there = Target.objects.create(campaign=campaign, kind=kind, unit=unit, amount=amount)
    else:
        _refuse_less(amount, _shared(there))
        there.amount = amount
        there.save(update_fields=["amount"])
    append_step(campaign=campaign, actor=actor, at=at, verb="edit", from_state=before)
    return there


@transaction.atomic
def remove_target(*, actor: Actor, at: datetime, campaign: Campaign, target: Target) -> None:
    """Take a target out of a draft, with its shares. Raises NotYourCampaign, TargetsFixed, NoSuchTarget."""
    require_running(actor=actor, campaign=campaign)
    before = _claim_draft(campaign, at)
    if not Target.objects.filter(pk=target.pk, campaign=campaign).delete()[0]:
        raise NoSuchTarget
    append_step(campaign=campaign, actor=actor, at=at, verb="edit", from_state=before)


@transaction.atomic
def share_out(
    *, actor: Actor, at: datetime, campaign: Campaign, target: Target, shares: Mapping[Place, int]
) -> None:
    """Say how much of a target each place right below has to do; who is not named, or with nothing, has no share.

    Raises:
        NotYourCampaign, NoSuchTarget, NotRightBelow, MoreThanTarget
        CampaignMovedOn: it is over, or somebody took a turn since it was read, be it another sharing out.
    """
    require_running(actor=actor, campaign=campaign)
    require_state(campaign=lock_campaign(campaign), states=frozenset(IN_HAND))
    row = Target.objects.select_for_update().filter(pk=target.pk, campaign=campaign).first()
    if row is None:
        raise NoSuchTarget
    if any(place.parent_id != campaign.place_id for place in shares):
        raise NotRightBelow
    total = sum(shares.values())
    if total > row.amount:
        raise MoreThanTarget(total=f"{total:,}", over=f"{total - row.amount:,}", target=f"{row.amount:,}")
    before = claim_turn(campaign=campaign, at=at, verb="share_out")
    Allotment.objects.filter(target=row).delete()
    Allotment.objects.bulk_create(
        Allotment(target=row, place=place, amount=amount) for place, amount in shares.items() if amount
    )
    append_step(campaign=campaign, actor=actor, at=at, verb="share_out", from_state=before)


def _claim_draft(campaign: Campaign, at: datetime) -> str:
    if campaign.state != CampaignState.DRAFT:
        raise TargetsFixed
    return claim_turn(campaign=campaign, at=at, verb="edit")


def _shared(target: Target) -> int:
    return int(Allotment.objects.filter(target=target).aggregate(sum=Sum("amount"))["sum"] or 0)


def _refuse_less(amount: int, shared: int) -> None:
    if amount < shared:
        raise LessThanShared(shared=f"{shared:,}")


def _check(text: CampaignText) -> None:
    if text.last_day < text.first_day:
        raise CampaignTurnedRound
