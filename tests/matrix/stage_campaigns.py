"""What stands on the stage of campaigns."""

import json
from datetime import timedelta
from typing import Any

from sidan.campaigns import operations
from sidan.campaigns.models import Campaign, Site, SiteKind, Stop, Target
from sidan.campaigns.operations import CampaignText, SiteFacts, Told
from sidan.core.clock import business_date, now
from tests.cast import Cast
from tests.matrix.stage_activities import make_activity

WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "announced": (),
    "running": ("run",),
    "ended": ("run", "end"),
}


def build_campaigns(cast: Cast, things: dict[str, Any]) -> None:
    """A campaign of the county in each state; of what is announced a site that is free, and stops at another."""
    made = {state: make_campaign(cast, state) for state in WAYS}
    campaign, actor = made["announced"], cast.practitioner.actor
    site, free = make_site(cast, campaign, "城北小学"), make_site(cast, campaign, "城北中学")
    target = Target.objects.filter(campaign=made["draft"]).get()
    own = operations.add_kind(actor=cast.manager.actor, at=now(), county=cast.places.center, name="凉亭")
    promised = make_activity(cast, "announced", "用电安全课")
    stop, of_activity = make_stop(cast, site, 0), make_stop(cast, site, 1)
    operations.promise_activity(actor=actor, at=now(), stop=of_activity, activity=promised)
    told = make_campaign(cast, "running")
    record = make_record(cast, make_site(cast, told, "城北小学"))
    rows = [["类别", "名称", "所在村"], ["学校", "城北幼儿园", cast.places.chengbei.name]]
    things |= {
        "campaign": campaign.uuid, "campaign_told": told.uuid, "campaign_site": site.uuid, "campaign_free": free.uuid,
        "campaign_stop": stop.uuid, "campaign_promised": of_activity.uuid, "campaign_record": record.uuid,
        "campaign_recorded": record.stop.uuid, "campaign_kind": own.uuid, "campaign_target_draft": target.uuid,
        "campaign_target": Target.objects.filter(campaign=campaign).get().uuid,
        "campaign_activity": make_activity(cast, "announced", "电力安全课").uuid,
        "campaign_school": SiteKind.objects.get(code="school").uuid, "campaign_rows": json.dumps(rows),
        "campaign_pasted": "\n".join("\t".join(row) for row in rows), "campaign_day": f"{business_date(now())}",
        "campaign_later": f"{business_date(now()) + timedelta(days=9)}",
        "campaign_last": f"{business_date(now()) + timedelta(days=40)}",
    }  # fmt: skip
    things |= {f"campaign_{state}": made[state].uuid for state in WAYS if state != "announced"}


def make_campaign(cast: Cast, state: str, name: str = "千村万场电力安全行") -> Campaign:
    """A campaign of the county that means to reach two schools."""
    today, actor = business_date(now()), cast.manager.actor
    text = CampaignText(
        kind="campaign", name=name, first_day=today - timedelta(days=20), last_day=today + timedelta(days=40),
        task="policy", answers="供电公司 李经理",
    )  # fmt: skip
    made = operations.draft_campaign(actor=actor, at=now(), place=cast.places.center, text=text)
    school = SiteKind.objects.get(code="school")
    operations.set_target(actor=actor, at=now(), campaign=made, kind=school, unit="places", amount=2)
    if state != "draft":
        operations.announce_campaign(actor=actor, at=now(), campaign=made)
    verbs = {"run": operations.begin_campaign, "end": operations.end_campaign}
    for verb in WAYS[state]:
        verbs[verb](actor=actor, at=now(), campaign=made)
    return made


def make_site(cast: Cast, campaign: Campaign, name: str) -> Site:
    facts = SiteFacts(cast.places.chengbei, SiteKind.objects.get(code="school"), name)
    operations.add_sites(actor=cast.manager.actor, at=now(), campaign=campaign, sites=[facts])
    rows = Site.unscoped.select_related("campaign", "place", "kind")
    return rows.get(campaign=campaign, name=name)


def make_stop(cast: Cast, site: Site, days: int) -> Stop:
    return operations.plan_stop(
        actor=cast.practitioner.actor, at=now(), site=site, day=business_date(now()) + timedelta(days=days)
    )


def make_record(cast: Cast, site: Site, days: int = 0) -> Any:
    """Written down by the practitioner; a second person has not said so yet."""
    told = Told(day=business_date(now()) - timedelta(days=days), people=30, leaflets=20)
    return operations.record_at(actor=cast.practitioner.actor, at=now(), site=site, told=told)
