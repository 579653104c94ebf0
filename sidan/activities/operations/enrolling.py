"""Signing up: oneself, somebody of the family, or the place for who has no telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import STANDING, TAKING, ActivityState, EnrolmentState, Entry, PostRole, Way
from sidan.activities.models import Activity, Enrolment, EntryRules, Post
from sidan.activities.operations.coming import append_enrolment_step, post_now
from sidan.activities.operations.locking import lock_activity
from sidan.activities.permissions import may_run
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict, Forbidden
from sidan.core.moments import when_words
from sidan.people.enums import Skill, VolunteerState
from sidan.people.models import Person, Volunteer
from sidan.people.operations import write_down_relative
from sidan.people.queries import person_of


class NotOpenYet(Conflict):
    code = "signup_not_open_yet"
    sentence = _("People cannot sign up yet. They can from: %(when)s.")


class SignupOver(Conflict):
    code = "signup_over"
    sentence = _("The time for signing up is over. Please call the place if you would like to come.")


class AlreadyEnrolled(Conflict):
    code = "already_enrolled"
    sentence = _("%(name)s is signed up already.")


class RefusedBefore(Conflict):
    code = "refused_before"
    sentence = _("The place has refused this before. Please call it.")


class OnlyInvited(Forbidden):
    code = "only_invited"
    sentence = _("For this one the place itself writes down who comes. Please call it.")


class WrongEntryCode(AtField):
    code = "wrong_entry_code"
    sentence = _("This is not the code. Ask whoever told you of it.")
    field = "code"


class AgeNeeded(AtField):
    code = "age_needed"
    sentence = _("Please say how old you are; it is not kept.")
    field = "age"


class AgeDoesNotFit(AtField):
    code = "age_does_not_fit"
    sentence = _("This is for other ages. Please look at who it is for, or call the place.")
    field = "age"


class VolunteersOnly(Conflict):
    code = "volunteers_only"
    sentence = _("Those who help are registered volunteers. Please register first; it takes a minute.")


class SkillMissing(Conflict):
    code = "skill_missing"
    sentence = _(
        "Whoever helps here must know this: %(skill)s. Please add it to what you can do, or help elsewhere."
    )


class FamilyTooLarge(Conflict):
    code = "family_too_large"
    sentence = _(
        "You have signed up as many of your family as one can here: %(most)s. For more, please call the place."
    )


class NotYoursToEnrol(Forbidden):
    code = "not_yours_to_enrol"
    sentence = _(
        "One signs up oneself and one's family. The place writes down others when they call or come by."
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """What is asked of who signs up. The age is compared and forgotten."""

    age: int | None = None
    code: str = ""
    words: str = ""


NOTHING_ASKED: Final = Answers()


def enrol(*, actor: Actor, at: datetime, post: Post, answers: Answers = NOTHING_ASKED) -> Enrolment:
    """Sign oneself up: at a place where one is free, else at the end of the line.

    Raises:
        NotSignedIn
        what `_enter` raises
    """
    return _enter(actor=actor, at=at, post=post, person=person_of(actor), way=Way.SELF, answers=answers)


@transaction.atomic
def enrol_relative(
    *, actor: Actor, at: datetime, post: Post, name: str, answers: Answers = NOTHING_ASKED
) -> Enrolment:
    """Sign somebody of one's family up who has no account of their own: known by name and one's telephone.

    Raises:
        NotSignedIn
        what `_enter` raises
    """
    person = write_down_relative(actor=actor, at=at, name=name)
    way = Way.SELF if person.pk == actor.person_id else Way.FAMILY
    return _enter(actor=actor, at=at, post=post, person=person, way=way, answers=answers)


def enrol_for(
    *, actor: Actor, at: datetime, post: Post, person: Person, answers: Answers = NOTHING_ASKED
) -> Enrolment:
    """Write down somebody who called or came by, until it is over; a full post has a line for them too.

    Raises:
        NotYoursToEnrol
        what `_enter` raises
    """
    activity = post.activity
    if not may_run(actor=actor, place_id=activity.place_id, county_id=activity.county_id):
        raise NotYoursToEnrol
    return _enter(actor=actor, at=at, post=post, person=person, way=Way.OFFICE, answers=answers)


@transaction.atomic
def _enter(
    *, actor: Actor, at: datetime, post: Post, person: Person, way: Way, answers: Answers
) -> Enrolment:
    """Take a place, or a ticket of the line.

    Raises:
        NotOpenYet, SignupOver, OnlyInvited, WrongEntryCode, AgeNeeded, AgeDoesNotFit, VolunteersOnly, SkillMissing
        FamilyTooLarge, AlreadyEnrolled, RefusedBefore, NoSuchPost
    """
    activity = lock_activity(post.activity_id)
    now = post_now(post)
    rules = EntryRules.objects.filter(activity=activity).first()
    _check_window(activity, rules, way, at)
    if way != Way.OFFICE:
        _check_asked(activity, now, rules, answers)
    if way == Way.FAMILY:
        _check_family(actor, activity)
    check_helper(now, person)
    _check_first(activity, person, way)
    has_place = now.left is None or now.left > 0
    now.tickets += 1
    now.taken, now.waiting = now.taken + has_place, now.waiting + (not has_place)
    now.save(update_fields=["tickets", "taken", "waiting"])
    made = Enrolment.unscoped.create(
        activity=activity, post=now, person=person, entered_by_id=actor.person_id, way=way, ticket=now.tickets,
        state=EnrolmentState.ENROLLED if has_place else EnrolmentState.WAITING, state_since=at, created_at=at,
    )  # fmt: skip
    append_enrolment_step(
        enrolment=made, actor=actor, at=at, verb="enrol" if has_place else "queue", from_state="",
        words=answers.words,
    )  # fmt: skip
    return made


def _check_window(activity: Activity, rules: EntryRules | None, way: Way, at: datetime) -> None:
    """Refuse who comes too early or too late; the place writes down until the end."""
    if activity.state == ActivityState.ANNOUNCED:
        raise NotOpenYet(when=when_words(activity.signup_from or activity.span.begins, now=at))
    if way == Way.OFFICE:
        if activity.state not in TAKING:
            raise SignupOver
        return
    until = rules.signup_until if rules and rules.signup_until else activity.span.begins
    if activity.state != ActivityState.OPEN or at >= min(until, activity.span.begins):
        raise SignupOver


def _check_asked(activity: Activity, post: Post, rules: EntryRules | None, answers: Answers) -> None:
    """Refuse who was not asked to come, or does not fit by age."""
    if rules and rules.entry == Entry.INVITED:
        raise OnlyInvited
    if (
        rules
        and rules.entry == Entry.CODE
        and not constant_time_compare(answers.code.strip(), str(rules.code))
    ):
        raise WrongEntryCode
    ages = activity.ages_for(post.role)
    if not ages.are_said:
        return
    if answers.age is None:
        raise AgeNeeded
    if not ages.fit(answers.age):
        raise AgeDoesNotFit


def _check_family(actor: Actor, activity: Activity) -> None:
    """Refuse to fill an activity with one's own; the caller holds its lock."""
    most = settings.FAMILY_ENROLMENTS
    rows = Enrolment.unscoped.filter(activity=activity, entered_by=actor.person_id, way=Way.FAMILY)
    if rows.filter(state__in=sorted(STANDING)).count() >= most:
        raise FamilyTooLarge(most=most)


def check_helper(post: Post, person: Person) -> None:
    """Who helps is a registered volunteer, and can do what the post needs."""
    if post.role != PostRole.VOLUNTEER:
        return
    volunteer = Volunteer.unscoped.filter(person=person, state=VolunteerState.ACTIVE).first()
    if volunteer is None:
        raise VolunteersOnly
    if post.skill and post.skill not in volunteer.skills:
        raise SkillMissing(skill=Skill(post.skill).label)


def _check_first(activity: Activity, person: Person, way: Way) -> None:
    """Nobody stands twice at an activity; whom the place refused it alone writes down again."""
    rows = Enrolment.unscoped.filter(activity=activity, person=person)
    if rows.filter(state__in=sorted(STANDING)).exists():
        raise AlreadyEnrolled(name=person.name)
    if way != Way.OFFICE and rows.filter(state=EnrolmentState.REFUSED).exists():
        raise RefusedBefore
