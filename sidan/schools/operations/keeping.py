"""Founding a school, writing it anew, closing it and opening it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import AtField, require_words
from sidan.core.transactions import told_when
from sidan.files.models import StoredFile
from sidan.people.models import Person
from sidan.people.queries import person_of
from sidan.places.models import Place
from sidan.schools.enums import SchoolState
from sidan.schools.models import ONE_NAME, School
from sidan.schools.notices import tell_pupils
from sidan.schools.operations.door import append_step, claim_turn
from sidan.schools.permissions import require_keeper, require_keeping


class SchoolNameTaken(AtField):
    code = "school_name_taken"
    field = "name"
    sentence = _("Another school of this place has this name. Please give it another one.")


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What a school says of itself; whoever founds it runs it where nobody else is named."""

    name: str
    venue: str
    subjects: Sequence[str]
    name_en: str = ""
    about: str = ""
    about_en: str = ""
    head: Person | None = None

    def columns(self, *, head: Person) -> dict[str, Any]:
        """Return what of it stands in the row."""
        return {
            "name": self.name, "name_en": self.name_en, "venue": self.venue, "about": self.about,
            "about_en": self.about_en, "subjects": list(self.subjects), "head": self.head or head,
        }  # fmt: skip


def found_school(*, actor: Actor, at: datetime, place: Place, facts: SchoolFacts) -> School:
    """Found a school of a place. Raises NotSignedIn, NotYourSchools, SchoolNameTaken."""
    require_keeping(actor=actor, place_id=place.pk, county_id=place.county_id)
    founder = person_of(actor)
    with told_when(constraint=ONE_NAME, refusal=SchoolNameTaken), transaction.atomic():
        school = School.unscoped.create(
            place=place, county_id=place.county_id, state=SchoolState.ACTIVE, state_since=at, created_at=at,
            created_by=founder, **facts.columns(head=founder),
        )  # fmt: skip
        append_step(school=school, actor=actor, at=at, verb="found", from_state="")
    return school


def edit_school(*, actor: Actor, at: datetime, school: School, facts: SchoolFacts) -> School:
    """Write a school anew. Raises NotYourSchools, SchoolMovedOn, SchoolNameTaken."""
    require_keeper(actor, school)
    with told_when(constraint=ONE_NAME, refusal=SchoolNameTaken), transaction.atomic():
        before = claim_turn(school=school, at=at, verb="edit")
        columns = facts.columns(head=school.head)
        for name, value in columns.items():
            setattr(school, name, value)
        school.save(update_fields=["search", *columns])
        append_step(school=school, actor=actor, at=at, verb="edit", from_state=before)
    return school


@transaction.atomic
def hang_picture(*, actor: Actor, at: datetime, school: School, file: StoredFile) -> School:
    """Give a school a stored picture; `files` clears the one before away. Raises NotYourSchools, SchoolMovedOn."""
    require_keeper(actor, school)
    before = claim_turn(school=school, at=at, verb="edit")
    school.picture = file
    school.save(update_fields=["picture"])
    append_step(school=school, actor=actor, at=at, verb="edit", from_state=before)
    return school


@transaction.atomic
def close_school(*, actor: Actor, at: datetime, school: School, words: str) -> School:
    """Close a school and say why: its pupils are told; they stay written down in case it opens again.

    Raises:
        NotYourSchools, SayWhy, SchoolMovedOn
    """
    require_keeper(actor, school)
    require_words(words)
    before = claim_turn(school=school, at=at, verb="close")
    append_step(school=school, actor=actor, at=at, verb="close", from_state=before, words=words)
    tell_pupils(kind="school_closed", school=school, at=at)
    return school


def reopen_school(*, actor: Actor, at: datetime, school: School) -> School:
    """Open a school again; those who belong to it are told. Raises NotYourSchools, SchoolMovedOn, SchoolNameTaken."""
    require_keeper(actor, school)
    with told_when(constraint=ONE_NAME, refusal=SchoolNameTaken), transaction.atomic():
        before = claim_turn(school=school, at=at, verb="reopen")
        append_step(school=school, actor=actor, at=at, verb="reopen", from_state=before)
        tell_pupils(kind="school_reopened", school=school, at=at)
    return school
