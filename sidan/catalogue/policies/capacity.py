"""How much a project can take: orders for each month, counted by the month the resident wished for (R-O1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

MOST_A_MONTH: Final = 9999
MONTHS_AHEAD: Final = 3
"""A time can be wished within 90 days: this month and the three after it."""


@dataclass(frozen=True, slots=True)
class MonthRoom:
    """How a project stands in a month. More may be taken than it has room for: danger to life is never turned away,
    and a capacity that is lowered sends nobody home."""

    month: date
    """Its first day."""
    capacity: int
    taken: int

    @property
    def left(self) -> int:
        return max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Rooms:
    """How a project with a limit stands this month and in those ahead."""

    months: Sequence[MonthRoom]

    @property
    def this(self) -> MonthRoom:
        return self.months[0]

    @property
    def free(self) -> MonthRoom | None:
        """The first month that has room."""
        return next((room for room in self.months if not room.is_full), None)


def months_from(today: date) -> list[date]:
    """Return the first days of this month and of those for which something can be wished today."""
    months = [today.replace(day=1)]
    while len(months) <= MONTHS_AHEAD:
        months.append(month_after(months[-1]))
    return months


def month_after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
