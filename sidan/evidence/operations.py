"""Registering causes."""

from datetime import datetime

from sidan.evidence.enums import CauseKind
from sidan.evidence.models import Cause


def register_cause(
    *, kind: CauseKind, reference: str, place_id: int, county_id: int | None, at: datetime
) -> Cause:
    """Append the cause of later hours, points and money; the same thing twice violates a unique key."""
    return Cause.objects.create(kind=kind, reference=reference, place_id=place_id, county_id=county_id, at=at)
