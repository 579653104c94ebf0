"""What stands on the stage of fairs."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sidan.activities import operations as activities
from sidan.activities.calendar import DaysOfWeek
from sidan.activities.models import Activity
from sidan.activities.operations import Rule
from sidan.bookings.policies import Span
from sidan.core.clock import business_date, now
from sidan.fairs import operations
from sidan.fairs.models import ServiceKind, Stall, Stallholder
from sidan.people.models import Team
from tests.cast import Cast
from tests.matrix.stage_activities import ACTS, WAYS, a_plan, ahead


def build_fairs(cast: Cast, things: dict[str, Any]) -> None:
    """A fair that comes with stalls and a team that asks, one that goes on, one without stalls, and one of a series."""
    fair, running = make_fair(cast, "open"), make_fair(cast, "running", begins=now() + timedelta(minutes=30))
    bare = make_fair(cast, "open", begins=ahead(9, 9))
    free, held = add_stalls(cast, fair, 2)
    going, marked = add_stalls(cast, running, 2)
    writes: dict[str, Any] = {"actor": cast.practitioner.actor, "at": now()}
    given = place(cast, held)
    there, came = place(cast, going), place(cast, marked)
    operations.mark_came(**writes, holder=came)
    count = operations.count_served(**writes, stall=Stall.unscoped.get(pk=going.pk), served=12)
    asks = operations.ask_for_stall(
        actor=cast.leader.actor, at=now(), activity=fair, team=cast.team, offers="义剪"
    )
    own = a_series(cast)
    add_stalls(cast, own, 1)
    things |= {
        "fair": fair.uuid, "fair_running": running.uuid, "fair_bare": bare.uuid, "fair_of_series": own.uuid,
        "stall_free": free.uuid, "stall_held": held.uuid, "stall_going": going.uuid, "stallholder": given.uuid,
        "stallholder_there": there.uuid, "stallholder_came": came.uuid, "stallholder_asks": asks.uuid,
        "stall_count": count.uuid, "fair_kind": ServiceKind.unscoped.order_by("position")[0].uuid,
        "fair_laid_out": laid_out(cast).uuid,
    }  # fmt: skip


def make_fair(cast: Cast, state: str, *, begins: datetime | None = None, title: str = "文明集市") -> Activity:
    """A fair of the station of Chengbei in a state."""
    begins = begins or ahead(3, 18)
    plan = replace(
        a_plan(Span(begins, begins + timedelta(hours=2))), title=title, kind="fair", signup_from=begins
    )
    made = activities.draft_activity(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, plan=plan
    )
    for verb in WAYS[state]:
        ACTS[verb](actor=cast.practitioner.actor, at=now(), activity=made)
    return made


def a_series(cast: Cast) -> Activity:
    """The first of a series of fairs."""
    day = business_date(now()) + timedelta(days=2)
    rule = Rule(
        pattern=DaysOfWeek(frozenset({day.weekday()}), since=day),
        first=day,
        begins_at=time(19),
        ends_at=time(21),
    )
    plan = replace(a_plan(Span(ahead(2, 19), ahead(2, 21))), title="文明夜市", kind="fair")
    made = activities.begin_series(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, rule=rule, plan=plan
    )
    activities.make_activities(at=now(), recurring_id=made.pk)
    return Activity.unscoped.select_related("place").filter(series=made).order_by("during")[0]


def laid_out(cast: Cast) -> Activity:
    """A fair whose stalls each one of its series begins with."""
    fair = a_series(cast)
    add_stalls(cast, fair, 1)
    operations.lay_out_series(actor=cast.practitioner.actor, at=now(), activity=fair)
    return fair


def add_stalls(cast: Cast, fair: Activity, count: int) -> list[Stall]:
    kinds = list(ServiceKind.unscoped.order_by("position")[:1])
    return operations.add_stalls(
        actor=cast.practitioner.actor, at=now(), activity=fair, count=count, spot="北排", kinds=kinds
    )


def place(cast: Cast, stall: Stall, team: Team | None = None) -> Stallholder:
    found = Stall.unscoped.get(pk=stall.pk)
    return operations.place_team(actor=cast.practitioner.actor, at=now(), stall=found, team=team or cast.team)
