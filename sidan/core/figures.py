"""The protocol of a figure: how an app declares a number that is counted for places (kept and served by analytics)."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One counted value: at a place, by a key such as a state."""

    place_id: int
    key: str
    count: int


class Figure(Protocol):
    """A number that every place has: own rows plus the sum of its children."""

    code: str

    def count_by_place(self, *, root_id: int) -> list[FigureRow]:
        """Count for the children of a place and the place itself, from the rows that cannot change."""
        ...
