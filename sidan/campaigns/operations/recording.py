"""What proves a stop: an activity, an order, a record on the spot; a second person's word, and the counter-record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.activities.queries import attendance_of
from sidan.campaigns.enums import MOST_PEOPLE, CampaignState, StopState, Way
from sidan.campaigns.models import (
    Campaign,
    Site,
    Stop,
    StopCounter,
    StopCounterText,
    StopRecord,
    StopText,
    StopWord,
)
from sidan.campaigns.notices import ask_for_word
from sidan.campaigns.operations.door import leave_trail, lock_campaign, pass_door, require_state
from sidan.campaigns.operations.sites import check_day
from sidan.campaigns.operations.stops import (
    ActivityNotFitting,
    check_fitting,
    is_over,
    locked_stop,
    read_campaign,
    told_once,
    written_stop,
)
from sidan.campaigns.permissions import NotYourStop, may_take_back, require_recording
from sidan.campaigns.queries.finding import day_served
from sidan.core.actor import SYSTEM, Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict, require_words
from sidan.files.models import StoredFile
from sidan.orders.models import Order
from sidan.people.permissions import require_signed_in
from sidan.places.queries import stands_within


class StillToCome(AtField):
    code = "stop_still_to_come"
    field = "day"
    sentence = _("This day is still to come. What is written down has happened.")


class SoMuch(AtField):
    code = "stop_so_much"
    field = "people"
    sentence = _("Please give numbers from 0 to %(most)s.")


class OrderNotFitting(AtField):
    code = "order_not_of_this_campaign"
    field = "order"
    sentence = _(
        "Please give the number of an order that was served at this place, within the days of the campaign."
    )


class OwnWord(NotYourStop):
    code = "own_word"
    sentence = _("Whoever wrote it down cannot be the second person. Please ask a colleague.")


class NoWordNeeded(Conflict):
    code = "no_word_needed"
    sentence = _("This record needs no second person any more. Please look at it again.")


class TakenBackAlready(Conflict):
    code = "record_taken_back_already"
    sentence = _("This record was taken back already.")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a stop. The people are those of the activity where one proves it."""

    day: date
    people: int = 0
    leaflets: int = 0
    checks: int = 0
    words: str = ""

    def check(self, *, today: date) -> None:
        """Refuse what cannot have been. Raises StillToCome, SoMuch."""
        if self.day > today:
            raise StillToCome
        if not all(0 <= number <= MOST_PEOPLE for number in (self.people, self.leaflets, self.checks)):
            raise SoMuch(most=f"{MOST_PEOPLE:,}")


def record_at(
    *, actor: Actor, at: datetime, site: Site, told: Told, photo: StoredFile | None = None
) -> StopRecord:
    """Write down that a site was reached: the stop that was planned for that day is it, or a new one.

    Raises:
        NotYourStop, CampaignMovedOn, StopOutside, StillToCome, SoMuch, StopThere, NoSuchSite
    """
    require_recording(actor=actor, site=site)
    told.check(today=business_date(at))
    with told_once(), transaction.atomic():
        campaign = _under_way(site.campaign_id, actor, at)
        check_day(campaign=campaign, day=told.day)
        planned = Stop.unscoped.filter(site=site, day=told.day, state=StopState.PLANNED).order_by(
            "clock", "id"
        )
        stop = planned.first() or written_stop(actor, at, site, told.day, None)
        return _on_the_spot(actor, at, campaign, stop, told, photo)


def record_stop(
    *, actor: Actor, at: datetime, stop: Stop, told: Told, photo: StoredFile | None = None
) -> StopRecord:
    """Write down on the spot what came of a planned stop; without a picture a second person has to say so too.

    Raises:
        NotYourStop, CampaignMovedOn, StopMovedOn, StopOutside, StillToCome, SoMuch
    """
    require_recording(actor=actor, site=stop.site)
    told.check(today=business_date(at))
    with transaction.atomic():
        campaign = _under_way(stop.campaign_id, actor, at)
        check_day(campaign=campaign, day=told.day)
        return _on_the_spot(actor, at, campaign, stop, told, photo)


def _on_the_spot(
    actor: Actor, at: datetime, campaign: Campaign, stop: Stop, told: Told, photo: StoredFile | None
) -> StopRecord:
    locked_stop(stop, "prove")
    return _written(campaign, actor, at, stop=stop, way=Way.SPOT, told=told, photo=photo, people=told.people)


def prove_by_activity(
    *, actor: Actor, at: datetime, stop: Stop, activity: Activity, told: Told | None = None
) -> StopRecord:
    """Say that an activity was this stop; how many came is what was counted there, the rest waits for a second word.

    Raises:
        NotYourStop, CampaignMovedOn, StopMovedOn, ActivityNotFitting, StandsForAnother, SoMuch
    """
    if actor is not SYSTEM:
        require_recording(actor=actor, site=stop.site)
    if not is_over(activity):
        raise ActivityNotFitting
    day = business_date(activity.span.begins)
    said = told or Told(day=day)
    said.check(today=business_date(at))
    if day > business_date(at):
        raise ActivityNotFitting
    with told_once(), transaction.atomic():
        campaign = _under_way(stop.campaign_id, actor, at)
        row = locked_stop(stop, "prove")
        check_fitting(campaign=campaign, site=row.site, activity=activity)
        row.activity = activity
        row.save(update_fields=["activity"])
        return _written(
            campaign, actor, at, stop=row, way=Way.ACTIVITY, activity=activity, told=said, day=day,
            people=people_at(activity),
        )  # fmt: skip


def prove_by_order(*, actor: Actor, at: datetime, stop: Stop, order: Order, told: Told) -> StopRecord:
    """Say that an order that was served was this stop.

    Raises:
        NotYourStop, CampaignMovedOn, StopMovedOn, OrderNotFitting, StandsForAnother, SoMuch
    """
    require_recording(actor=actor, site=stop.site)
    told.check(today=business_date(at))
    with told_once(), transaction.atomic():
        campaign = _under_way(stop.campaign_id, actor, at)
        day = day_served(order=order)
        row = locked_stop(stop, "prove")
        is_here = stands_within(place_id=order.origin_place_id, root_ids=(row.site.place_id,))
        if order.is_private or day is None or not campaign.holds(day) or not is_here:
            raise OrderNotFitting
        row.order = order
        row.save(update_fields=["order"])
        return _written(
            campaign, actor, at, stop=row, way=Way.ORDER, order=order, told=told, day=day,
            people=max(1, told.people),
        )  # fmt: skip


def file_stops_of(*, at: datetime, activity_id: int) -> None:
    """Prove the stops that wait for an activity, which was filed; of a campaign that is over nothing changes."""
    activity = Activity.unscoped.get(pk=activity_id)
    waiting = Stop.unscoped.filter(
        activity=activity, state=StopState.PLANNED,
        campaign__state__in=[CampaignState.ANNOUNCED, CampaignState.RUNNING],
    )  # fmt: skip
    for stop in waiting.select_related("site", "campaign"):
        day = business_date(activity.span.begins)
        if stop.campaign.holds(day) and day <= business_date(at):
            prove_by_activity(actor=SYSTEM, at=at, stop=stop, activity=activity)


@transaction.atomic
def give_word(*, actor: Actor, at: datetime, record: StopRecord) -> StopWord:
    """Say as a second person that a record, or what was typed beside its proof, is right: from now on it counts.

    Raises:
        NotYourStop, OwnWord, TakenBackAlready, NoWordNeeded
    """
    site = record.stop.site
    require_recording(actor=actor, site=site)
    account_id, _person_id = require_signed_in(actor=actor)
    if record.by_id == account_id:
        raise OwnWord
    _lock_standing(record)
    if not record.needs_word or StopWord.objects.filter(record=record).exists():
        raise NoWordNeeded
    made = StopWord.objects.create(record=record, by_id=account_id, at=at)
    leave_trail(campaign=record.stop.campaign, actor=actor, at=at, verb="give_word", place_id=site.place_id)
    return made


@transaction.atomic
def take_record_back(*, actor: Actor, at: datetime, record: StopRecord, words: str) -> StopCounter:
    """Take a record back by a counter-record: it counts no longer, and the stop is to come again.

    Raises:
        NotYourStop, SayWhy, TakenBackAlready
    """
    site = record.stop.site
    account_id, _person_id = require_signed_in(actor=actor)
    if not may_take_back(actor=actor, site=site, record=record):
        raise NotYourStop
    require_words(words)
    _lock_standing(record)
    made = StopCounter.objects.create(record=record, by_id=account_id, at=at)
    StopCounterText.objects.create(counter=made, words=words.strip())
    leave_trail(campaign=record.stop.campaign, actor=actor, at=at, verb="take_back", place_id=site.place_id)
    return made


def people_at(activity: Activity) -> int:
    """Return how many an activity reached: the guests that were marked, or the heads where there were more."""
    came = attendance_of(activity=activity)
    return min(MOST_PEOPLE, max(came.guests, came.heads or 0))


def _lock_standing(record: StopRecord) -> None:
    Stop.unscoped.select_for_update().get(pk=record.stop_id)
    if StopCounter.objects.filter(record=record).exists():
        raise TakenBackAlready


def _under_way(campaign_id: int, actor: Actor, at: datetime) -> Campaign:
    """Return a campaign that goes on: the first stop that is written down begins it. Raises CampaignMovedOn."""
    campaign = read_campaign(campaign_id)
    if campaign.state == CampaignState.ANNOUNCED:
        campaign = lock_campaign(campaign)
        if campaign.state == CampaignState.ANNOUNCED:
            pass_door(campaign=campaign, actor=actor, at=at, verb="run")
    require_state(campaign=campaign)
    return campaign


def _written(
    campaign: Campaign, actor: Actor, at: datetime, *, stop: Stop, way: str, told: Told, people: int,
    day: date | None = None, **proof: Any,
) -> StopRecord:  # fmt: skip
    made = StopRecord.objects.create(
        stop=stop, way=way, day=day or told.day, people=people, leaflets=told.leaflets, checks=told.checks,
        by_id=actor.account_id, at=at, **proof,
    )  # fmt: skip
    if told.words.strip():
        StopText.objects.create(record=made, words=told.words.strip())
    if made.needs_word:
        ask_for_word(record=made, campaign=campaign, at=at)
    leave_trail(
        campaign=campaign, actor=actor, at=at, verb="record_stop", place_id=stop.site.place_id, way=way
    )
    return made
