"""Signing off, being refused, another post; and who was not there. What gets free the line has at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import OVER, TAKING
from sidan.activities.models import Activity, Enrolment, EnrolmentStep, EntryRules, Post
from sidan.activities.notices import tell_lead
from sidan.activities.operations.coming import leave_post, lock_of, pass_enrolment, post_now, settle
from sidan.activities.operations.enrolling import check_helper
from sidan.activities.permissions import NoSuchPost, NotYourEnrolment, is_own, may_run, require_running
from sidan.activities.queries import has_come
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, require_words


class SignoffOver(Conflict):
    code = "signoff_over"
    sentence = _("The time for signing off is over. Please call the place, so that it does not wait for you.")


class PostFull(Conflict):
    code = "post_full"
    sentence = _("No place is free at “%(post)s”.")


class NotOverYet(Conflict):
    code = "activity_not_over_yet"
    sentence = _("Who was not there is known when it is over.")


class WasThere(Conflict):
    code = "was_there"
    sentence = _("%(name)s was checked in. If that is wrong, it is said of the time itself.")


class AnsweredAlready(Conflict):
    code = "answered_already"
    sentence = _("You have answered already; the place reads it.")


class NotAnsweredYet(Conflict):
    code = "absence_not_answered"
    sentence = _(
        "There is no answer to decide about. Without one it counts by itself when the time for it is over."
    )


class SomebodyElseDecides(Conflict):
    code = "somebody_else_decides"
    sentence = _("You wrote it down yourself. Somebody else reads the answer and decides.")


class NothingMoves(Conflict):
    code = "activity_does_not_move"
    sentence = _("It is over or called off: who comes is not changed any more.")


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, enrolment: Enrolment, words: str = "") -> Enrolment:
    """Sign oneself, or whom one signed up, off; who waits longest moves up. The place does so for who calls.

    Raises:
        NotYourEnrolment, SignoffOver, NothingMoves, EnrolmentMovedOn
    """
    owns = is_own(actor=actor, enrolment=enrolment)
    activity = enrolment.activity
    runs = may_run(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    if not owns and not runs:
        raise NotYourEnrolment
    activity, post = lock_of(enrolment)
    _require_coming(activity)
    if not runs and at >= _last_moment(activity):
        raise SignoffOver
    was = enrolment.state
    pass_enrolment(enrolment=enrolment, actor=actor, at=at, verb="withdraw", words=words)
    leave_post(post=post, was=was, at=at)
    return enrolment


@transaction.atomic
def refuse_enrolment(*, actor: Actor, at: datetime, enrolment: Enrolment, words: str) -> Enrolment:
    """Say that somebody cannot come, and why; the line moves up.

    Raises:
        NotYourActivities, SayWhy, NothingMoves, EnrolmentMovedOn
    """
    _require_running(actor, enrolment)
    require_words(words)
    activity, post = lock_of(enrolment)
    _require_coming(activity)
    was = enrolment.state
    pass_enrolment(enrolment=enrolment, actor=actor, at=at, verb="refuse", words=words)
    leave_post(post=post, was=was, at=at)
    return enrolment


@transaction.atomic
def shift_enrolment(*, actor: Actor, at: datetime, enrolment: Enrolment, post: Post) -> Enrolment:
    """Give somebody a free place at another post of the same activity; the line left behind moves up.

    Raises:
        NotYourActivities, NoSuchPost (taken away, or of something else), PostFull, VolunteersOnly, SkillMissing
        NothingMoves, EnrolmentMovedOn
    """
    _require_running(actor, enrolment)
    activity, before = lock_of(enrolment)
    _require_coming(activity)
    target = post_now(post)
    if target.activity_id != activity.pk:
        raise NoSuchPost
    if target.pk == before.pk or target.left == 0:
        raise PostFull(post=target.shown_name)
    check_helper(target, enrolment.person)
    was = enrolment.state
    target.tickets, target.taken = target.tickets + 1, target.taken + 1
    enrolment.post, enrolment.ticket = target, target.tickets
    enrolment.save(update_fields=["post", "ticket"])
    settle(post=target, at=at)
    pass_enrolment(enrolment=enrolment, actor=actor, at=at, verb="shift")
    leave_post(post=before, was=was, at=at)
    return enrolment


@transaction.atomic
def miss_enrolment(*, actor: Actor, at: datetime, enrolment: Enrolment, words: str) -> Enrolment:
    """Write down that somebody who had a place was not there, and how one knows; they are told and answer.

    Raises:
        NotYourActivities, SayWhy, NotOverYet, WasThere, EnrolmentMovedOn
    """
    _require_running(actor, enrolment)
    require_words(words)
    activity, _post = lock_of(enrolment)
    if activity.state not in OVER:
        raise NotOverYet
    if has_come(enrolment=enrolment):
        raise WasThere(name=enrolment.person.name)
    pass_enrolment(enrolment=enrolment, actor=actor, at=at, verb="miss", words=words)
    return enrolment


@transaction.atomic
def answer_absence(*, actor: Actor, at: datetime, enrolment: Enrolment, words: str) -> Enrolment:
    """Say, once, why one was not there, or that one was.

    Raises:
        NotYourEnrolment, SayWhy, AnsweredAlready, EnrolmentMovedOn
    """
    if not is_own(actor=actor, enrolment=enrolment):
        raise NotYourEnrolment
    require_words(words)
    lock_of(enrolment)
    if _last_step(enrolment).verb != "miss":
        raise AnsweredAlready
    pass_enrolment(enrolment=enrolment, actor=actor, at=at, verb="answer", words=words)
    tell_lead(enrolment=enrolment, at=at, but=actor.account_id)
    return enrolment


@transaction.atomic
def uphold_absence(*, actor: Actor, at: datetime, enrolment: Enrolment, words: str) -> Enrolment:
    """Find, after the answer, that somebody was not there all the same, and say why; never who wrote it down.

    Raises:
        NotYourActivities, SayWhy, EnrolmentMovedOn, NotAnsweredYet, SomebodyElseDecides
    """
    _require_running(actor, enrolment)
    require_words(words)
    lock_of(enrolment)
    if _last_step(enrolment).verb != "answer":
        raise NotAnsweredYet
    missed = EnrolmentStep.objects.filter(enrolment=enrolment, verb="miss").order_by("turn").last()
    if missed is not None and missed.actor_id == actor.account_id:
        raise SomebodyElseDecides
    pass_enrolment(enrolment=enrolment, actor=actor, at=at, verb="uphold", words=words)
    return enrolment


@transaction.atomic
def excuse_enrolment(*, actor: Actor, at: datetime, enrolment: Enrolment, words: str = "") -> Enrolment:
    """Take back that somebody was not there. Raises NotYourActivities, EnrolmentMovedOn."""
    _require_running(actor, enrolment)
    lock_of(enrolment)
    pass_enrolment(enrolment=enrolment, actor=actor, at=at, verb="excuse", words=words)
    return enrolment


def _last_step(enrolment: Enrolment) -> EnrolmentStep:
    return EnrolmentStep.objects.filter(enrolment=enrolment).latest("turn")


def _last_moment(activity: Activity) -> datetime:
    rules = EntryRules.objects.filter(activity=activity).first()
    until = rules.signoff_until if rules else None
    return min(until, activity.span.begins) if until else activity.span.begins


def _require_coming(activity: Activity) -> None:
    if activity.state not in TAKING:
        raise NothingMoves


def _require_running(actor: Actor, enrolment: Enrolment) -> None:
    activity = enrolment.activity
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
