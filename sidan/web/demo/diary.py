"""Who is where and when: nobody of the demo is in two places at once, so that what stands out is worth a look."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

BETWEEN: Final = timedelta(minutes=15)
"""From one door to the next."""


class Diary:
    """The times that people have given away, of each in order and none over another but where it was forced."""

    def __init__(self) -> None:
        self.entries = 0
        """How often a time was given away."""
        self._taken = defaultdict[int, list[tuple[datetime, datetime]]](list)

    def free_from(self, people: Iterable[int], *, at: datetime, length: timedelta) -> datetime:
        """Return the first moment, not before `at`, from which all of them are free for so long."""
        everybody, begins = list(people), at
        while ends := [
            until for one in everybody if (until := self._taken_until(one, begins, begins + length))
        ]:
            begins = max(ends) + BETWEEN
        return begins

    def take(self, people: Iterable[int], *, at: datetime, length: timedelta) -> None:
        """Write the time into everybody's diary."""
        self.entries += 1
        for one in people:
            insort(self._taken[one], (at, at + length))

    def _taken_until(self, one: int, begins: datetime, ends: datetime) -> datetime | None:
        """Return the end of what stands in the way, None where nothing does."""
        taken = self._taken[one]
        # Those that begin before our end; of them only the last can reach into it, unless one was forced.
        before = taken[: bisect_left(taken, (ends, ends))][-2:]
        return max((until for _from, until in before if until > begins), default=None)
