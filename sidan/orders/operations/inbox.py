"""What telephones kept without network: each record is taken in once, whatever came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, Way
from sidan.attendance.models import Mark, OfflineRecord
from sidan.attendance.operations import AlreadyMarked, Proof, Received, RecordFacts, Told, receive
from sidan.attendance.policies.claiming import Kept, claimed
from sidan.attendance.policies.door import MOST_WRONG_TOLD
from sidan.attendance.queries import code_fits, refused_records, wrong_codes_told
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
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
    account_id, person_id = require_signed_in(actor=actor)
    if not was_ever_named(assignment=sent.visit.assignment, person_id=person_id):
        raise NotNamedForVisit
    facts = RecordFacts(
        uuid=sent.uuid, cause_id=sent.visit.cause_id, person_id=person_id, sent_by_id=account_id,
        direction=sent.direction, way=sent.proof.way, reason_code=sent.proof.reason_code,
    )  # fmt: skip
    with act():
        # Twins wait for each other here, so that the second finds what the first has left.
        lock_order(order_id=sent.visit.assignment.order_id)
        received = receive(
            at=at, facts=facts, kept=sent.kept, fits=_fitting(sent),
            write=lambda told: _write(actor, at, sent, told),
        )  # fmt: skip
        if received.is_new:
            _tell_refused(at, sent, received)
            _tell_guesses(at, sent, person_id, received.record.mark)
    return TakenIn(sent.uuid, received.outcome, received.record.claimed_at, received.grade)


def _tell_refused(at: datetime, sent: Sent, received: Received) -> None:
    """Tell the volunteer and the leader, once a visit: the telephone may be in a pocket when it sends."""
    person_id = received.record.person_id
    if received.outcome in {"written", AlreadyMarked.code}:
        return
    if refused_records(cause_id=sent.visit.cause_id, person_id=person_id) > 1:
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


def _write(actor: Actor, at: datetime, sent: Sent, told: Told) -> Mark:
    checking = check_in if sent.direction == Direction.IN else check_out
    return checking(actor=actor, at=at, visit=sent.visit, proof=sent.proof, told=told)
