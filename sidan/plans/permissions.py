"""Who may do what with plans."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.people.enums import MANAGING_ROLES, ORDER_STAFF_ROLES, PEOPLE_ROLES
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place

WRITING_ROLES: Final = PEOPLE_ROLES
"""Who writes the plans of a place and of its teams: its managers, directors and practitioners, or those above it."""
APPROVING_ROLES: Final = MANAGING_ROLES
"""Who approves a plan: the managers and directors above the place; of a center its own, with a second person."""


class NoSuchPlan(NotFound):
    code = "no_such_plan"
    sentence = _("This plan is not here, or it is not published yet.")


class NoSuchLine(NotFound):
    code = "no_such_plan_line"
    sentence = _("This line is not in the plan any more.")


class NotYourPlans(Forbidden):
    code = "not_your_plans"
    sentence = _(
        "Plans are written by the managers, directors and practitioners of their place, or of one above it."
    )


class NotYoursToApprove(Forbidden):
    code = "not_yours_to_approve"
    sentence = _("A plan is approved by the managers and directors of a place above its own.")


class NotPlanStaff(Forbidden):
    code = "not_plan_staff"
    sentence = _("These pages are for those who work at a place.")


def may_write(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor writes the plans of a place."""
    return holds_role_over(actor=actor, roles=WRITING_ROLES, place_id=place_id, county_id=county_id)


def require_writing(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who writes the plans of a place. Raises NotYourPlans."""
    if not may_write(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYourPlans


def approving_place_id(*, place: Place) -> int:
    """Return where a plan of a place is submitted to: the place above it; of a center, or at the top, itself."""
    if place.pk == place.county_id or place.parent_id is None:
        return place.pk
    return place.parent_id


def may_approve(*, actor: Actor, place: Place) -> bool:
    """Tell whether the actor approves the plans of a place."""
    return holds_role_over(
        actor=actor,
        roles=APPROVING_ROLES,
        place_id=approving_place_id(place=place),
        county_id=place.county_id,
    )


def require_approving(*, actor: Actor, place: Place) -> None:
    """Let pass who approves the plans of a place. Raises NotYoursToApprove."""
    if not may_approve(actor=actor, place=place):
        raise NotYoursToApprove


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; which plans are on them, the scope says. Raises NotPlanStaff."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotPlanStaff
