"""What telephones kept without network: each record is taken in once, whatever came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, Way
from sidan.attendance.models import Mark, OfflineRecord
from sidan.attendance.operations import AlreadyMarked, Proof, RecordFacts, Told, keep_record
from sidan.attendance.policies.claiming import Claim, Kept, claimed, is_too_old
from sidan.attendance.policies.door import MOST_WRONG_TOLD
from sidan.attendance.queries import (
    code_fits,
    record_by_uuid,
    refused_records,
    told_records,
    wrong_codes_told,
)
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from sidan.core.transactions import act
from sidan.orders.enums import VisitState
from sidan.orders.models import Visit
from sidan.orders.notices import tell_leader, tell_persons
from sidan.orders.operations.door import lock_order
from sidan.orders.operations.late import require_by_hand
from sidan.orders.operations.visiting import check_in, check_out, locked_order, write_time
from sidan.orders.permissions import NotNamedForVisit, require_leading
from sidan.orders.queries import named_person_ids, was_ever_named
from sidan.people.permissions import require_signed_in

MOST_RECORDS: Final = 40
"""Records of one person at one visit: somebody who comes and goes twice, from two telephones, by every way, has 24."""


class TooManyRecords(Conflict):
    code = "too_many_records"
    sentence = _(
        "So many times were sent for this visit that no more are taken in. Please ask your leader to write it down by"
        " hand."
    )


class RecordTooOld(Conflict):
    code = "record_too_old"
    sentence = _(
        "This time was kept more than seven days ago. Please ask your leader to write it down by hand."
    )


class RecordOfAnother(Conflict):
    code = "record_of_another"
    sentence = _("This record belongs to somebody else.")


class NoLongerNamed(Conflict):
    code = "no_longer_named"
    sentence = _(
        "This volunteer is no longer named for the visit. Name them again first, then write the time down."
    )


@dataclass(frozen=True, slots=True)
class Sent:
    """One record: a coming or going with its proof, named by the telephone."""

    uuid: UUID
    visit: Visit
    direction: Direction
    proof: Proof
    kept: Kept
    nth: int = 0
    """As which one the telephone kept it; nought of one that does not count."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a record: "written", or why not."""

    uuid: UUID
    outcome: str
    at: datetime
    grade: str = ""


def turn_of(*, at: datetime, sent: Sent) -> tuple[int, datetime, bool]:
    """Return by what records of one sending are put as they happened: as the telephone kept them one after another.

    Of one that does not count the moments that are meant, comings before goings of the same one: a clock that was set
    back in between names the going earlier than the coming.
    """
    claim = claimed(kept=sent.kept, received_at=at, fits=_fitting(sent))
    return sent.nth, claim.at, sent.direction == Direction.OUT


def take_in(*, actor: Actor, at: datetime, sent: Sent) -> TakenIn:
    """Write what a telephone has kept, or keep it as told where it cannot be written. Sent twice it is the same.

    Raises:
        NotNamedForVisit: the actor never was; nothing is kept.
        RecordOfAnother: somebody else's record has this name.
        TooManyRecords: nothing is kept.
    """
    _account_id, person_id = require_signed_in(actor=actor)
    if not was_ever_named(assignment=sent.visit.assignment, person_id=person_id):
        raise NotNamedForVisit
    with act():
        # Twins wait for each other here, so that the second finds what the first has left.
        lock_order(order_id=sent.visit.assignment.order_id)
        known = record_by_uuid(uuid=sent.uuid)
        if known is not None:
            if known.person_id != person_id:
                raise RecordOfAnother
            grade = known.mark.grade if known.mark else ""
            return TakenIn(sent.uuid, known.outcome, known.claimed_at, grade)
        if told_records(cause_id=sent.visit.cause_id, person_id=person_id) >= MOST_RECORDS:
            raise TooManyRecords
        claim = claimed(kept=sent.kept, received_at=at, fits=_fitting(sent))
        written, refusal = _try(actor, at, sent, claim)
        outcome = refusal.code if refusal else "written"
        facts = RecordFacts(
            uuid=sent.uuid, cause_id=sent.visit.cause_id, person_id=person_id, direction=sent.direction,
            way=sent.proof.way, reason_code=sent.proof.reason_code,
        )  # fmt: skip
        if refusal and outcome != AlreadyMarked.code:
            _tell_refused(at, sent, person_id)
        keep_record(at=at, facts=facts, kept=sent.kept, claim=claim, outcome=outcome, mark=written)
        _tell_guesses(at, sent, person_id, written)
    return TakenIn(sent.uuid, outcome, claim.at, written.grade if written else "")


def _tell_refused(at: datetime, sent: Sent, person_id: int) -> None:
    """Tell the volunteer and the leader, once a visit: the telephone may be in a pocket when it sends."""
    if refused_records(cause_id=sent.visit.cause_id, person_id=person_id):
        return
    assignment = sent.visit.assignment
    tell_persons(person_ids=[person_id], kind="order_time_refused", order=assignment.order, at=at)
    tell_leader(
        team_id=assignment.team_id, kind="order_time_refused_to_leader", order=assignment.order, at=at
    )


def _tell_guesses(at: datetime, sent: Sent, person_id: int, written: Mark | None) -> None:
    """Tell the leader, at the digits after which none proves anything any more."""
    if sent.proof.way != Way.CODE or (written and written.code_step is not None):
        return
    if wrong_codes_told(cause_id=sent.visit.cause_id, person_id=person_id) == MOST_WRONG_TOLD:
        assignment = sent.visit.assignment
        tell_leader(team_id=assignment.team_id, kind="order_digits_do_not_fit", order=assignment.order, at=at)


def write_refused_time(*, actor: Actor, at: datetime, kept: OfflineRecord, visit: Visit, reason: str) -> Mark:
    """Write a time by hand that a telephone told and that was refused, at the moment that it claims: the leader does.

    It is as weak as any time by hand and counts once somebody else has said that it is right, also after the visit was
    reported: what the report says stays as it is.

    Raises:
        NotYourTeam, NoLongerNamed, VisitCalledOff, AfterTheEnd; what `attendance.mark` raises.
    """
    require_leading(actor=actor, team_id=visit.assignment.team_id)
    told, proof = Told(at=kept.claimed_at, is_steady=False), Proof(way=Way.HAND, reason_code=reason)
    direction = Direction(kept.direction)
    with act():
        order = locked_order(visit=visit)
        if visit.state in {VisitState.PLANNED, VisitState.UNDER_WAY}:
            if kept.person_id not in named_person_ids(assignment_id=visit.assignment_id):
                raise NoLongerNamed
            checking = check_in if direction == Direction.IN else check_out
            return checking(actor=actor, at=at, visit=visit, proof=proof, person_id=kept.person_id, told=told)
        require_by_hand(visit=visit, order=order, told=told)
        return write_time(
            actor=actor, at=at, visit=visit, order=order, person_id=kept.person_id, direction=direction, proof=proof,
            told=told,
        )  # fmt: skip


def _fitting(sent: Sent) -> Callable[[datetime], bool] | None:
    """Return how to tell whether a moment fits the digits of the door; None where there are none."""
    if sent.proof.way != Way.CODE:
        return None
    return lambda moment: code_fits(cause_uuid=str(sent.visit.uuid), code=sent.proof.code, at=moment)


def _try(actor: Actor, at: datetime, sent: Sent, claim: Claim) -> tuple[Mark | None, DomainError | None]:
    if is_too_old(claim=claim, received_at=at):
        return None, RecordTooOld()
    told = Told(at=claim.at, is_steady=claim.is_steady)
    checking = check_in if sent.direction == Direction.IN else check_out
    try:
        # A savepoint: what was told is kept although the mark was refused.
        with transaction.atomic():
            return checking(actor=actor, at=at, visit=sent.visit, proof=sent.proof, told=told), None
    except (Conflict, Invalid, Forbidden, NotFound) as refusal:
        return None, refusal
