"""A county that brings something to its villages, schools and firms."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sidan.activities import operations as activities
from sidan.activities.models import Activity
from sidan.bookings.policies import Span
from sidan.campaigns import operations, queries
from sidan.campaigns.models import Campaign, Site, SiteKind, Stop, StopRecord, Target
from sidan.campaigns.operations import CampaignText, SiteFacts, Told
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.scope import everything
from sidan.places.models import Place
from tests.cast import Cast
from tests.factories import AT

TODAY = business_date(AT)


def text(**changes: Any) -> CampaignText:
    facts: dict[str, Any] = {
        "kind": "campaign", "name": "千村万场电力安全行", "first_day": TODAY - timedelta(days=30),
        "last_day": TODAY + timedelta(days=60), "task": "policy", "answers": "供电公司 李经理",
    }  # fmt: skip
    return CampaignText(**{**facts, **changes})


def kind(code: str) -> SiteKind:
    return SiteKind.objects.get(code=code)


def make_villages(cast: Cast) -> None:
    """The stations of the cast are villages, its institutes townships."""
    Place.objects.filter(kind="station").update(setting="village")
    Place.objects.filter(kind="institute").update(setting="township")


def drafted(cast: Cast, **changes: Any) -> Campaign:
    make_villages(cast)
    return operations.draft_campaign(
        actor=cast.manager.actor, at=AT, place=cast.places.center, text=text(**changes)
    )


def meant(cast: Cast, campaign: Campaign, code: str, unit: str, amount: int) -> Target:
    return operations.set_target(
        actor=cast.manager.actor,
        at=AT,
        campaign=campaign,
        kind=kind(code) if code else None,
        unit=unit,
        amount=amount,
    )


def announced(cast: Cast, **changes: Any) -> Campaign:
    """Three villages are to be reached, two schools, and a hundred leaflets handed out."""
    campaign = drafted(cast, **changes)
    meant(cast, campaign, "village", "places", 3)
    meant(cast, campaign, "school", "places", 2)
    meant(cast, campaign, "", "leaflets", 100)
    operations.announce_campaign(actor=cast.manager.actor, at=AT, campaign=campaign)
    schools = [
        SiteFacts(cast.places.chengbei, kind("school"), "城北小学"),
        SiteFacts(cast.places.chengbei, kind("school"), "城北中学"),
    ]
    operations.add_sites(actor=cast.manager.actor, at=AT, campaign=campaign, sites=schools)
    return campaign


def site(campaign: Campaign, name: str) -> Site:
    with everything("test"):
        rows = Site.objects.filter(campaign=campaign).select_related("campaign", "place", "kind")
        return rows.get(name=name) if rows.filter(name=name).exists() else rows.get(name="", place__name=name)


def school(campaign: Campaign) -> Site:
    return site(campaign, "城北小学")


def village(cast: Cast, campaign: Campaign) -> Site:
    return site(campaign, cast.places.chengbei.name)


def planned(cast: Cast, campaign: Campaign, day: date = TODAY, clock: time | None = None) -> Stop:
    return operations.plan_stop(
        actor=cast.practitioner.actor, at=AT, site=school(campaign), day=day, clock=clock
    )


def told(day: date = TODAY, **changes: Any) -> Told:
    return Told(**{"day": day, "people": 40, "leaflets": 30, "checks": 2, **changes})


def recorded(
    cast: Cast, where: Site, day: date = TODAY, *, is_confirmed: bool = True, **changes: Any
) -> StopRecord:
    """Written down by the practitioner, and said by the grid keeper, too."""
    made = operations.record_at(actor=cast.practitioner.actor, at=AT, site=where, told=told(day, **changes))
    if is_confirmed:
        operations.give_word(actor=cast.grid_keeper.actor, at=AT, record=made)
    return made


def held(
    cast: Cast, *, hour: int = 1, heads: int = 60, state: str = "end", place: Place | None = None
) -> Activity:
    """An activity at Chengbei some hours ago, at which heads were counted."""
    begins = AT - timedelta(hours=hour + 2)
    plan = activities.Plan(
        kind="activity", title="安全用电讲座", task="policy", venue="城北小学", risks="无",
        span=Span(begins, begins + timedelta(hours=2)), signup_from=begins - timedelta(hours=3),
    )  # fmt: skip
    actor, at = (cast.mallory if place else cast.practitioner).actor, begins - timedelta(hours=4)
    made = activities.draft_activity(actor=actor, at=at, place=place or cast.places.chengbei, plan=plan)
    activities.submit_activity(actor=actor, at=at, activity=made)
    activities.announce_activity(actor=(cast.mallory if place else cast.director).actor, at=at, activity=made)
    made = Activity.unscoped.get(pk=made.pk)
    if state == "announce":
        return made
    if made.state == "announced":
        activities.open_activity(actor=actor, at=at, activity=made)
    activities.run_activity(actor=actor, at=begins, activity=made)
    activities.count_heads(actor=actor, at=begins + timedelta(hours=1), activity=made, people=heads)
    activities.end_activity(actor=actor, at=begins + timedelta(hours=2), activity=made)
    return Activity.unscoped.get(pk=made.pk)


def done(campaign: Campaign) -> dict[tuple[str, str], int]:
    """How far each target is, by its kind and its unit."""
    return {
        (bar.kind.code if bar.kind else "", bar.target.unit): bar.progress.done
        for bar in queries.bars(campaign=campaign)
    }


def moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), BUSINESS_ZONE)
