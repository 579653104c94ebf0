"""What of a time counts at once and what waits for somebody's word (R-Z2). Pure: neither database nor clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sidan.attendance.policies.standing_out import COUNTY, PARENT, SELF, Limits

MINUTE: Final = timedelta(minutes=1)
RECORDED_WITHIN: Final = 10
"""Working days after the end within which hours are recorded (Order 67, art. 11)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of somebody's time, and who has to agree to it."""

    begins: datetime
    ends: datetime
    tier: str

    @property
    def minutes(self) -> int:
        return minutes_between(self.begins, self.ends)


def minutes_between(begins: datetime, ends: datetime) -> int:
    """Return the whole minutes of a time: seconds are not served to anybody's profit."""
    return (ends - begins) // MINUTE


def cut(*, begins: datetime, ends: datetime, spent: int, limits: Limits) -> list[Piece]:
    """Cut a time where the hours of that day go beyond what counts at once, and beyond what the place above agrees to.

    `spent` are the minutes that the person has of that day already, recorded or waiting. Pieces follow one another,
    lie within the time, and together have its whole minutes; a time below a minute has none.
    """
    total = minutes_between(begins, ends)
    steps = [
        (SELF, limits.at_once // MINUTE), (PARENT, limits.by_parent // MINUTE), (COUNTY, spent + total),
    ]  # fmt: skip
    pieces: list[Piece] = []
    done = 0
    for tier, upto in steps:
        fits = min(total - done, max(0, upto - spent - done))
        if fits:
            pieces.append(Piece(begins + done * MINUTE, begins + (done + fits) * MINUTE, tier))
            done += fits
    return pieces
