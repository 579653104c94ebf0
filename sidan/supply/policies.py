"""What counts as unmet, as served again and again, as forgotten. No database, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

OFTEN_A_MONTH: Final = 4
"""Visits in 30 days from which on a place, or a person, may be served too often."""
OFTEN_TIMES: Final = 3
"""And so many times what is usual among the places that are served at all."""
MONTH_DAYS: Final = 30


@dataclass(slots=True)
class Fate:
    """What became of what was asked for. Every order is in one of four parts: `asked` is their sum."""

    asked: int = 0
    met: int = 0
    lost: int = 0
    """Not admitted, or not done."""
    taken_back: int = 0
    """Cancelled, asked for twice, or no longer needed: nobody goes without."""

    @property
    def unmet(self) -> int:
        """Wanted, and not served so far: lost, or still in hand."""
        return max(self.asked - self.met - self.taken_back, 0)

    @property
    def in_hand(self) -> int:
        return max(self.unmet - self.lost, 0)

    @property
    def share(self) -> int:
        """How much of what was wanted is unmet, in percent."""
        wanted = self.asked - self.taken_back
        return round(100 * self.unmet / wanted) if wanted > 0 else 0

    def add(self, other: "Fate") -> None:
        """Add another's numbers to these."""
        self.asked += other.asked
        self.met += other.met
        self.lost += other.lost
        self.taken_back += other.taken_back


def mondays(*, first: date, last: date) -> list[date]:
    """Return the first day of every week from one Monday to a day."""
    return [first + timedelta(weeks=nth) for nth in range((last - first).days // 7 + 1)]


def usual(counts: Iterable[int]) -> float:
    """Return the median of what the places that are served at all get: those that nobody serves say nothing of it."""
    served = sorted(count for count in counts if count > 0)
    if not served:
        return 0
    middle = len(served) // 2
    return served[middle] if len(served) % 2 else (served[middle - 1] + served[middle]) / 2


def is_often(*, count: int, usual: float, days: int) -> bool:
    """Tell whether a place is served again and again: often as such, and far above what is usual."""
    return count * MONTH_DAYS >= OFTEN_A_MONTH * days and count >= OFTEN_TIMES * usual
