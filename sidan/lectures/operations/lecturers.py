"""Who lectures for a place: named with their word, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.lectures.models import LECTURES_ONCE, Lecturer
from sidan.lectures.permissions import NoSuchLecturer, require_writing
from sidan.people.models import Person
from sidan.people.queries import person_of
from sidan.places.models import Place


class LecturesAlready(Conflict):
    code = "lectures_already"
    sentence = _("This person lectures for this place already.")


class WordNeeded(AtField):
    code = "word_of_lecturer_needed"
    field = "has_agreed"
    sentence = _("The name stands where everybody reads it. Please ask the person first.")


@dataclass(frozen=True, slots=True)
class LecturerFacts:
    """What everybody reads of somebody who lectures."""

    has_agreed: bool
    tasks: Sequence[str] = ()
    about: str = ""
    about_en: str = ""


@transaction.atomic
def name_lecturer(
    *, actor: Actor, at: datetime, place: Place, person: Person, facts: LecturerFacts
) -> Lecturer:
    """Write down who lectures for a place, with their word that they may be named.

    Raises:
        NotSignedIn, NotYourTalks, WordNeeded, LecturesAlready
    """
    require_writing(actor=actor, place_id=place.pk, county_id=place.county_id)
    if not facts.has_agreed:
        raise WordNeeded
    with told_when(constraint=LECTURES_ONCE, refusal=LecturesAlready):
        made = Lecturer.unscoped.create(
            place=place, county_id=place.county_id, person=person, tasks=list(facts.tasks), about=facts.about,
            about_en=facts.about_en, agreed_at=at, created_at=at, created_by=person_of(actor),
        )  # fmt: skip
    _leave_trail(made, actor, at, "named")
    return made


@transaction.atomic
def end_lecturer(*, actor: Actor, at: datetime, lecturer: Lecturer) -> Lecturer:
    """Somebody lectures no more: what they gave stays. Raises NotYourTalks, NoSuchLecturer."""
    require_writing(actor=actor, place_id=lecturer.place_id, county_id=lecturer.county_id)
    if not Lecturer.unscoped.filter(pk=lecturer.pk, ended_at=None).update(ended_at=at):
        raise NoSuchLecturer
    lecturer.ended_at = at
    _leave_trail(lecturer, actor, at, "ended")
    return lecturer


def _leave_trail(lecturer: Lecturer, actor: Actor, at: datetime, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"lecturer.{verb}", subject=("lecturer", lecturer.pk),
        place_id=lecturer.place_id, county_id=lecturer.county_id,
    )  # fmt: skip
