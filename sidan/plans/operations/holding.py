"""What comes of a plan: activities carry its lines out, or a line is left out and it is said why."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities import operations as activities
from sidan.activities.models import Activity
from sidan.bookings.policies import Span
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, require_words
from sidan.core.transactions import told_when
from sidan.people.queries import person_of
from sidan.plans.enums import SETTLED
from sidan.plans.models import Plan, PlanHeld, PlanLine
from sidan.plans.operations.door import leave_trail
from sidan.plans.permissions import require_writing
from sidan.plans.queries.comparing import OFF

LINKED_ONCE = "plans_activity_once_in_a_plan"


class PlanNotSettled(Conflict):
    code = "plan_not_settled"
    sentence = _("What comes of a plan is written down when it is approved.")


class AlreadyLinked(Conflict):
    code = "activity_already_in_plan"
    sentence = _("This activity stands for a line of the plan already.")


class NotOfThisPlan(AtField):
    code = "activity_not_of_this_plan"
    field = "activity"
    sentence = _("Please choose an activity of the same place that is not called off.")


class LineLeftOut(Conflict):
    code = "plan_line_left_out"
    sentence = _("This line is left out. Take it up again first.")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a line does not say of the activity that carries it out."""

    span: Span
    venue: str = ""


def link_activity(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine, activity: Activity) -> PlanHeld:
    """Say that an activity carries a line out.

    Raises:
        NotSignedIn, NotYourPlans, PlanNotSettled, LineLeftOut, NotOfThisPlan, AlreadyLinked
    """
    _require_ours(actor, plan)
    if activity.place_id != plan.place_id or activity.state in OFF:
        raise NotOfThisPlan
    with told_when(constraint=LINKED_ONCE, refusal=AlreadyLinked), transaction.atomic():
        require_open(locked_line(plan, line))
        return _linked(actor, at, plan, line, activity)


@transaction.atomic
def unlink_activity(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine, activity: Activity) -> None:
    """Say that an activity does not carry a line out after all; where it does not, nothing is done twice.

    Raises:
        NotYourPlans, PlanNotSettled, NotOfThisPlan
    """
    _require_ours(actor, plan)
    locked_line(plan, line)
    if not PlanHeld.objects.filter(line=line, activity=activity).delete()[0]:
        raise NotOfThisPlan
    leave_trail(plan=plan, actor=actor, at=at, verb="unlink")


def prepare_activity(
    *, actor: Actor, at: datetime, plan: Plan, line: PlanLine, prepared: Prepared
) -> Activity:
    """Write the draft of an activity from a line, which it carries out.

    Raises:
        NotSignedIn, NotYourPlans, PlanNotSettled, LineLeftOut
        what `draft_activity` raises
    """
    _require_ours(actor, plan)
    with transaction.atomic():
        require_open(locked_line(plan, line))
        told = activities.Plan(
            kind=line.kind, title=line.theme, task=line.task, platform=line.platform, audience=line.audience,
            span=prepared.span, venue=prepared.venue.strip() or line.venue, lecturer=line.lecturer,
            team=plan.team,
        )  # fmt: skip
        activity = activities.draft_activity(actor=actor, at=at, place=plan.place, plan=told)
        _linked(actor, at, plan, line, activity)
    return activity


@transaction.atomic
def leave_line_out(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine, words: str) -> PlanLine:
    """Say that a line is not held after all, and why: everybody who reads the plan reads it.

    Raises:
        NotYourPlans, SayWhy, PlanNotSettled, LineLeftOut
    """
    _require_ours(actor, plan)
    require_words(words)
    require_open(locked_line(plan, line))
    return _said(actor, at, plan, line, left_out_at=at, why=words.strip(), verb="leave_out")


@transaction.atomic
def take_line_up(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine) -> PlanLine:
    """Say that a line that was left out is held after all; where it was not left out, nothing changes.

    Raises:
        NotYourPlans, PlanNotSettled
    """
    _require_ours(actor, plan)
    locked_line(plan, line)
    return _said(actor, at, plan, line, left_out_at=None, why="", verb="take_up")


def _said(
    actor: Actor, at: datetime, plan: Plan, line: PlanLine, *, left_out_at: datetime | None, why: str, verb: str
) -> PlanLine:  # fmt: skip
    line.left_out_at, line.left_out_why = left_out_at, why
    line.save(update_fields=["left_out_at", "left_out_why"])
    leave_trail(plan=plan, actor=actor, at=at, verb=verb)
    return line


def _linked(actor: Actor, at: datetime, plan: Plan, line: PlanLine, activity: Activity) -> PlanHeld:
    made = PlanHeld.objects.create(
        plan=plan, line=line, activity=activity, linked_at=at, linked_by=person_of(actor)
    )
    leave_trail(plan=plan, actor=actor, at=at, verb="link")
    return made


def locked_line(plan: Plan, line: PlanLine) -> PlanLine:
    """Lock the plan and read the line anew. Raises PlanNotSettled."""
    found = Plan.unscoped.select_for_update(of=("self",)).get(pk=plan.pk)
    if found.state not in SETTLED:
        raise PlanNotSettled
    return PlanLine.objects.get(pk=line.pk, plan=plan)


def require_open(line: PlanLine) -> None:
    """Refuse a line that is left out. Raises LineLeftOut."""
    if line.left_out_at is not None:
        raise LineLeftOut


def _require_ours(actor: Actor, plan: Plan) -> None:
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)
