"""Who asks, who writes down, who decides. Answering an open survey needs no account."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.people.enums import ENTERING_ROLES, MANAGING_ROLES, ORDER_STAFF_ROLES, Role
from sidan.people.permissions import holds_role_over

ASKING_ROLES: Final = MANAGING_ROLES | {Role.PRACTITIONER, Role.DISPATCHER}


class NotNeedStaff(Forbidden):
    code = "not_need_staff"
    sentence = _("These pages are for those who work at a place.")


class NotYourNeeds(Forbidden):
    code = "not_your_needs"
    sentence = _("Only the staff of this place, or of one above it, may do this.")


class NoSuchNeed(NotFound):
    code = "no_such_need"
    sentence = _("This need is not here, or it is not yours to see.")


class NoSuchTrace(NotFound):
    code = "no_such_trace"
    sentence = _("Nothing was linked to this need so.")


class NoSuchSurvey(NotFound):
    code = "no_such_survey"
    sentence = _("This survey is not here, or it is not open.")


class NoSuchAnswer(NotFound):
    code = "no_such_answer"
    sentence = _("Nobody answered this so.")


def require_desk(*, actor: Actor) -> None:
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotNeedStaff


def may_note(*, actor: Actor, place_id: int) -> bool:
    """Tell whether the actor writes down what the people of this place need."""
    return holds_role_over(actor=actor, roles=ENTERING_ROLES, place_id=place_id)


def require_noting(*, actor: Actor, place_id: int) -> None:
    """Practitioners, grid keepers, operators and those who decide write down, for their own places."""
    if not may_note(actor=actor, place_id=place_id):
        raise NotYourNeeds


def may_decide(*, actor: Actor, place_id: int) -> bool:
    """Tell whether the actor asks, merges and traces at this place."""
    return holds_role_over(actor=actor, roles=ASKING_ROLES, place_id=place_id)


def require_deciding(*, actor: Actor, place_id: int) -> None:
    if not may_decide(actor=actor, place_id=place_id):
        raise NotYourNeeds
