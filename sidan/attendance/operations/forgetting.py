"""Removing early what is only needed for a moment."""

from datetime import datetime, timedelta
from typing import Final

from sidan.attendance.models import CodeTry, RawPoint

POINTS_KEPT: Final = timedelta(hours=24)
TRIES_KEPT: Final = timedelta(hours=24)


def forget_points(*, at: datetime) -> int:
    """Remove raw points a day old; the distance stays with the mark. Returns how many."""
    removed, _by_model = RawPoint.objects.filter(read_at__lt=at - POINTS_KEPT).delete()
    return removed


def forget_tries(*, at: datetime) -> int:
    """Remove counted tries a day old. Returns how many."""
    removed, _by_model = CodeTry.objects.filter(at__lt=at - TRIES_KEPT).delete()
    return removed
