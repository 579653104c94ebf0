"""What was planned beside what was done."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Lower

from sidan.activities.enums import OVER, ActivityState, Task
from sidan.activities.models import Activity, Recurring
from sidan.activities.queries import series_to_choose
from sidan.core.clock import midnight
from sidan.plans.models import LineErasure, Plan, PlanHeld, PlanLine, PlanSeries
from sidan.plans.policies import Tally, percent_kept

OFF: Final = frozenset({ActivityState.DROPPED, ActivityState.CANCELLED})
"""Of these nothing comes any more."""
MOST_CHOICES: Final = 300
MOST_BESIDE: Final = 50
EARLIER_OR_LATER: Final = timedelta(days=31)
"""So far from the days of a plan something may be held that was planned for them."""


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line with the activities that carry it out, and what that comes to."""

    line: PlanLine
    activities: list[Activity]
    tally: Tally


@dataclass(frozen=True, slots=True)
class TaskTold:
    """One of the five tasks, with what was planned of it and what was done."""

    task: Task
    tally: Tally


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan beside what was done: its lines, its tasks, the whole, and what was held without being planned."""

    lines: list[LineTold]
    tasks: list[TaskTold]
    whole: Tally
    percent: int | None
    beside: list[Activity]
    """What of the same place or team is over, lies within the days and stands for no line; the first of it."""


def lines_of(*, plan: Plan) -> list[PlanLine]:
    """Return the lines of a plan by day."""
    return list(PlanLine.objects.filter(plan=plan))


def compared(*, plan: Plan) -> Compared:
    """Return a plan beside what was done: three queries, however many lines; beside it what is in scope."""
    lines = _told(plan)
    tasks: dict[str, Tally] = defaultdict(Tally)
    for told in lines:
        tasks[told.line.task] += told.tally
    return Compared(
        lines=lines, tasks=[TaskTold(task, tasks[task]) for task in Task if task in tasks],
        whole=sum((told.tally for told in lines), Tally()), percent=percent_kept([told.tally for told in lines]),
        beside=list(_unlinked(plan).filter(state__in=sorted(OVER)).order_by(Lower("during"), "id")[:MOST_BESIDE]),
    )  # fmt: skip


def _told(plan: Plan) -> list[LineTold]:
    held: dict[int, list[Activity]] = defaultdict(list)
    for row in PlanHeld.objects.filter(plan=plan).select_related("activity"):
        held[row.line_id].append(row.activity)
    return [LineTold(line, held[line.pk], _tally(line, held[line.pk])) for line in lines_of(plan=plan)]


def _tally(line: PlanLine, activities: list[Activity]) -> Tally:
    done = sum(activity.state in OVER for activity in activities)
    coming = sum(activity.state not in OVER | OFF for activity in activities)
    return Tally(planned=line.times, done=done, coming=coming)


def _unlinked(plan: Plan, *, around: timedelta = timedelta()) -> QuerySet[Activity]:
    """Return what whose plan it is holds within its days, or so long around them, and what stands for no line of it."""
    days = midnight(plan.first_day - around), midnight(plan.last_day + around + timedelta(days=1))
    rows = Activity.objects.filter(place=plan.place_id, during__overlap=days)
    if plan.team_id:
        rows = rows.filter(team=plan.team_id)
    return rows.exclude(pk__in=PlanHeld.objects.filter(plan=plan).values("activity"))


def rules_of(*, line: PlanLine) -> list[PlanSeries]:
    """Return what comes again and carries a line out."""
    return list(PlanSeries.objects.filter(line=line).select_related("recurring"))


def rules_to_link(*, plan: Plan) -> list[Recurring]:
    """Return the rules of the same place or team that stand for no line of a plan yet."""
    linked = set(PlanSeries.objects.filter(plan=plan).values_list("recurring", flat=True))
    rows = series_to_choose(place_id=plan.place_id, team_id=plan.team_id)
    return [one for one in rows if one.pk not in linked]


def erased_of(*, line: PlanLine) -> list[LineErasure]:
    """Return which names were taken out of a line."""
    return list(LineErasure.objects.filter(line=line))


def activities_to_link(*, plan: Plan) -> list[Activity]:
    """Return what could stand for a line: of the same place or team, not called off; also a little earlier or later."""
    rows = _unlinked(plan, around=EARLIER_OR_LATER).exclude(state__in=sorted(OFF))
    return list(rows.order_by(Lower("during"), "id")[:MOST_CHOICES])
