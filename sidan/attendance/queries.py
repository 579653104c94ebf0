"""Questions about marks."""

from dataclasses import dataclass
from datetime import datetime

from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.policies import door_code
from sidan.core.crypto import lookup_hash


@dataclass(frozen=True, slots=True)
class Presence:
    """One person's coming and going for a cause, as told."""

    person_id: int
    came_at: datetime
    went_at: datetime | None
    came_way: str
    went_way: str


def door_secret(*, cause_uuid: str) -> bytes:
    """Derive a cause's secret from the installation's lookup key: nothing to store, nothing to leak."""
    return lookup_hash(value=cause_uuid, purpose="attendance.door")


def presences(*, cause_id: int) -> list[Presence]:
    """Pair the marks of a cause by person, in the order of coming: one query."""
    came: dict[int, Mark] = {}
    went: dict[int, Mark] = {}
    for row in Mark.objects.filter(cause=cause_id).order_by("at", "id"):
        (came if row.direction == Direction.IN else went)[row.person_id] = row
    return [
        Presence(
            person_id=person, came_at=first.at, came_way=first.way,
            went_at=went[person].at if person in went else None, went_way=went[person].way if person in went else "",
        )
        for person, first in came.items()
    ]  # fmt: skip


def present_code(*, cause_uuid: str, at: datetime) -> str:
    """Return the code that the resident shows at the door now."""
    return door_code(secret=door_secret(cause_uuid=cause_uuid), at=at)
