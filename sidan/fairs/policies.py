"""Whose turn it is to stand at a fair, and which numbers new stalls get: pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Stood:
    """When something below a place stood at a fair last, and how often: never where there is no day."""

    place_id: int
    last: date | None = None
    times: int = 0


def by_turn(rows: Iterable[Stood]) -> list[Stood]:
    """Return who has had no stall for longest first: who never had one, then the earliest last time.

    Who stood on the same day comes in the order of how seldom they stood, then in the order given (the official one).
    """
    return sorted(rows, key=lambda row: (row.last is not None, row.last or date.min, row.times))


def next_numbers(*, taken: Collection[int], count: int) -> list[int]:
    """Return the numbers of new stalls: they follow the highest, so that no number is given twice at a fair."""
    first = max(taken, default=0) + 1
    return list(range(first, first + count))
