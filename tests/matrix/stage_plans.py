"""What stands on the stage of plans."""

import json
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sidan.activities.calendar import DaysOfWeek
from sidan.activities.operations import Rule
from sidan.core.clock import business_date, now
from sidan.plans import operations
from sidan.plans.models import Plan, PlanLine
from sidan.plans.operations import LineFacts, NewPlan, PlanText
from sidan.plans.policies import Days
from tests.cast import Cast
from tests.matrix.stage_activities import ahead, make_activity, make_series

WAYS: dict[str, tuple[str, ...]] = {
    "draft": (),
    "submitted": ("submit",),
    "approved": ("submit", "approve"),
    "published": ("submit", "approve", "publish"),
}


def build_plans(cast: Cast, things: dict[str, Any]) -> None:
    """A year's plan in each state, and of the published one a line that is carried out and one that is left out."""
    year = business_date(now()).year
    held, free = make_activity(cast, "draft", "计划内的活动"), make_activity(cast, "draft", "可以对应的活动")
    plans = {
        state: make_plan(cast, state, date(year + number, 1, 1))
        for number, state in enumerate(("draft", "submitted", "approved"), start=2)
    }
    published = make_plan(cast, "published", business_date(free.span.begins))
    things |= {f"plan_{state}": plan.uuid for state, plan in plans.items()}
    things["plan_published"] = published.uuid
    line, left = PlanLine.objects.filter(plan=published)[:2]
    writes: dict[str, Any] = {"actor": cast.practitioner.actor, "at": now(), "plan": published}
    operations.link_activity(**writes, line=line, activity=held)
    operations.leave_line_out(**writes, line=left, words="场地在修")
    tomorrow = business_date(now()) + timedelta(days=1)
    rule = Rule(
        pattern=DaysOfWeek(frozenset({tomorrow.weekday()}), since=tomorrow), first=tomorrow, begins_at=time(19),
        ends_at=time(20),
    )  # fmt: skip
    again = make_series(cast, rule, "计划内的安排")
    operations.link_series(**writes, line=line, recurring=again)
    things["plan_series"] = again.uuid
    first = plans["draft"].first_day
    table = [["时间", "主题", "任务"], [f"{first}", "学习新精神", "学习实践科学理论"]]
    things |= {
        "plan_line": line.uuid, "plan_line_left": left.uuid,
        "plan_line_draft": PlanLine.objects.filter(plan=plans["draft"])[0].uuid,
        "plan_activity": held.uuid, "plan_activity_free": free.uuid, "plan_day": f"{first}",
        "plan_free_day": f"{date(year + 9, 3, 5)}", "plan_begins": ahead(5, 9).isoformat(),
        "plan_ends": (ahead(5, 9) + timedelta(hours=1)).isoformat(), "plan_rows": json.dumps(table),
        "plan_table": partial(_upload, table),
    }  # fmt: skip


def make_plan(
    cast: Cast, state: str, day: date, *, period: str = "year", theme: str = "文明实践计划"
) -> Plan:
    """A plan of the station with two lines, written by its practitioner and approved by the manager."""
    writer, manager = cast.practitioner.actor, cast.manager.actor
    plan = operations.draft_plan(
        actor=writer, at=now(), place=cast.places.chengbei,
        new=NewPlan(period=period, day=day, text=PlanText(theme=theme)),
    )  # fmt: skip
    lines = [
        facts(plan.first_day, "反诈宣讲", answers="王主任"),
        facts(plan.first_day + timedelta(days=1), "义剪进村"),
    ]
    operations.add_lines(actor=writer, at=now(), plan=plan, lines=lines)
    for verb in WAYS[state]:
        if verb == "submit":
            operations.submit_plan(actor=writer, at=now(), plan=plan)
        elif verb == "approve":
            operations.approve_plan(actor=manager, at=now(), plan=plan)
        else:
            operations.publish_plan(actor=writer, at=now(), plan=plan)
    return plan


def _upload(table: list[list[str]]) -> SimpleUploadedFile:
    """Return a table as a browser sends it."""
    return SimpleUploadedFile("plan.csv", "\n".join(",".join(row) for row in table).encode(), "text/csv")


def facts(day: date, theme: str, **changes: Any) -> LineFacts:
    return LineFacts(**{"days": Days(day, day), "theme": theme, "task": "policy", **changes})
