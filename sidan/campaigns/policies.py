"""How far a campaign is, and how a list of sites is read: pure."""

import re
from dataclasses import dataclass
from datetime import date, time
from typing import Final

MOST_PERCENT: Final = 100
_CLOCK: Final = re.compile(r"^(\d{1,2})[:：点时](\d{2})?分?$")


@dataclass(frozen=True, slots=True)
class Amounts:
    """What stops came to."""

    places: int = 0
    sessions: int = 0
    people: int = 0
    leaflets: int = 0
    checks: int = 0

    def of(self, unit: str) -> int:
        """Return how much of one unit it is."""
        amount: int = getattr(self, unit)
        return amount

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.places + other.places, self.sessions + other.sessions, self.people + other.people,
            self.leaflets + other.leaflets, self.checks + other.checks,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of what was meant is done."""

    done: int
    amount: int

    @property
    def left(self) -> int:
        """How much is still to be done: nothing where it was more than meant."""
        return max(0, self.amount - self.done)

    @property
    def shown(self) -> int:
        """As far as a bar can be filled."""
        return min(self.done, self.amount)

    @property
    def percent(self) -> int:
        """In whole per cent, rounded down; 100 at most, so that one kind does not hide another."""
        return self.shown * MOST_PERCENT // self.amount if self.amount else 0

    @property
    def is_reached(self) -> bool:
        return self.done >= self.amount


@dataclass(frozen=True, slots=True)
class Numbers:
    """What somebody says a stop came to."""

    people: int = 0
    leaflets: int = 0
    checks: int = 0

    def __bool__(self) -> bool:
        return bool(self.people or self.leaflets or self.checks)


def typed_beside(*, way: str, told: Numbers) -> Numbers:
    """Return what of a record its proof does not say: leaflets and checks, and of an order all people but one."""
    if way == "spot":
        return Numbers()
    return Numbers(max(0, told.people - 1) if way == "order" else 0, told.leaflets, told.checks)


def counting(*, way: str, has_photo: bool, has_word: bool, told: Numbers) -> Numbers:
    """Return what of a record counts: the proof alone, until a second person says that what was typed is right."""
    if has_word or has_photo:
        return told
    if way == "spot":
        return Numbers()
    return Numbers(1 if way == "order" else told.people)


def awaiting(*, way: str, has_photo: bool, has_word: bool, told: Numbers) -> Numbers:
    """Return what of a record waits for a second person."""
    if has_word or has_photo:
        return Numbers()
    return told if way == "spot" else typed_beside(way=way, told=told)


def is_counted(*, way: str, has_photo: bool, has_word: bool, is_taken_back: bool) -> bool:
    """Tell whether a record counts: proven, and not taken back."""
    return not is_taken_back and (way != "spot" or has_photo or has_word)


class BadClock(ValueError):
    """What was typed is no time of day."""


def read_clock(text: str) -> time | None:
    """Read a time of day as people write it in a table: 19:30, 9点, 9：30. Raises BadClock."""
    written = text.strip().removesuffix(":00") if text.count(":") > 1 else text.strip()
    if not written:
        return None
    found = _CLOCK.match(written)
    if not found:
        raise BadClock(text)
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError as wrong:
        raise BadClock(text) from wrong


def lies_within(day: date, *, first: date, last: date) -> bool:
    """Tell whether a day is one of a campaign's."""
    return first <= day <= last
