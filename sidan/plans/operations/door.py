"""The one door of a plan: it moves where nobody took a turn in between, appends the step and tells of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.turns import take_turn
from sidan.plans.enums import PlanState
from sidan.plans.events import PlanMoved
from sidan.plans.models import Plan, PlanNote, PlanStep
from sidan.plans.states import PLAN


class PlanMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the plan is in."""

    code = "plan_moved_on"
    sentence = _("This plan has moved on: it is now “%(state_words)s”. Please look at it again.")


def pass_door(*, plan: Plan, actor: Actor, at: datetime, verb: str, words: str = "") -> PlanStep:
    """Move a plan by a verb of the table, within the caller's transaction.

    Raises:
        PlanMovedOn: the table does not allow it from this state, or another turn was taken since it was read.
    """
    before = claim_turn(plan=plan, at=at, verb=verb)
    return append_step(plan=plan, actor=actor, at=at, verb=verb, from_state=before, words=words)


def require_fit(*, plan: Plan, verb: str) -> None:
    """Refuse a verb that does not fit the state, before anything else is asked of the plan. Raises PlanMovedOn."""
    if plan.state not in PLAN[verb].sources:
        raise moved_on(plan.state)


def claim_turn(*, plan: Plan, at: datetime, verb: str) -> str:
    """Take the turn of a verb and return the state before it: it locks the plan, whose lines are written after it."""
    step = PLAN[verb]
    return take_turn(
        rows=Plan.unscoped.all(), thing=plan, sources=step.sources, target=step.reached_from(plan.state),
        at=at, moved_on=moved_on,
    )  # fmt: skip


def append_step(
    *, plan: Plan, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> PlanStep:
    """Write the step of the turn that the plan has now, leave a trail and tell the listeners."""
    made = PlanStep.objects.create(
        plan=plan, turn=plan.turn, verb=verb, from_state=from_state, to_state=plan.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        PlanNote.objects.create(step=made, words=words)
    leave_trail(plan=plan, actor=actor, at=at, verb=verb)
    publish(
        PlanMoved(
            plan_id=plan.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=plan.state,
            place_id=plan.place_id, county_id=plan.county_id, at=at,
        )
    )  # fmt: skip
    return made


def leave_trail(*, plan: Plan, actor: Actor, at: datetime, verb: str) -> None:
    """Write down who did what to which plan."""
    record(
        actor=actor, at=at, verb=f"plan.{verb}", subject=("plan", plan.pk), place_id=plan.place_id,
        county_id=plan.county_id,
    )  # fmt: skip


def moved_on(state: str) -> PlanMovedOn:
    """Build the answer for whoever came second."""
    return PlanMovedOn(state=state, state_words=PlanState(state).label)
