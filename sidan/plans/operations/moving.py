"""The way of a plan: submitted upward, sent back or approved, published."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, require_words
from sidan.people.queries import accounts_with_roles
from sidan.plans.models import Plan, PlanLine
from sidan.plans.notices import tell_approvers, tell_makers
from sidan.plans.operations.door import pass_door, require_fit
from sidan.plans.permissions import (
    APPROVING_ROLES,
    approving_place_id,
    require_approving,
    require_writing,
)
from sidan.plans.queries import submitted_by


class NothingPlanned(Conflict):
    code = "nothing_planned"
    sentence = _("This plan has no lines yet. Please write down what is to be held first.")


class SecondPersonNeeded(Conflict):
    code = "second_person_needed"
    sentence = _("You submitted this yourself. Somebody else reads it and approves it.")


@transaction.atomic
def submit_plan(*, actor: Actor, at: datetime, plan: Plan) -> Plan:
    """Hand a draft to those above. Raises NotYourPlans, PlanMovedOn, NothingPlanned."""
    _require_ours(actor, plan)
    pass_door(plan=plan, actor=actor, at=at, verb="submit")
    # After the turn, which locks the plan: nobody takes the last line away meanwhile.
    if not PlanLine.objects.filter(plan=plan).exists():
        raise NothingPlanned
    tell_approvers(plan=plan, at=at, but=actor.account_id)
    return plan


@transaction.atomic
def take_plan_back(*, actor: Actor, at: datetime, plan: Plan) -> Plan:
    """Work on it again before anybody has approved it. Raises NotYourPlans, PlanMovedOn."""
    _require_ours(actor, plan)
    pass_door(plan=plan, actor=actor, at=at, verb="take_back")
    return plan


@transaction.atomic
def send_plan_back(*, actor: Actor, at: datetime, plan: Plan, words: str) -> Plan:
    """Give it back to who wrote it, and say what is wrong. Raises NotYoursToApprove, SayWhy, PlanMovedOn."""
    require_approving(actor=actor, place=plan.place)
    require_words(words)
    pass_door(plan=plan, actor=actor, at=at, verb="send_back", words=words)
    tell_makers(kind="plan_sent_back", plan=plan, at=at, but=actor.account_id)
    return plan


@transaction.atomic
def approve_plan(*, actor: Actor, at: datetime, plan: Plan) -> Plan:
    """Say yes to it. Who submitted it may do so only where nobody else could.

    Raises:
        NotYoursToApprove, PlanMovedOn, SecondPersonNeeded
    """
    require_approving(actor=actor, place=plan.place)
    require_fit(plan=plan, verb="approve")
    verb = "approve"
    if actor.account_id is not None and submitted_by(plan=plan) == actor.account_id:
        if _others_who_approve(plan, actor.account_id):
            raise SecondPersonNeeded
        verb = "approve_own"
    pass_door(plan=plan, actor=actor, at=at, verb=verb)
    tell_makers(kind="plan_approved", plan=plan, at=at, but=actor.account_id)
    return plan


@transaction.atomic
def publish_plan(*, actor: Actor, at: datetime, plan: Plan) -> Plan:
    """Let everybody read it. Raises NotYourPlans, PlanMovedOn."""
    _require_ours(actor, plan)
    require_fit(plan=plan, verb="publish")
    # Before the turn: the database lets nothing be published without its moment.
    Plan.unscoped.filter(pk=plan.pk, turn=plan.turn).update(published_at=at)
    plan.published_at = at
    pass_door(plan=plan, actor=actor, at=at, verb="publish")
    return plan


@transaction.atomic
def drop_plan(*, actor: Actor, at: datetime, plan: Plan) -> Plan:
    """Give a draft up. Raises NotYourPlans, PlanMovedOn."""
    _require_ours(actor, plan)
    pass_door(plan=plan, actor=actor, at=at, verb="drop")
    return plan


def _require_ours(actor: Actor, plan: Plan) -> None:
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)


def _others_who_approve(plan: Plan, account_id: int) -> list[int]:
    return accounts_with_roles(
        place_id=approving_place_id(place=plan.place), roles=APPROVING_ROLES, besides=[account_id]
    )
