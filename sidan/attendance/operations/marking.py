"""Writing marks."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, Grade, HandReason, MeasuredTo, Way
from sidan.attendance.models import Mark, RawPoint
from sidan.attendance.operations.appending import append, append_among
from sidan.attendance.operations.consenting import NoLeaveToRead
from sidan.attendance.operations.deriving import derive_of
from sidan.attendance.policies.door import (
    MOST_WRONG_TOLD,
    QUICK_STEP_SECONDS,
    STEP_SECONDS,
    TOLERATED_LATER,
    TOLERATED_STEPS,
    shown_during,
    step_of,
)
from sidan.attendance.policies.grading import AT_THE_DOOR_M, NEAR_M, is_near
from sidan.attendance.queries import (
    door_secret,
    had_consented,
    has_consented,
    own_code_fits,
    person_secret,
    wrong_codes_told,
    wrong_scans_told,
)
from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, Invalid
from sidan.people.permissions import require_signed_in
from sidan.places.coordinates import Point, distance_m

_PRECISION: Final = Decimal("0.000001")


class WrongCode(Invalid):
    code = "wrong_code"
    sentence = _("The code does not fit. Ask for the six digits shown now.")


class HandNeedsReason(Invalid):
    code = "hand_needs_reason"
    sentence = _("A check-in by hand needs a reason.")


class OnlyByHandLater(Invalid):
    code = "only_by_hand_later"
    sentence = _("Only a time that is written by hand can be another than now.")


class NotYetThen(Invalid):
    code = "time_in_the_future"
    sentence = _("This time is still to come. Please give the time at which it was.")


class NoPointToMeasure(Invalid):
    code = "no_point_to_measure"
    sentence = _(
        "This place has no point on the map, so the distance is not known. Use the code, or write it by hand."
    )


class ReadByAnother(Forbidden):
    code = "own_code_read_by_another"
    sentence = _("Your own code is read by somebody else; nobody reads it for themselves.")


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a telephone said it was, once, and how sharply."""

    point: Point
    accuracy_m: float


@dataclass(frozen=True, slots=True)
class Proof:
    """How the mark is known: the code at the door, one's own code, the telephone's place, or by hand with a reason.

    By hand `at` may say when it was, where it is written down later.
    """

    way: str
    code: str = ""
    reason_code: str = ""
    reading: Reading | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """The point to which a reading is measured, what it is of, and how exactly it is known, in metres."""

    point: Point
    of: MeasuredTo = MeasuredTo.PLACE
    accuracy_m: int = 0


@dataclass(frozen=True, slots=True)
class Where:
    """What the mark belongs to."""

    cause_id: int
    cause_uuid: str
    place_id: int
    county_id: int | None
    target: Target | None = None
    """To what a reading is measured, where there is anything."""
    has_read: Callable[[datetime, datetime], bool] | None = None
    """Whether who enters a code was shown one between two moments, away from the door; None where nobody could."""
    step_seconds: int = STEP_SECONDS
    """How long one code is shown at this door."""
    comes_again: bool = False
    """Whether who has gone may come anew: after a break, or the next day. To a visit one comes once."""


@dataclass(frozen=True, slots=True)
class Told:
    """A time that a telephone kept without network and tells afterwards."""

    at: datetime
    is_steady: bool
    """Its clock stands to ours as it did when the time was kept."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a proof is worth."""

    grade: Grade
    code_step: int | None = None
    distance_m: int | None = None
    accuracy_m: int | None = None
    measured_to: str = ""


def mark(
    *,
    actor: Actor,
    at: datetime,
    where: Where,
    person_id: int,
    direction: Direction,
    proof: Proof,
    told: Told | None = None,
) -> Mark:
    """Append that a person came or went: now, or at the time that a telephone has kept.

    Digits told afterwards that do not fit are kept as weak proof: nobody can ask the resident again; after five such of
    one person at one visit none proves anything any more, or they could be guessed. A reading told
    afterwards needs leave that was given before it was made and has not been taken back since; its point is not kept.

    Raises:
        WrongCode, CodeUsed, HandNeedsReason, NoLeaveToRead, NoPointToMeasure: the proof does not hold.
        ReadByAnother: somebody reads their own code.
        AlreadyMarked: the same was written before, and it stands; where one comes again, of the same coming.
        OnlyByHandLater, NotYetThen: it is said to be of another moment that cannot be.
        NotCheckedIn, LeftBeforeComing: going without having come, or before it.
    """
    account_id, own_person_id = require_signed_in(actor=actor)
    if proof.way == Way.SCAN and person_id == own_person_id:
        raise ReadByAnother
    happened = min(told.at, at) if told else _when(proof, at)
    judged = _judged(where, person_id, direction, proof, happened, told)
    written = Mark(
        cause_id=where.cause_id, person_id=person_id, direction=direction, at=happened, recorded_at=at,
        recorded_by_id=account_id, way=proof.way, grade=judged.grade, reason_code=proof.reason_code,
        code_step=judged.code_step, distance_m=judged.distance_m, accuracy_m=judged.accuracy_m,
        measured_to=judged.measured_to, place_id=where.place_id, county_id=where.county_id,
    )  # fmt: skip
    if where.comes_again:
        append_among(written)
    else:
        append(written)
    # The telephone has carried a point that is told afterwards for long enough: its distance is kept, not itself.
    if proof.way == Way.PLACE and proof.reading and told is None:
        _keep_point(written, proof.reading)
    if direction == Direction.OUT or written.instead_of_id:
        derive_of(cause_id=where.cause_id, person_id=person_id, at=at)
    return written


def _when(proof: Proof, at: datetime) -> datetime:
    """Return when it was: now, or by hand the time that is given. Raises OnlyByHandLater, NotYetThen."""
    if proof.at is None:
        return at
    if proof.way != Way.HAND:
        raise OnlyByHandLater
    if proof.at > at:
        raise NotYetThen
    return proof.at


def _judged(
    where: Where, person_id: int, direction: Direction, proof: Proof, happened: datetime, told: Told | None
) -> _Judged:
    if proof.way == Way.CODE:
        return _judged_code(where, person_id, proof, happened, told)
    if proof.way == Way.SCAN:
        if told:
            return _judged_scan_told(where, person_id, direction, proof, told)
        return _judged_scan(person_id, proof, happened)
    if proof.way == Way.PLACE:
        return _judged_place(where, person_id, proof, told)
    if proof.reason_code not in HandReason.values:
        raise HandNeedsReason
    return _Judged(grade=Grade.WEAK)


def _judged_code(
    where: Where, person_id: int, proof: Proof, happened: datetime, told: Told | None
) -> _Judged:
    if told and wrong_codes_told(cause_id=where.cause_id, person_id=person_id) >= MOST_WRONG_TOLD:
        return _Judged(grade=Grade.WEAK)
    tolerated = TOLERATED_LATER if told else TOLERATED_STEPS
    secret = door_secret(cause_uuid=where.cause_uuid)
    seconds = where.step_seconds
    step = step_of(secret=secret, code=proof.code, at=happened, tolerated=tolerated, seconds=seconds)
    if step is not None:
        # Digits that the office showed to who enters them tell nothing of the door.
        shown = shown_during(step=step, like=happened, seconds=seconds)
        is_read = where.has_read is not None and where.has_read(*shown)
        return _Judged(grade=Grade.WEAK if is_read else Grade.STRONG, code_step=step)
    if told:
        return _Judged(grade=Grade.WEAK)
    raise WrongCode


def _judged_scan(person_id: int, proof: Proof, happened: datetime) -> _Judged:
    """Judge one's own code: its digits are read from the telephone, and are good for whichever door reads them."""
    secret = person_secret(person_id=person_id)
    if step_of(secret=secret, code=proof.code, at=happened, seconds=QUICK_STEP_SECONDS) is None:
        raise WrongCode
    return _Judged(grade=Grade.STRONG)


def _judged_scan_told(
    where: Where, person_id: int, direction: Direction, proof: Proof, told: Told
) -> _Judged:
    """Judge one's own code that was read without network: nobody could know at the door whether its digits were fresh.

    Those that do not fit are as weak as a word by hand, and after some of them none proves anything any more.
    """
    wrong = wrong_scans_told(cause_id=where.cause_id, person_id=person_id, direction=direction)
    fits = own_code_fits(person_id=person_id, code=proof.code, at=told.at)
    return _Judged(grade=Grade.STRONG if fits and wrong < MOST_WRONG_TOLD else Grade.WEAK)


def _judged_place(where: Where, person_id: int, proof: Proof, told: Told | None) -> _Judged:
    is_allowed = (
        had_consented(person_id=person_id, at=told.at) if told else has_consented(person_id=person_id)
    )
    if proof.reading is None or not is_allowed:
        raise NoLeaveToRead
    target, sharp_m = where.target, proof.reading.accuracy_m
    if target is None:
        raise NoPointToMeasure
    away = distance_m(proof.reading.point, target.point)
    within = NEAR_M if target.of == MeasuredTo.PLACE else AT_THE_DOOR_M
    near = is_near(distance_m=away, accuracy_m=sharp_m, within_m=within, point_accuracy_m=target.accuracy_m)
    grade = Grade.FAIR if near and (told is None or told.is_steady) else Grade.WEAK
    return _Judged(
        grade=grade, distance_m=round(away), accuracy_m=round(sharp_m + target.accuracy_m), measured_to=target.of
    )  # fmt: skip


def _keep_point(written: Mark, reading: Reading) -> None:
    point = reading.point
    RawPoint.objects.create(
        mark_id=written.pk, longitude=Decimal(str(point.longitude)).quantize(_PRECISION),
        latitude=Decimal(str(point.latitude)).quantize(_PRECISION), coordinate_system=point.system,
        read_at=written.recorded_at,
    )  # fmt: skip
