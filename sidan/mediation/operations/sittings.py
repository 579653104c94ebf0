"""Sittings and follow-ups: planned, held and written down, called off, done."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.mediation.enums import CaseState, Kept, SittingState
from sidan.mediation.models import Case, FollowUp, Sitting
from sidan.mediation.operations.cases import FOLLOWED_WITHIN
from sidan.mediation.operations.door import hold_case, leave_trail, moved_on, pass_door
from sidan.mediation.states import LIVE

PLANNED_WITHIN: Final = timedelta(days=365)
"""Farther ahead it is a wrong year."""


class NoSuchSitting(NotFound):
    code = "no_such_sitting"


class SittingOver(Conflict):
    code = "sitting_over"
    sentence = _("This sitting was held or called off already.")


class SittingInThePast(Invalid):
    code = "sitting_in_the_past"
    sentence = _("A sitting is planned for a time that lies ahead.")


class SittingAhead(Invalid):
    code = "sitting_ahead"
    sentence = _("A sitting that was held cannot lie ahead. Plan it instead.")


class SittingBeforeCase(Invalid):
    code = "sitting_before_case"
    sentence = _("The sitting cannot lie before the case was taken on.")


class SittingTooFar(Invalid):
    code = "sitting_too_far"
    sentence = _("A sitting is planned within the coming year.")


class SittingNotYet(Conflict):
    code = "sitting_not_yet"
    sentence = _("This sitting lies ahead. Its minutes are written when it has begun.")


class FollowUpDone(Conflict):
    code = "follow_up_done"
    sentence = _("What this follow-up found was written down already.")


class SittingPlannedAlready(Conflict):
    code = "sitting_planned_already"
    sentence = _("A sitting is planned for this time already.")


class FollowUpNotYet(Conflict):
    code = "follow_up_not_yet"
    sentence = _("This follow-up is not due yet. What it finds is written down from its day on.")


class FollowUpTaken(Conflict):
    code = "follow_up_taken"
    sentence = _("There is a follow-up on this day already.")


class FollowUpInThePast(Invalid):
    code = "follow_up_in_the_past"
    sentence = _("A follow-up is planned for a day that lies ahead.")


class FollowUpTooFar(Invalid):
    code = "follow_up_too_far"
    sentence = _("A follow-up is planned within two years.")


def plan_sitting(*, actor: Actor, at: datetime, case: Case, planned_at: datetime, where: str) -> Sitting:
    """Plan a meeting of the parties.

    Raises:
        NotYourCase, SittingInThePast, SittingTooFar, SittingPlannedAlready
        CaseMovedOn: the case is not in mediation.
    """
    with transaction.atomic():
        if (state := hold_case(actor=actor, case=case)) not in LIVE:
            raise moved_on(state)
        if planned_at <= at:
            raise SittingInThePast
        if planned_at > at + PLANNED_WITHIN:
            raise SittingTooFar
        if case.sittings.filter(state=SittingState.PLANNED, planned_at=planned_at).exists():
            raise SittingPlannedAlready
        sitting = Sitting.objects.create(case=case, planned_at=planned_at, where=where)
        leave_trail(case=case, actor=actor, at=at, verb="plan_sitting")
    return sitting


def hold_sitting(*, actor: Actor, at: datetime, case: Case, uuid: UUID, minutes: str) -> Sitting:
    """Write the minutes of a sitting that was held; in a case that has ended as well, which stays what it is.

    Raises:
        NotYourCase, NoSuchSitting, SittingOver, SittingNotYet
        CaseMovedOn: somebody else acted on the case since it was read.
    """
    with transaction.atomic():
        hold_case(actor=actor, case=case)
        sitting = _planned(case, uuid)
        if sitting.planned_at > at:
            raise SittingNotYet
        sitting.state, sitting.minutes, sitting.written_at = SittingState.HELD, minutes, at
        sitting.save(update_fields=["state", "minutes", "written_at"])
        _pass_minutes(actor, at, case)
    return sitting


def record_sitting(
    *, actor: Actor, at: datetime, case: Case, held_at: datetime, where: str, minutes: str
) -> Sitting:
    """Write down a sitting that nobody had planned, with its minutes; in a case that has ended as well.

    Raises:
        NotYourCase, SittingAhead, SittingBeforeCase
        CaseMovedOn: somebody else acted on the case since it was read.
    """
    with transaction.atomic():
        hold_case(actor=actor, case=case)
        if held_at > at:
            raise SittingAhead
        if business_date(held_at) < case.taken_on:
            raise SittingBeforeCase
        sitting = Sitting.objects.create(
            case=case,
            state=SittingState.HELD,
            planned_at=held_at,
            where=where,
            minutes=minutes,
            written_at=at,
        )
        _pass_minutes(actor, at, case)
    return sitting


def call_off_sitting(*, actor: Actor, at: datetime, case: Case, uuid: UUID) -> Sitting:
    """Call a planned sitting off. Raises NotYourCase, NoSuchSitting, SittingOver."""
    with transaction.atomic():
        hold_case(actor=actor, case=case)
        sitting = _planned(case, uuid)
        sitting.state = SittingState.CALLED_OFF
        sitting.save(update_fields=["state"])
        leave_trail(case=case, actor=actor, at=at, verb="call_off_sitting")
    return sitting


def plan_follow_up(*, actor: Actor, at: datetime, case: Case, due_on: date) -> FollowUp:
    """Plan one more day on which one asks.

    Raises:
        NotYourCase, FollowUpTaken, FollowUpInThePast, FollowUpTooFar
        CaseMovedOn: there is no agreement to follow up.
    """
    try:
        with transaction.atomic():
            if (state := hold_case(actor=actor, case=case)) != CaseState.AGREED:
                raise moved_on(state)
            if due_on < business_date(at):
                raise FollowUpInThePast
            if due_on > business_date(at) + FOLLOWED_WITHIN:
                raise FollowUpTooFar
            made = FollowUp.objects.create(case=case, due_on=due_on)
            leave_trail(case=case, actor=actor, at=at, verb="plan_follow_up")
    except IntegrityError:
        raise FollowUpTaken from None
    return made


def report_follow_up(
    *, actor: Actor, at: datetime, case: Case, uuid: UUID, found: str, words: str
) -> FollowUp:
    """Write down whether the agreement is kept, on the day it is due or later; that it is not, at any time.

    Raises:
        NotYourCase, NoSuchSitting, FollowUpDone, FollowUpNotYet
        CaseMovedOn: the case ended before anybody had asked.
    """
    with transaction.atomic():
        state = hold_case(actor=actor, case=case)
        one = FollowUp.objects.select_for_update().filter(case=case, uuid=uuid).first()
        if one is None:
            raise NoSuchSitting
        if one.done_at is not None:
            raise FollowUpDone
        if one.dropped_at is not None:
            raise moved_on(state)
        if one.due_on > business_date(at) and found != Kept.BROKEN:
            raise FollowUpNotYet
        one.found, one.words, one.done_at = found, words, at
        one.save(update_fields=["found", "words", "done_at"])
        leave_trail(case=case, actor=actor, at=at, verb="follow_up")
    return one


def _pass_minutes(actor: Actor, at: datetime, case: Case) -> None:
    """A sitting brings a case under way; one that has moved on already is not taken back by it."""
    pass_door(case=case, actor=actor, at=at, verb="hold" if case.state in LIVE else "minutes")


def _planned(case: Case, uuid: UUID) -> Sitting:
    sitting = Sitting.objects.select_for_update().filter(case=case, uuid=uuid).first()
    if sitting is None:
        raise NoSuchSitting
    if sitting.state != SittingState.PLANNED:
        raise SittingOver
    return sitting
