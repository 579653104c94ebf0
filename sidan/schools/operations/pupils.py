"""Who belongs to a school: joining on the telephone, written down by a practitioner, leaving."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict
from sidan.core.transactions import told_when
from sidan.people.models import Person
from sidan.people.queries import person_of, rows_of_person
from sidan.schools.enums import Joined
from sidan.schools.models import PUPIL_ONCE, Pupil, School
from sidan.schools.operations.door import leave_trail, lock_active
from sidan.schools.permissions import NoSuchPupil, require_keeper


class PupilAlready(Conflict):
    code = "pupil_already"
    sentence = _("This person belongs to the school already.")


def join(*, actor: Actor, at: datetime, school: School) -> Pupil:
    """Join a school oneself. Raises NotSignedIn, SchoolClosed, PupilAlready."""
    return _write(actor, at, school, person_of(actor), Joined.SELF)


def write_down(*, actor: Actor, at: datetime, school: School, person: Person) -> Pupil:
    """Write down who joins and has no telephone. Raises NotYourSchools, SchoolClosed, PupilAlready."""
    require_keeper(actor, school)
    return _write(actor, at, school, person, Joined.OFFICE)


def _write(actor: Actor, at: datetime, school: School, person: Person, way: Joined) -> Pupil:
    with told_when(constraint=PUPIL_ONCE, refusal=PupilAlready), transaction.atomic():
        lock_active(school=school)
        rows = rows_of_person(person_id=person.pk)
        if Pupil.unscoped.filter(school=school, person__in=rows, left_on=None).exists():
            raise PupilAlready
        made = Pupil.unscoped.create(
            school=school, person=person, way=way, joined_on=business_date(at), joined_at=at, joined_by=person_of(actor)
        )  # fmt: skip
        leave_trail(school=school, actor=actor, at=at, verb="pupil_joined")
    return made


@transaction.atomic
def leave(*, actor: Actor, at: datetime, pupil: Pupil) -> Pupil:
    """Leave a school oneself, or write down that somebody left: what they attended stays.

    Raises:
        NotSignedIn, NotYourSchools, NoSuchPupil
    """
    who = person_of(actor)
    school = pupil.school
    if pupil.person_id not in rows_of_person(person_id=who.pk):
        require_keeper(actor, school)
    told = {"left_on": business_date(at), "left_at": at, "left_by": who}
    if not Pupil.unscoped.filter(pk=pupil.pk, left_on=None).update(**told):
        raise NoSuchPupil
    for name, value in told.items():
        setattr(pupil, name, value)
    leave_trail(school=school, actor=actor, at=at, verb="pupil_left")
    return pupil
