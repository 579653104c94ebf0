"""What stands on the stage of activities."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from sidan.activities import operations, queries
from sidan.activities.calendar import DaysOfWeek
from sidan.activities.models import Activity, Enrolment, Post, Recurring
from sidan.activities.operations import Plan, PostPlan, Rule
from sidan.attendance.models import Mark
from sidan.attendance.queries import own_code
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.people.models import Person
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
    begins, first = ahead(4, 9), business_date(now()) + timedelta(days=2)
    rule = Rule(
        pattern=DaysOfWeek(frozenset({first.weekday()}), since=first), first=first, begins_at=time(9), ends_at=time(11)
    )  # fmt: skip
    made, decided = make_series(cast, rule), first + timedelta(days=21)
    operations.skip_day(actor=cast.practitioner.actor, at=now(), recurring=made, of=decided, words="停电")
    things |= {"series": made.uuid, "series_day_decided": f"{decided}"}
    things |= {f"series_day_{days}": f"{first + timedelta(days=days)}" for days in (0, 1, 7)}
    things["calendar_token"] = operations.make_calendar_address(actor=cast.zhou.actor, at=now())
    build_enrolments(cast, things)
    build_door(cast, things)
    things |= {
        "activity_begins": begins.isoformat(),
        "activity_ends": (begins + timedelta(hours=2)).isoformat(),
    }


def build_enrolments(cast: Cast, things: dict[str, Any]) -> None:
    """Posts of an activity that is open, a resident who comes, one who came to what is over, and one who did not."""
    activity = Activity.unscoped.get(uuid=things["activity_open"])
    empty, post = make_post(cast, activity, "站票"), make_post(cast, activity, "听众")
    coming = enrolled(cast, post)
    over, missed, answered = (
        enrolled(cast, make_post(cast, make_activity(cast, "open", title), "听众"))
        for title in ("一", "二", "三")
    )
    for one in (over, missed, answered):
        for verb in ("run", "end"):
            ACTS[verb](
                actor=cast.practitioner.actor, at=now(), activity=Activity.unscoped.get(pk=one.activity_id)
            )
    for one in (missed, answered):
        operations.miss_enrolment(actor=cast.practitioner.actor, at=now(), enrolment=one, words="没见到人")
    operations.answer_absence(actor=cast.zhou.actor, at=now(), enrolment=answered, words="我在")
    things |= {
        "post_empty": empty.uuid, "post_open": post.uuid, "enrolment_coming": coming.uuid,
        "enrolment_over": over.uuid, "enrolment_missed": missed.uuid, "enrolment_answered": answered.uuid,
    }  # fmt: skip


def build_door(cast: Cast, things: dict[str, Any]) -> None:
    """An activity that begins soon, at whose door people come: a volunteer's time waits for a second person."""
    begins = now() + timedelta(minutes=40)
    activity = make_activity(cast, "open", "门口签到", begins=begins)
    plan = PostPlan(role="volunteer", name="引导", places=9)
    post = operations.add_post(actor=cast.practitioner.actor, at=now(), activity=activity, plan=plan)
    operations.enrol(actor=cast.volunteer.actor, at=now(), post=post)
    guest = come_by_hand(cast, activity, "来宾")
    told = Mark.objects.create(
        cause=activity.gathering.helpers, person=cast.volunteer.person, direction="in", at=guest.at,
        recorded_at=guest.at, recorded_by=cast.leader.account, way="hand", grade="weak", reason_code="forgotten",
        place_id=activity.place_id, county_id=activity.county_id,
    )  # fmt: skip
    things |= {
        "activity_door": activity.uuid, "mark_told": told.uuid,
        "door_record": {
            "id": str(uuid4()), "activity": str(activity.uuid), "direction": "in", "way": "code", "code": "000000",
            "device_ms": 1_790_000_000_000, "offset_ms": 0, "elapsed_ms": 1000,
        },
        "spot_digits": partial(spot_digits, activity), "zhou_code": partial(code_of, cast),
    }  # fmt: skip


def spot_digits(activity: Activity) -> str:
    return queries.spot_code(activity=activity, at=now())


def code_of(cast: Cast) -> str:
    return str(own_code(person_id=cast.zhou.person.pk, at=now()).code)


def come_by_hand(cast: Cast, activity: Activity, name: str) -> Mark:
    person = Person.unscoped.create(name=name, created_at=now(), county=cast.places.center)
    came = operations.mark_by_hand(
        actor=cast.practitioner.actor, at=now(), activity=activity, person=person, reason="no_phone"
    )
    return came.mark


def make_post(cast: Cast, activity: Activity, name: str, places: int = 30) -> Post:
    plan = PostPlan(role="audience", name=name, places=places)
    return operations.add_post(actor=cast.practitioner.actor, at=now(), activity=activity, plan=plan)


def enrolled(cast: Cast, post: Post) -> Enrolment:
    return operations.enrol(actor=cast.zhou.actor, at=now(), post=post)


def make_activity(
    cast: Cast, state: str, title: str = "重阳敬老", begins: datetime | None = None
) -> Activity:
    """Bring an activity of Chengbei to a state; it opens later than it is announced."""
    begins = begins or ahead(3, 9)
    plan = replace(a_plan(Span(begins, begins + timedelta(hours=2))), title=title, signup_from=begins)
    made = operations.draft_activity(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, plan=plan
    )
    for verb in WAYS[state]:
        ACTS[verb](actor=cast.practitioner.actor, at=now(), activity=made)
    return made


def make_series(cast: Cast, rule: Rule, title: str = "每周实践日") -> Recurring:
    plan = replace(a_plan(Span(ahead(2, 9), ahead(2, 11))), title=title)
    return operations.begin_series(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, rule=rule, plan=plan
    )


def follow_series(cast: Cast, made: Recurring, rule: Rule) -> None:
    """Let another rule take the place of one before it has come for the first time."""
    plan = a_plan(Span(ahead(2, 9), ahead(2, 11)))
    operations.change_series(
        actor=cast.practitioner.actor, at=now(), recurring=made, day=ahead(1, 9).date(), rule=rule, plan=plan,
        words="换个地方",
    )  # fmt: skip


def a_plan(span: Span) -> Plan:
    return Plan(
        kind="activity", title="重阳敬老", task="values", span=span, venue="文化广场", risks="地面湿滑，请慢行。",
        about="给老人理发、量血压。", audience=["elder"],
    )  # fmt: skip


def ahead(days: int, hour: int) -> datetime:
    return datetime.combine(business_date(now()) + timedelta(days=days), time(hour), BUSINESS_ZONE)
