"""The lines of a draft: added one by one or as a table, changed, removed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityKind
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Invalid
from sidan.core.inputs import DAYS_TURNED_ROUND
from sidan.plans.enums import MOST_LINES
from sidan.plans.models import Plan, PlanLine
from sidan.plans.operations.door import append_step, claim_turn
from sidan.plans.permissions import NoSuchLine, require_writing
from sidan.plans.policies import Days
from sidan.plans.words import days_words


class LineOutside(AtField):
    code = "plan_line_outside"
    field = "first_day"
    sentence = _("This plan is for %(days)s. Please choose days within it.")


class LineTurnedRound(AtField):
    code = "plan_line_turned_round"
    field = "last_day"
    sentence = DAYS_TURNED_ROUND


class TooManyLines(Invalid):
    code = "too_many_plan_lines"
    sentence = _("A plan has %(most)s lines at most. Please divide it into several plans.")


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a line says."""

    days: Days
    theme: str
    task: str
    kind: str = ActivityKind.ACTIVITY
    platform: str = ""
    audience: Sequence[str] = ()
    lecturer: str = ""
    venue: str = ""
    answers: str = ""
    times: int = 1

    @property
    def columns(self) -> dict[str, Any]:
        """What of it stands in the row."""
        told = asdict(self)
        del told["days"]
        return {
            **told, "audience": list(self.audience), "first_day": self.days.first, "last_day": self.days.last,
        }  # fmt: skip


def add_lines(*, actor: Actor, at: datetime, plan: Plan, lines: Sequence[LineFacts]) -> list[PlanLine]:
    """Add lines to a draft: all of them or none.

    Raises:
        NotYourPlans, PlanMovedOn, LineTurnedRound, LineOutside, TooManyLines
    """
    _require_ours(actor, plan)
    check_within(plan=plan, lines=lines)
    with transaction.atomic():
        before = claim_turn(plan=plan, at=at, verb="edit")
        if PlanLine.objects.filter(plan=plan).count() + len(lines) > MOST_LINES:
            raise TooManyLines(most=MOST_LINES)
        made = _written(plan, lines, at)
        append_step(plan=plan, actor=actor, at=at, verb="edit", from_state=before)
    return made


def replace_lines(*, actor: Actor, at: datetime, plan: Plan, lines: Sequence[LineFacts]) -> list[PlanLine]:
    """Write a draft's lines anew from a table: what stood there before is gone.

    Raises:
        NotYourPlans, PlanMovedOn, LineTurnedRound, LineOutside, TooManyLines
    """
    _require_ours(actor, plan)
    check_within(plan=plan, lines=lines)
    if len(lines) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    with transaction.atomic():
        before = claim_turn(plan=plan, at=at, verb="edit")
        PlanLine.objects.filter(plan=plan).delete()
        made = _written(plan, lines, at)
        append_step(plan=plan, actor=actor, at=at, verb="edit", from_state=before)
    return made


def change_line(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine, facts: LineFacts) -> PlanLine:
    """Write a line of a draft anew. Raises NotYourPlans, PlanMovedOn, NoSuchLine, LineOutside."""
    _require_ours(actor, plan)
    check_within(plan=plan, lines=[facts])
    with transaction.atomic():
        before = claim_turn(plan=plan, at=at, verb="edit")
        if not PlanLine.objects.filter(pk=line.pk, plan=plan).update(**facts.columns):
            raise NoSuchLine
        append_step(plan=plan, actor=actor, at=at, verb="edit", from_state=before)
    line.refresh_from_db()
    return line


def remove_line(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine) -> None:
    """Take a line out of a draft. Raises NotYourPlans, PlanMovedOn, NoSuchLine."""
    _require_ours(actor, plan)
    with transaction.atomic():
        before = claim_turn(plan=plan, at=at, verb="edit")
        if not PlanLine.objects.filter(pk=line.pk, plan=plan).delete()[0]:
            raise NoSuchLine
        append_step(plan=plan, actor=actor, at=at, verb="edit", from_state=before)


def check_within(*, plan: Plan, lines: Sequence[LineFacts]) -> None:
    """Refuse days outside the plan's, and those that end before they begin.

    Raises:
        LineTurnedRound: the last day of a line is before its first one.
        LineOutside: names the first such line by its number.
    """
    for number, facts in enumerate(lines, start=1):
        if facts.days.last < facts.days.first:
            raise LineTurnedRound
        if not plan.days.holds(facts.days):
            raise LineOutside(days=days_words(plan.days), line=number)


def _written(plan: Plan, lines: Sequence[LineFacts], at: datetime) -> list[PlanLine]:
    return PlanLine.objects.bulk_create(
        PlanLine(plan=plan, created_at=at, **facts.columns) for facts in lines
    )


def _require_ours(actor: Actor, plan: Plan) -> None:
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)
