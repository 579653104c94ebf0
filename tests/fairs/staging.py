"""A fair of Xunwu with stalls, for the tests of this folder."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sidan.activities import operations as activities
from sidan.activities.models import Activity
from sidan.activities.operations import Plan
from sidan.bookings.policies import Span
from sidan.fairs import operations
from sidan.fairs.models import ServiceKind, Stall, Stallholder
from tests.cast import Cast
from tests.factories import AT

BEGINS = AT + timedelta(days=1, hours=2)
DURING = BEGINS + timedelta(hours=1)
PLAN = Plan(
    kind="fair", title="文明夜市", title_en="Saturday night fair", task="customs",
    span=Span(BEGINS, BEGINS + timedelta(hours=3)), venue="滨江广场", risks="人多，看好孩子",
)  # fmt: skip


def a_fair(cast: Cast, *, days: int = 0, **changes: Any) -> Activity:
    """A fair of the county that everybody was told of."""
    span = Span(*(moment + timedelta(days=days) for moment in PLAN.span))
    at = min(AT, span.begins - timedelta(days=1))
    plan = replace(PLAN, span=span, **changes)
    made = activities.draft_activity(actor=cast.manager.actor, at=at, place=cast.places.center, plan=plan)
    activities.submit_activity(actor=cast.manager.actor, at=at, activity=made)
    activities.announce_activity(actor=cast.manager.actor, at=at, activity=made)
    return Activity.unscoped.select_related("place").get(pk=made.pk)


def begun(fair: Activity) -> Activity:
    """The fair after its beginning."""
    activities.advance_activity(at=fair.span.begins, activity_id=fair.pk)
    return Activity.unscoped.select_related("place").get(pk=fair.pk)


def over(fair: Activity) -> Activity:
    """The fair after its end."""
    begun(fair)
    activities.advance_activity(at=fair.span.ends, activity_id=fair.pk)
    return Activity.unscoped.select_related("place").get(pk=fair.pk)


def stalls(cast: Cast, fair: Activity, count: int = 3, *, at: datetime = AT) -> list[Stall]:
    kind = ServiceKind.unscoped.order_by("position")[:1]
    return operations.add_stalls(
        actor=cast.manager.actor, at=at, activity=fair, count=count, spot="北排", kinds=list(kind)
    )


def given_to(cast: Cast, stall: Stall) -> Stallholder:
    return operations.place_team(actor=cast.manager.actor, at=AT, stall=stall, team=cast.team)


def asked(cast: Cast, fair: Activity, stall: Stall | None = None) -> Stallholder:
    return operations.ask_for_stall(
        actor=cast.leader.actor, at=AT, activity=fair, team=cast.team, offers="义剪", stall=stall
    )
