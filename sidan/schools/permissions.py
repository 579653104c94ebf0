"""Who may do what with evening micro-schools."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.files.models import StoredFile
from sidan.people.enums import ORDER_STAFF_ROLES, PEOPLE_ROLES
from sidan.people.permissions import holds_role_over
from sidan.schools.models import School

KEEPING_ROLES: Final = PEOPLE_ROLES
"""Who keeps schools, their pupils and classes: managers, directors and practitioners."""


class NoSuchSchool(NotFound):
    code = "no_such_school"
    sentence = _("This school is not here, or it is not one of yours.")


class NoSuchPupil(NotFound):
    code = "no_such_pupil"
    sentence = _("This person does not belong to this school.")


class NoSuchSession(NotFound):
    code = "no_such_session"
    sentence = _("This class does not belong to the school any more.")


class NotYourSchools(Forbidden):
    code = "not_your_schools"
    sentence = _(
        "Schools are kept by the managers, directors and practitioners of their place, or of one above it."
    )


class NotSchoolStaff(Forbidden):
    code = "not_school_staff"
    sentence = _("These pages are for those who work at a place.")


def may_keep(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor keeps the schools of a place."""
    return holds_role_over(actor=actor, roles=KEEPING_ROLES, place_id=place_id, county_id=county_id)


def require_keeping(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who keeps the schools of a place. Raises NotYourSchools."""
    if not may_keep(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYourSchools


def is_keeper(actor: Actor, school: School) -> bool:
    """Tell whether the actor keeps a school: who only watches reads its pupils' names in part."""
    return may_keep(actor=actor, place_id=school.place_id, county_id=school.county_id)


def require_keeper(actor: Actor, school: School) -> None:
    """Let pass who keeps a school. Raises NotYourSchools."""
    require_keeping(actor=actor, place_id=school.place_id, county_id=school.county_id)


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; what stands on them, the scope says. Raises NotSchoolStaff."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotSchoolStaff


def may_see_picture(actor: Actor, file: StoredFile) -> bool:
    """Tell whether the picture of a school may be shown: schools are everybody's to know."""
    return School.unscoped.filter(picture=file).exists()
