"""Who may do what with activities."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import Way
from sidan.activities.models import Enrolment
from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.people.enums import HOLDING_ROLES, MANAGING_ROLES, ORDER_STAFF_ROLES, PEOPLE_ROLES
from sidan.people.permissions import holds_role_over

RUNNING_ROLES: Final = PEOPLE_ROLES
"""Who prepares and runs activities: the managers, directors and practitioners of a place, or of one above it."""
ANNOUNCING_HERE: Final = MANAGING_ROLES | HOLDING_ROLES
"""Who announces at the very place of the grant; the managers and directors do below it, too."""


class NoSuchActivity(NotFound):
    code = "no_such_activity"
    sentence = _("This activity is not here, or it is not announced yet.")


class NoSuchSeries(NotFound):
    code = "no_such_series"
    sentence = _("This arrangement is not here, or it is not yours to see.")


class NotYourActivities(Forbidden):
    code = "not_your_activities"
    sentence = _(
        "Activities are prepared by the managers, directors and practitioners of their place, or of one above it."
    )


class NotYoursToAnnounce(Forbidden):
    code = "not_yours_to_announce"
    sentence = _(
        "Activities are announced by the managers and directors of their place or of one above it, "
        "and by the practitioners of the place itself."
    )


class NoSuchEnrolment(NotFound):
    code = "no_such_enrolment"
    sentence = _("Nobody is signed up here.")


class NoSuchPost(NotFound):
    code = "no_such_post"
    sentence = _("This post is not here any more.")


class NotYourEnrolment(Forbidden):
    code = "not_your_enrolment"
    sentence = _("Only who is signed up, who signed them up, or the place may do this.")


class NotActivityStaff(Forbidden):
    code = "not_activity_staff"
    sentence = _("These pages are for those who work at a place.")


def may_run(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor prepares and runs the activities of a place."""
    return holds_role_over(actor=actor, roles=RUNNING_ROLES, place_id=place_id, county_id=county_id)


def require_running(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who runs the activities of a place. Raises NotYourActivities."""
    if not may_run(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYourActivities


def may_announce(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor decides what of a place is announced."""
    if place_id in actor.places_kept(HOLDING_ROLES):
        return True
    return holds_role_over(actor=actor, roles=MANAGING_ROLES, place_id=place_id, county_id=county_id)


def require_announcing(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who announces the activities of a place. Raises NotYoursToAnnounce."""
    if not may_announce(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYoursToAnnounce


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; which activities are on them, the scope says. Raises NotActivityStaff."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotActivityStaff


def is_own(*, actor: Actor, enrolment: Enrolment) -> bool:
    """Tell whether the actor is who is signed up, or signed somebody of the family up."""
    if actor.person_id is None:
        return False
    wrote = enrolment.way != Way.OFFICE and enrolment.entered_by_id == actor.person_id
    return enrolment.person_id == actor.person_id or wrote
