"""What telephones kept at the door of an activity without network: one's own coming, and codes that staff read.

Recipe for locks: the activity's row, before anything is asked; telephones send in heaps, when the crowd has passed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sidan.activities.enums import ActivityState
from sidan.activities.models import Activity
from sidan.activities.operations.checking import (
    Came,
    NotNear,
    cause_of,
    require_keeping,
    target_of,
    who_has_read,
    whose_code,
    write_mark,
)
from sidan.activities.operations.gathering import ensure_gathering, record_service
from sidan.activities.queries import standing_at
from sidan.attendance.enums import Direction, Grade, Way
from sidan.attendance.models import Mark
from sidan.attendance.operations import (
    AlreadyMarked,
    Proof,
    Received,
    RecordFacts,
    Told,
    WrongCode,
    receive,
)
from sidan.attendance.policies.claiming import Kept, claimed
from sidan.attendance.policies.door import QUICK_STEP_SECONDS
from sidan.attendance.policies.own_code import OwnCode
from sidan.attendance.queries import code_fits, own_code_fits
from sidan.core.actor import Actor
from sidan.core.transactions import act
from sidan.hours.queries import has_occasion
from sidan.people.models import Person
from sidan.people.permissions import require_signed_in

Fits = Callable[[datetime], bool]


@dataclass(frozen=True, slots=True)
class SentAtDoor:
    """One record of a telephone; `read` is the code of somebody else, of which there is none in one's own coming."""

    uuid: UUID
    activity: Activity
    direction: Direction
    proof: Proof
    kept: Kept
    nth: int = 0
    read: OwnCode | None = None


def turn_at_door(*, at: datetime, sent: SentAtDoor) -> tuple[int, datetime, bool]:
    """Return by what records of one sending are put as they happened (`orders.operations.turn_of`)."""
    fits = _own_fits(sent) if sent.read is None else None
    claim = claimed(kept=sent.kept, received_at=at, fits=fits)
    return sent.nth, claim.at, sent.direction == Direction.OUT


def take_in_own(*, actor: Actor, at: datetime, sent: SentAtDoor) -> Received:
    """Write one's own coming or going that a telephone has kept, or keep it as told. Sent twice it is the same.

    Digits that do not fit, and a place that is not near, prove nothing: a helper's time waits for a second person,
    a guest's, about which nobody asks, is none.

    Raises:
        NotSignedIn, RecordOfAnother, TooManyRecords: nothing is kept.
    """
    _account_id, person_id = require_signed_in(actor=actor)
    person = Person.unscoped.get(pk=person_id)

    target = target_of(actor, sent.activity) if sent.proof.way == Way.PLACE else None

    def write(told: Told) -> Came:
        came = write_mark(
            actor, at, sent.activity, person, sent.direction, sent.proof, told=told,
            has_read=who_has_read(actor, sent.activity), target=target,
        )  # fmt: skip
        if came.is_new and not came.helps:
            _require_some_proof(came.mark)
        return came

    return _receive(actor, at, sent, person, _own_fits(sent), write)


def _require_some_proof(mark: Mark) -> None:
    """Raises WrongCode, NotNear. Right digits of who runs the place are weak, as with network; they are no guess."""
    if mark.way == Way.CODE and mark.code_step is None:
        raise WrongCode
    if mark.way == Way.PLACE and mark.grade == Grade.WEAK:
        raise NotNear


def take_in_scan(*, actor: Actor, at: datetime, sent: SentAtDoor) -> Received:
    """Write down whose own code staff read without network, or keep it as told. Sent twice it is the same.

    Nobody could know at the door whether the digits were fresh: those that do not fit are as weak as a word by hand.

    Raises:
        NotYourActivities, WrongCode (nobody's code), RecordOfAnother, TooManyRecords: nothing is kept.
    """
    require_keeping(actor, sent.activity)
    if sent.read is None:
        raise WrongCode
    person, digits = whose_code(sent.read), sent.read.digits

    def fits(moment: datetime) -> bool:
        return own_code_fits(person_id=person.pk, code=digits, at=moment)

    def write(told: Told) -> Came:
        return write_mark(actor, at, sent.activity, person, sent.direction, sent.proof, told=told)

    return _receive(actor, at, sent, person, fits, write)


def _receive(
    actor: Actor, at: datetime, sent: SentAtDoor, person: Person, fits: Fits | None, write: Callable[[Told], Came]
) -> Received:  # fmt: skip
    account_id, _person_id = require_signed_in(actor=actor)
    activity = sent.activity
    with act():
        # Twins wait for each other here, so that the second finds what the first has left.
        gathering = ensure_gathering(activity=activity, at=at)
        found = standing_at(activity=activity, person_id=person.pk)
        facts = RecordFacts(
            uuid=sent.uuid, cause_id=cause_of(activity, gathering, person, sent.direction, found),
            person_id=person.pk, sent_by_id=account_id, direction=sent.direction, way=sent.proof.way, reason_code="",
        )  # fmt: skip

        def written(told: Told) -> Mark:
            came = write(told)
            if not came.is_new:
                raise AlreadyMarked
            _serve_what_was_called_off(at, activity, came)
            return came.mark

        return receive(at=at, facts=facts, kept=sent.kept, fits=fits, write=written)


def _serve_what_was_called_off(at: datetime, activity: Activity, came: Came) -> None:
    """Say what a cancelled activity was, once somebody turns out to have come to help before it was called off."""
    if activity.state != ActivityState.CANCELLED or not came.helps:
        return
    if not has_occasion(cause_id=came.mark.cause_id):
        record_service(activity=activity, verb="cancel", at=at)


def _own_fits(sent: SentAtDoor) -> Fits | None:
    if sent.proof.way != Way.CODE:
        return None
    uuid, code = str(sent.activity.uuid), sent.proof.code
    return lambda moment: code_fits(cause_uuid=uuid, code=code, at=moment, seconds=QUICK_STEP_SECONDS)
