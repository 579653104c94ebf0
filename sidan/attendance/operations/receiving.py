"""Keeping what telephones tell afterwards."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sidan.attendance.models import Mark, OfflineRecord
from sidan.attendance.policies.claiming import Claim, Kept


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """Whose record it is, of what, and how the time is said to be known."""

    uuid: UUID
    cause_id: int
    person_id: int
    direction: str
    way: str
    reason_code: str


def keep_record(
    *, at: datetime, facts: RecordFacts, kept: Kept, claim: Claim, outcome: str, mark: Mark | None
) -> OfflineRecord:
    """Append a record with what came of it; the caller holds the lock under which it was asked for."""
    return OfflineRecord.objects.create(
        uuid=facts.uuid, cause_id=facts.cause_id, person_id=facts.person_id, direction=facts.direction,
        way=facts.way, reason_code=facts.reason_code,
        device_at=datetime.fromtimestamp(kept.device_ms / 1000, tz=UTC),
        offset_ms=kept.offset_ms, elapsed_ms=kept.elapsed_ms, claimed_at=claim.at, received_at=at,
        outcome=outcome, mark=mark,
    )  # fmt: skip
