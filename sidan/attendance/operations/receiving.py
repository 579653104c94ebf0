"""Taking in what telephones tell afterwards: each record once, whatever came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.attendance.models import Mark, OfflineRecord
from sidan.attendance.operations.marking import Told
from sidan.attendance.policies.claiming import Claim, Kept, claimed, is_too_old
from sidan.attendance.queries import record_by_uuid, told_records
from sidan.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound

MOST_RECORDS: Final = 40
"""Records of one person for one cause within a day: who comes and goes twice, from two telephones, by every way, has
24."""
WITHIN: Final = timedelta(days=1)
WRITTEN: Final = "written"

Fits = Callable[[datetime], bool]


class TooManyRecords(Conflict):
    code = "too_many_records"
    sentence = _(
        "So many times of this were sent that no more are taken in. Please let it be written down by hand."
    )


class RecordTooOld(Conflict):
    code = "record_too_old"
    sentence = _("This time was kept more than seven days ago. Please let it be written down by hand.")


class RecordOfAnother(Conflict):
    code = "record_of_another"
    sentence = _("This record belongs to somebody else.")


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """Whose record it is, of what, who sent it, and how the time is said to be known."""

    uuid: UUID
    cause_id: int
    person_id: int
    sent_by_id: int
    direction: str
    way: str
    reason_code: str


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a record; `is_new` where it was taken in just now."""

    record: OfflineRecord
    is_new: bool

    @property
    def outcome(self) -> str:
        """Return "written", or the code of the reason why not."""
        return self.record.outcome

    @property
    def grade(self) -> str:
        mark = self.record.mark
        return mark.grade if mark else ""


def receive(
    *, at: datetime, facts: RecordFacts, kept: Kept, fits: Fits | None, write: Callable[[Told], Mark]
) -> Received:
    """Write what a telephone has kept, or keep it as told where it cannot be written. Sent twice it is the same.

    The caller holds the lock under which twins wait for each other, and has checked who may. `fits` tells whether the
    proof fits a moment; `write` appends the mark, within a savepoint, and its refusal is kept.

    Raises:
        RecordOfAnother: somebody else's record has this name.
        TooManyRecords: nothing is kept.
    """
    known = record_by_uuid(uuid=facts.uuid)
    if known is not None:
        if known.person_id != facts.person_id or known.sent_by_id not in {None, facts.sent_by_id}:
            raise RecordOfAnother
        return Received(known, is_new=False)
    if told_records(cause_id=facts.cause_id, person_id=facts.person_id, since=at - WITHIN) >= MOST_RECORDS:
        raise TooManyRecords
    claim = claimed(kept=kept, received_at=at, fits=fits)
    written, refusal = _try(at, claim, write)
    outcome = refusal.code if refusal else WRITTEN
    return Received(_keep(at, facts, kept, claim, outcome, written), is_new=True)


def _try(at: datetime, claim: Claim, write: Callable[[Told], Mark]) -> tuple[Mark | None, DomainError | None]:
    if is_too_old(claim=claim, received_at=at):
        return None, RecordTooOld()
    try:
        # A savepoint: what was told is kept although the mark was refused.
        with transaction.atomic():
            return write(Told(at=claim.at, is_steady=claim.is_steady)), None
    except (Conflict, Invalid, Forbidden, NotFound) as refusal:
        return None, refusal


def _keep(
    at: datetime, facts: RecordFacts, kept: Kept, claim: Claim, outcome: str, mark: Mark | None
) -> OfflineRecord:
    return OfflineRecord.objects.create(
        uuid=facts.uuid, cause_id=facts.cause_id, person_id=facts.person_id, sent_by_id=facts.sent_by_id,
        direction=facts.direction, way=facts.way, reason_code=facts.reason_code,
        device_at=datetime.fromtimestamp(kept.device_ms / 1000, tz=UTC),
        offset_ms=kept.offset_ms, elapsed_ms=kept.elapsed_ms, claimed_at=claim.at, received_at=at,
        outcome=outcome, mark=mark,
    )  # fmt: skip
