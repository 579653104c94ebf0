"""What stands on the stage of activities."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sidan.activities import operations
from sidan.activities.models import Activity
from sidan.activities.operations import Plan
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from tests.cast import Cast

WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "review": ("submit",),
    "announced": ("submit", "announce"),
    "open": ("submit", "announce", "open"),
    "running": ("submit", "announce", "open", "run"),
    "ended": ("submit", "announce", "open", "run", "end"),
}
ACTS = {
    "submit": operations.submit_activity, "announce": operations.announce_activity, "open": operations.open_activity,
    "run": operations.run_activity, "end": operations.end_activity,
}  # fmt: skip


def build_activities(cast: Cast, things: dict[str, Any]) -> None:
    """An activity in each state, all some days ahead."""
    for state in WAYS:
        things[f"activity_{state}"] = make_activity(cast, state).uuid
    begins = ahead(4, 9)
    things |= {
        "activity_begins": begins.isoformat(),
        "activity_ends": (begins + timedelta(hours=2)).isoformat(),
    }


def make_activity(cast: Cast, state: str, title: str = "重阳敬老") -> Activity:
    """Bring an activity of Chengbei to a state; it opens later than it is announced."""
    begins = ahead(3, 9)
    plan = replace(a_plan(Span(begins, begins + timedelta(hours=2))), title=title, signup_from=begins)
    made = operations.draft_activity(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, plan=plan
    )
    for verb in WAYS[state]:
        ACTS[verb](actor=cast.practitioner.actor, at=now(), activity=made)
    return made


def a_plan(span: Span) -> Plan:
    return Plan(
        kind="activity", title="重阳敬老", task="values", span=span, venue="文化广场", risks="地面湿滑，请慢行。",
        about="给老人理发、量血压。", audience=["elder"],
    )  # fmt: skip


def ahead(days: int, hour: int) -> datetime:
    return datetime.combine(business_date(now()) + timedelta(days=days), time(hour), BUSINESS_ZONE)
