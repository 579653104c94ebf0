"""Planning stops: on which day which site is reached, moved, called off, and by which activity."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import OVER
from sidan.activities.models import Activity
from sidan.campaigns.enums import IN_HAND, StopState
from sidan.campaigns.models import Campaign, Site, Stop
from sidan.campaigns.models.stops import ACTIVITY_ONCE, ORDER_ONCE, STOP_ONCE
from sidan.campaigns.operations.door import leave_trail, require_state
from sidan.campaigns.operations.sites import check_day
from sidan.campaigns.permissions import NoSuchSite, require_planning_at
from sidan.campaigns.queries.finding import where_held
from sidan.campaigns.states import STOP
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.people.queries import person_of
from sidan.places.queries import stands_within

CALLED_OFF_TOO = frozenset({"dropped", "cancelled"})


class StopMovedOn(Conflict):
    code = "stop_moved_on"
    sentence = _("This stop has moved on: it is now “%(state_words)s”. Please look at it again.")


class StopThere(AtField):
    code = "stop_there"
    field = "day"
    sentence = _("There is a stop here at this time already. Please choose another day or time.")


class StandsForAnother(AtField):
    code = "stands_for_another_stop"
    field = "activity"
    sentence = _("This proves another stop of the campaign already. Each proves one.")


class ActivityNotFitting(AtField):
    code = "activity_not_of_this_campaign"
    field = "activity"
    sentence = _(
        "Please choose an activity that is held at this place, within the days of the campaign, and not called off."
    )


def plan_stop(*, actor: Actor, at: datetime, site: Site, day: date, clock: time | None = None) -> Stop:
    """Say when a site is reached. Raises NotYourStop, CampaignMovedOn, NoSuchSite, StopOutside, StopThere."""
    require_planning_at(actor=actor, place_id=site.place_id, county_id=site.county_id)
    with told_once(), transaction.atomic():
        campaign = read_campaign(site.campaign_id)
        require_state(campaign=campaign, states=frozenset(IN_HAND))
        check_day(campaign=campaign, day=day)
        stop = written_stop(actor, at, site, day, clock)
        leave_trail(campaign=campaign, actor=actor, at=at, verb="plan_stop", place_id=site.place_id)
    return stop


def move_stop(*, actor: Actor, at: datetime, stop: Stop, day: date, clock: time | None) -> Stop:
    """Choose another day or time. Raises NotYourStop, CampaignMovedOn, StopMovedOn, StopOutside, StopThere."""
    _require_ours(actor, stop)
    with told_once(), transaction.atomic():
        row, campaign = _claimed(stop, "move")
        check_day(campaign=campaign, day=day)
        row.day, row.clock = day, clock
        row.save(update_fields=["day", "clock"])
        leave_trail(campaign=campaign, actor=actor, at=at, verb="move_stop", place_id=stop.site.place_id)
    return row


def call_stop_off(*, actor: Actor, at: datetime, stop: Stop) -> Stop:
    """Say that it is not reached on that day. Raises NotYourStop, CampaignMovedOn, StopMovedOn."""
    _require_ours(actor, stop)
    with transaction.atomic():
        row, campaign = _claimed(stop, "call_off")
        row.state, row.activity = StopState.CALLED_OFF, None
        row.save(update_fields=["state", "activity"])
        leave_trail(campaign=campaign, actor=actor, at=at, verb="call_off_stop", place_id=stop.site.place_id)
    return row


def promise_activity(*, actor: Actor, at: datetime, stop: Stop, activity: Activity) -> Stop:
    """Say what is held at a stop: it proves it as soon as it is filed.

    Raises:
        NotYourStop, CampaignMovedOn, StopMovedOn, ActivityNotFitting, StandsForAnother
    """
    _require_ours(actor, stop)
    with told_once(), transaction.atomic():
        row, campaign = _claimed(stop, "move")
        check_fitting(campaign=campaign, site=row.site, activity=activity)
        row.activity = activity
        row.save(update_fields=["activity"])
        leave_trail(
            campaign=campaign, actor=actor, at=at, verb="promise_activity", place_id=stop.site.place_id
        )
    return row


def let_activity_go(*, actor: Actor, at: datetime, stop: Stop) -> Stop:
    """Say that an activity is not held for a stop after all. Raises NotYourStop, CampaignMovedOn, StopMovedOn."""
    _require_ours(actor, stop)
    with transaction.atomic():
        row, campaign = _claimed(stop, "move")
        row.activity = None
        row.save(update_fields=["activity"])
        leave_trail(
            campaign=campaign, actor=actor, at=at, verb="let_activity_go", place_id=stop.site.place_id
        )
    return row


def lose_activity(*, activity_id: int) -> None:
    """Free the stop of an activity that was dropped or called off: it has to be planned anew."""
    Stop.unscoped.filter(activity=activity_id, state=StopState.PLANNED).update(activity=None)


def check_fitting(*, campaign: Campaign, site: Site, activity: Activity) -> None:
    """Refuse an activity that is not held at the site, on another day, or called off. Raises ActivityNotFitting."""
    is_here = any(
        stands_within(place_id=place_id, root_ids=(site.place_id,))
        for place_id in where_held(activity=activity)
    )
    is_then = campaign.holds(business_date(activity.span.begins))
    if not is_here or not is_then or activity.state in CALLED_OFF_TOO:
        raise ActivityNotFitting


def is_over(activity: Activity) -> bool:
    """Tell whether an activity can prove a stop now."""
    return activity.state in OVER


def written_stop(actor: Actor, at: datetime, site: Site, day: date, clock: time | None) -> Stop:
    """Write a stop at a site that is there still, within the caller's transaction. Raises NoSuchSite."""
    if not Site.unscoped.select_for_update(no_key=True).filter(pk=site.pk).exists():
        raise NoSuchSite
    return Stop.unscoped.create(
        campaign_id=site.campaign_id,
        site=site,
        day=day,
        clock=clock,
        created_at=at,
        created_by=person_of(actor),
    )


def read_campaign(campaign_id: int) -> Campaign:
    """Return a campaign as it is now, whoever asks."""
    return Campaign.unscoped.get(pk=campaign_id)


@contextmanager
def told_once() -> Iterator[None]:
    """Tell in words what the database keeps from being there twice. Raises StopThere, StandsForAnother."""
    with (
        told_when(constraint=STOP_ONCE, refusal=StopThere),
        told_when(constraint=ACTIVITY_ONCE, refusal=StandsForAnother),
        told_when(constraint=ORDER_ONCE, refusal=StandsForAnother),
    ):
        yield


def locked_stop(stop: Stop, verb: str) -> Stop:
    """Return a stop as it is now, which nobody else changes meanwhile. Raises StopMovedOn."""
    row = Stop.unscoped.select_for_update().get(pk=stop.pk)
    if row.state not in STOP[verb].sources:
        raise StopMovedOn(state=row.state, state_words=StopState(row.state).label)
    return row


def _claimed(stop: Stop, verb: str) -> tuple[Stop, Campaign]:
    campaign = read_campaign(stop.campaign_id)
    require_state(campaign=campaign, states=frozenset(IN_HAND))
    return locked_stop(stop, verb), campaign


def _require_ours(actor: Actor, stop: Stop) -> None:
    require_planning_at(actor=actor, place_id=stop.site.place_id, county_id=stop.site.county_id)
