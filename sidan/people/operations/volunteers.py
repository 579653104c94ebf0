"""Volunteers: applying, being entered by staff, and their standing (Volunteer Service Regulations, art. 7)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.events import publish
from sidan.core.ids import order_number
from sidan.core.phones import normalise_phone
from sidan.people.enums import Sex, Skill, VolunteerState
from sidan.people.events import VolunteerMoved
from sidan.people.models import Person, Volunteer
from sidan.people.operations.persons import add_person, find_place, find_same_person
from sidan.people.permissions import (
    may_manage_people,
    require_entering_people,
    require_managing,
    require_signed_in,
    require_volunteer_contact,
)
from sidan.people.states import VOLUNTEER
from sidan.places.models import Place


class VolunteerAlready(Conflict):
    code = "volunteer_already"
    sentence = _("This person is registered as a volunteer already (%(number)s).")


class UnknownSkill(Invalid):
    code = "unknown_skill"
    sentence = _("There is no such skill in the list.")


class VolunteerMovedOn(Conflict):
    code = "volunteer_moved_on"
    sentence = _("This does not fit any more: the volunteer is now “%(state_words)s”.")


def apply_as_volunteer(
    *, actor: Actor, at: datetime, place_id: int, skills: Sequence[str], free_time: str = ""
) -> Volunteer:
    """Register oneself; the managers of the place approve. Who had left applies again.

    Raises:
        NotSignedIn, NotFound (the place), UnknownSkill, VolunteerAlready.
    """
    _account_id, person_id = require_signed_in(actor=actor)
    _check_skills(skills)
    with transaction.atomic():
        place = find_place(place_id=place_id)
        present = Volunteer.unscoped.select_for_update().filter(person=person_id).first()
        if present is None:
            return _add(
                actor=actor, at=at, person_id=person_id, place=place, skills=skills, free_time=free_time,
                state=VolunteerState.APPLIED, verb="volunteer.applied",
            )  # fmt: skip
        if present.state != VolunteerState.LEFT:
            raise VolunteerAlready(number=present.number)
        present.place, present.county_id, present.skills, present.free_time = (
            place, place.county_id, list(skills), free_time,
        )  # fmt: skip
        present.save(update_fields=["place", "county", "skills", "free_time"])
        _move(actor=actor, at=at, volunteer=present, verb="apply_again")
        return present


@transaction.atomic
def register_volunteer(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    phone: str,
    place_id: int,
    skills: Sequence[str] = (),
    sex: str = Sex.UNSTATED,
    free_time: str = "",
) -> Volunteer:
    """Enter a volunteer with their consent. Managers enter an active one; a practitioner's entry waits for approval.

    Raises:
        NotYourVolunteer, BadPhone, UnknownSkill, VolunteerAlready, NotFound (the place).
    """
    require_entering_people(actor=actor, place_id=place_id)
    _check_skills(skills)
    place = find_place(place_id=place_id)
    person = find_same_person(name=name, phone=normalise_phone(phone))
    if person is None:
        person = add_person(at=at, name=name, place=place, phone=phone, sex=sex)
    present = Volunteer.unscoped.filter(person=person).first()
    if present is not None:
        raise VolunteerAlready(number=present.number)
    is_approved = may_manage_people(actor=actor, place_id=place_id)
    return _add(
        actor=actor, at=at, person_id=person.pk, place=place, skills=skills, free_time=free_time,
        state=VolunteerState.ACTIVE if is_approved else VolunteerState.APPLIED, verb="volunteer.registered",
    )  # fmt: skip


def _add(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    place: Place,
    skills: Sequence[str],
    free_time: str,
    state: str,
    verb: str,
) -> Volunteer:
    volunteer = Volunteer(person_id=person_id, place=place, county_id=place.county_id, state=state)
    volunteer.skills, volunteer.free_time, volunteer.registered_on = (
        list(skills),
        free_time,
        business_date(at),
    )
    volunteer.number = f"V{order_number()}"
    try:
        with transaction.atomic():
            volunteer.save(force_insert=True)
    except IntegrityError:
        # Entered twice at the same moment; the one row per person is kept by the database.
        raise VolunteerAlready(number="") from None
    record(
        actor=actor, at=at, verb=verb, subject=("volunteer", volunteer.pk), place_id=place.pk,
        county_id=place.county_id,
    )  # fmt: skip
    publish(VolunteerMoved(volunteer_id=volunteer.pk, verb=verb, to_state=state, at=at))
    return volunteer


def approve_volunteer(*, actor: Actor, at: datetime, uuid: UUID) -> Volunteer:
    """Take an applicant in.

    Raises:
        NotYourPeople, VolunteerMovedOn, NotFound.
    """
    return _step(actor=actor, at=at, uuid=uuid, verb="approve")


def pause_volunteer(*, actor: Actor, at: datetime, uuid: UUID) -> Volunteer:
    """Let a volunteer rest: not asked to serve until resumed.

    Raises:
        NotYourPeople, VolunteerMovedOn, NotFound.
    """
    return _step(actor=actor, at=at, uuid=uuid, verb="pause")


def resume_volunteer(*, actor: Actor, at: datetime, uuid: UUID) -> Volunteer:
    """Let a resting volunteer serve again.

    Raises:
        NotYourPeople, VolunteerMovedOn, NotFound.
    """
    return _step(actor=actor, at=at, uuid=uuid, verb="resume")


def leave_as_volunteer(*, actor: Actor, at: datetime, uuid: UUID) -> Volunteer:
    """Leave for good, or be taken off the roll; hours and history stay.

    Raises:
        NotYourPeople, VolunteerMovedOn, NotFound.
    """
    return _step(actor=actor, at=at, uuid=uuid, verb="leave")


@transaction.atomic
def _step(*, actor: Actor, at: datetime, uuid: UUID, verb: str) -> Volunteer:
    volunteer = Volunteer.objects.filter(uuid=uuid).first()
    if volunteer is None:
        raise NotFound
    volunteer = Volunteer.unscoped.select_for_update().get(pk=volunteer.pk)
    is_own = volunteer.person_id == actor.person_id and VOLUNTEER[verb].permission == "managing_or_self"
    if not is_own:
        require_managing(actor=actor, place_id=volunteer.place_id)
    _move(actor=actor, at=at, volunteer=volunteer, verb=verb)
    return volunteer


def _move(*, actor: Actor, at: datetime, volunteer: Volunteer, verb: str) -> None:
    transition = VOLUNTEER[verb]
    if volunteer.state not in transition.sources:
        raise VolunteerMovedOn(state_words=VolunteerState(volunteer.state).label)
    before, volunteer.state = volunteer.state, transition.target
    volunteer.save(update_fields=["state"])
    record(
        actor=actor, at=at, verb=f"volunteer.{verb}", subject=("volunteer", volunteer.pk),
        place_id=volunteer.place_id, county_id=volunteer.county_id, before=before, after=volunteer.state,
    )  # fmt: skip
    publish(VolunteerMoved(volunteer_id=volunteer.pk, verb=verb, to_state=volunteer.state, at=at))


@transaction.atomic
def edit_volunteer(
    *, actor: Actor, at: datetime, uuid: UUID, place_id: int, skills: Sequence[str], free_time: str
) -> Volunteer:
    """Change where a volunteer belongs, what they can do and when they are free.

    Raises:
        NotYourVolunteer, UnknownSkill, NotFound.
    """
    _check_skills(skills)
    place = find_place(place_id=place_id)
    volunteer = Volunteer.objects.filter(uuid=uuid).first()
    if volunteer is None:
        raise NotFound
    if volunteer.person_id != actor.person_id:
        require_entering_people(actor=actor, place_id=volunteer.place_id)
        require_entering_people(actor=actor, place_id=place_id)
    moves = volunteer.place_id != place.pk
    volunteer.place, volunteer.county_id, volunteer.skills, volunteer.free_time = (
        place, place.county_id, list(skills), free_time,
    )  # fmt: skip
    volunteer.save(update_fields=["place", "county", "skills", "free_time"])
    record(
        actor=actor, at=at, verb="volunteer.edited", subject=("volunteer", volunteer.pk), place_id=place.pk,
        county_id=place.county_id,
    )  # fmt: skip
    if moves:
        publish(VolunteerMoved(volunteer_id=volunteer.pk, verb="move", to_state=volunteer.state, at=at))
    return volunteer


@transaction.atomic
def reveal_volunteer_phone(*, actor: Actor, at: datetime, uuid: UUID) -> str:
    """Return a volunteer's whole contact phone, and write down who looked (R-Z10).

    Raises:
        NotYourVolunteer, NotFound.
    """
    volunteer = Volunteer.objects.filter(uuid=uuid).first()
    if volunteer is None:
        raise NotFound
    require_volunteer_contact(actor=actor, volunteer=volunteer)
    record(
        actor=actor, at=at, verb="volunteer.phone_shown", subject=("volunteer", volunteer.pk),
        place_id=volunteer.place_id, county_id=volunteer.county_id,
    )  # fmt: skip
    return str(Person.unscoped.get(pk=volunteer.person_id).contact_phone)


def _check_skills(skills: Sequence[str]) -> None:
    if not set(skills) <= set(Skill.values):
        raise UnknownSkill
