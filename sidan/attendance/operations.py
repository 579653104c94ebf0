"""Writing marks."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, HandReason, Way
from sidan.attendance.models import Mark
from sidan.attendance.policies import code_is_good
from sidan.attendance.queries import door_secret
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.people.permissions import require_signed_in


class AlreadyMarked(Conflict):
    code = "already_marked"
    sentence = _("This was written down already; nothing was changed.")


class NotCheckedIn(Conflict):
    code = "not_checked_in"
    sentence = _("Check in first; then you can check out.")


class WrongCode(Invalid):
    code = "wrong_code"
    sentence = _("The code does not fit. Ask for the six digits shown now.")


class HandNeedsReason(Invalid):
    code = "hand_needs_reason"
    sentence = _("A check-in by hand needs a reason.")


@dataclass(frozen=True, slots=True)
class Proof:
    """How the mark is known: the resident's code, or by hand with a reason."""

    way: str
    code: str = ""
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """What the mark belongs to."""

    cause_id: int
    cause_uuid: str
    place_id: int
    county_id: int | None


def mark(
    *, actor: Actor, at: datetime, where: Where, person_id: int, direction: Direction, proof: Proof
) -> Mark:
    """Append that a person came or went.

    Raises:
        WrongCode, HandNeedsReason: the proof does not hold.
        AlreadyMarked: the same was written before; NotCheckedIn: going without having come.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    _check_proof(where, proof, at)
    written = Mark(
        cause_id=where.cause_id, person_id=person_id, direction=direction, at=at, recorded_at=at,
        recorded_by_id=account_id, way=proof.way, reason_code=proof.reason_code,
        place_id=where.place_id, county_id=where.county_id,
    )  # fmt: skip
    if not _append(written):
        is_missing = direction == Direction.OUT and not _came(where.cause_id, person_id)
        raise NotCheckedIn if is_missing else AlreadyMarked
    return written


def _append(written: Mark) -> bool:
    """Insert a mark; says no where it stands already, and where somebody would leave without having come.

    Plain SQL because an insert that fails would need a savepoint around it: two round trips at every door.
    """
    columns = [field for field in Mark._meta.concrete_fields if not field.primary_key]
    names = ", ".join(str(field.column) for field in columns)
    values = [getattr(written, field.attname) for field in columns]
    places = ", ".join(["%s"] * len(columns))
    came = "SELECT 1 FROM attendance_mark WHERE cause_id = %s AND person_id = %s AND direction = 'in'"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO attendance_mark ({names}) SELECT {places} WHERE %s OR EXISTS ({came})"
            " ON CONFLICT ON CONSTRAINT attendance_came_and_went_once DO NOTHING RETURNING id",
            [*values, written.direction == Direction.IN, written.cause_id, written.person_id],
        )
        row = cursor.fetchone()
    if row is None:
        return False
    written.pk = row[0]
    return True


def _came(cause_id: int, person_id: int) -> bool:
    return Mark.objects.filter(cause=cause_id, person=person_id, direction=Direction.IN).exists()


def _check_proof(where: Where, proof: Proof, at: datetime) -> None:
    if proof.way == Way.CODE:
        if not code_is_good(secret=door_secret(cause_uuid=where.cause_uuid), code=proof.code, at=at):
            raise WrongCode
    elif proof.reason_code not in HandReason.values:
        raise HandNeedsReason
