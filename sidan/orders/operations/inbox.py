"""What telephones kept without network: each record is taken in once, whatever came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, Way
from sidan.attendance.models import Mark
from sidan.attendance.operations import Proof, RecordFacts, Told, keep_record
from sidan.attendance.policies.claiming import Claim, Kept, claimed, is_too_old
from sidan.attendance.queries import code_fits, record_by_uuid
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from sidan.core.transactions import act
from sidan.orders.models import Visit
from sidan.orders.operations.door import lock_order
from sidan.orders.operations.visiting import check_in, check_out
from sidan.orders.permissions import NotNamedForVisit
from sidan.orders.queries import was_ever_named
from sidan.people.permissions import require_signed_in


class RecordTooOld(Conflict):
    code = "record_too_old"
    sentence = _(
        "This time was kept more than seven days ago. Please ask your leader to write it down by hand."
    )


class RecordOfAnother(Conflict):
    code = "record_of_another"
    sentence = _("This record belongs to somebody else.")


@dataclass(frozen=True, slots=True)
class Sent:
    """One record: a coming or going with its proof, named by the telephone."""

    uuid: UUID
    visit: Visit
    direction: Direction
    proof: Proof
    kept: Kept


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a record: "written", or why not."""

    uuid: UUID
    outcome: str
    at: datetime
    grade: str = ""
    refusal: DomainError | None = None


def take_in(*, actor: Actor, at: datetime, sent: Sent) -> TakenIn:
    """Write what a telephone has kept, or keep it as told where it cannot be written. Sent twice it is the same.

    Raises:
        NotNamedForVisit: the actor never was; nothing is kept.
        RecordOfAnother: somebody else's record has this name.
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
        claim = claimed(kept=sent.kept, received_at=at, fits=_fitting(sent))
        written, refusal = _try(actor, at, sent, claim)
        outcome = refusal.code if refusal else "written"
        facts = RecordFacts(
            uuid=sent.uuid, cause_id=sent.visit.cause_id, person_id=person_id, direction=sent.direction,
            way=sent.proof.way, reason_code=sent.proof.reason_code,
        )  # fmt: skip
        keep_record(at=at, facts=facts, kept=sent.kept, claim=claim, outcome=outcome, mark=written)
    return TakenIn(sent.uuid, outcome, claim.at, written.grade if written else "", refusal)


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
