"""What the pages of plans have in common: the gate of staff, a plan of ours, what happened."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest

from sidan.core.actor import Actor
from sidan.core.badges import ToldStep, told_turn
from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of, as_read
from sidan.plans import queries
from sidan.plans.models import Plan, PlanLine, PlanStep
from sidan.plans.permissions import require_desk, require_writing
from sidan.plans.words import STEPS

staff_page = page_of(require_desk, public=False)


def plan_as_read(request: HttpRequest, uuid: UUID) -> Plan:
    """Return a plan with the turn that the sender has seen. Raises NoSuchPlan."""
    return as_read(request, queries.plan_by_uuid(uuid=uuid))


def plan_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Plan]:
    """Return who reads and a plan that they write. Raises NoSuchPlan, NotYourPlans."""
    actor, found = actor_of(request), plan_as_read(request, uuid)
    require_writing(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


def line_of_ours(request: HttpRequest, uuid: UUID, line: UUID) -> tuple[Actor, Plan, PlanLine]:
    """The same with one of its lines. Raises NoSuchPlan, NotYourPlans, NoSuchLine."""
    actor, found = plan_of_ours(request, uuid)
    return actor, found, queries.line_by_uuid(plan=found, uuid=line)


def told_steps(steps: Iterable[PlanStep]) -> list[ToldStep]:
    """Tell what happened and who did it, newest first."""
    told = [told_turn(step, words=STEPS, who=step.actor.person.name if step.actor else "") for step in steps]
    return told[::-1]
