"""To which coming of a person something told belongs: who goes for a break, or comes again the next day, comes again.

Pure arithmetic over what stands of one person for one cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

SAME_COMING: Final = timedelta(minutes=30)
"""A coming that is told so little before the one that stands is the same one, known twice."""
OVER_MIDNIGHT: Final = timedelta(hours=6)
"""So long after a coming of the evening before, who has not gone is there still."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One coming and the going after it, as told last; what was denied is kept with its moment and holds nothing."""

    nth: int
    came_at: datetime
    is_denied: bool = False
    """Somebody said that the coming was not so."""
    went_at: datetime | None = None
    """When the going was that stands."""

    def holds(self, at: datetime, *, zone: ZoneInfo) -> bool:
        """Tell whether who comes at a moment is there already: not gone by then, and of the same day or night."""
        if self.went_at is not None and not self.is_denied:
            return at < self.went_at
        return at - self.came_at <= OVER_MIDNIGHT or _day(self.came_at, zone) == _day(at, zone)


def coming_at(*, stretches: Sequence[Stretch], at: datetime, zone: ZoneInfo) -> int | None:
    """Return the number of the stretch that a coming repeats; nothing where it begins a new one.

    Whoever forgot to leave yesterday comes anew today: a stretch without its end holds its own day and night.
    """
    before, after = _around(stretches, at)
    if before is not None and before.holds(at, zone=zone):
        return before.nth
    if (
        after is not None
        and after.came_at - at <= SAME_COMING
        and _day(after.came_at, zone) == _day(at, zone)
    ):
        return after.nth
    return None


def going_at(*, stretches: Sequence[Stretch], at: datetime) -> int | None:
    """Return the number of the stretch that a going ends: of the last coming before it; nothing where there is none."""
    before, _after = _around([one for one in stretches if not one.is_denied], at)
    return before.nth if before else None


def _around(stretches: Sequence[Stretch], at: datetime) -> tuple[Stretch | None, Stretch | None]:
    earlier = [one for one in stretches if one.came_at <= at]
    later = [one for one in stretches if one.came_at > at]
    return (
        max(earlier, key=lambda one: one.came_at, default=None),
        min(later, key=lambda one: one.came_at, default=None),
    )


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
