"""Pure rules of certificates: the code beside the number, which days, hours as a number, sums by kind."""

import hmac
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypedDict
from uuid import UUID

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L: it is read from paper."""
CODE_LENGTH: Final = 8
"""31 to the power of eight: at twenty tries a quarter of an hour it takes longer than the paper lasts."""

LONGEST_HOLIDAY: Final = 30
"""Days; where a county counts no day as one of work, a notice ends all the same."""


class Pair(TypedDict):
    """Words in both languages; the English ones are the Chinese ones where nobody gave any."""

    zh: str
    en: str


class ContentSum(Pair):
    """The minutes of one kind of service."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a certificate was asked for."""

    extent: str
    first: date | None = None
    last: date | None = None
    record: UUID | None = None
    county: UUID | None = None
    """Of which county's records; needed only where somebody served in several."""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Star:
    """How far somebody's hours reach on a ladder."""

    minutes: int
    rungs: tuple[int, ...]
    """The hours that each star takes, rising."""
    basis: str

    @property
    def level(self) -> int:
        """Return how many stars are reached."""
        return bisect_right([hours * 60 for hours in self.rungs], self.minutes)

    @property
    def minutes_to_next(self) -> int:
        """Return what the next star takes yet; nothing on the highest rung."""
        return self.rungs[self.level] * 60 - self.minutes if self.level < len(self.rungs) else 0


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody whose hours reach a star that they do not have."""

    person_id: int
    place_id: int
    stars: int
    minutes: int
    needed: int
    """The minutes that the rung takes."""


def reached(*, person_id: int, place_id: int, star: Star, has: int) -> Reached | None:
    """Return the highest star that the hours reach, where it is above the highest that somebody `has`."""
    if star.level <= has:
        return None
    needed = star.rungs[star.level - 1] * 60
    return Reached(person_id, place_id, star.level, star.minutes, needed)


def last_day_of_notice(*, today: date, days: int, works_on: Callable[[date], bool]) -> date:
    """Return the last day of a public notice: it is counted from the day after, and ends on no free day."""
    day = today + timedelta(days=days)
    while not works_on(day) and day < today + timedelta(days=days + LONGEST_HOLIDAY):
        day += timedelta(days=1)
    return day


def code_of(digest: bytes) -> str:
    """Return the verification code that a keyed hash stands for."""
    number, letters = int.from_bytes(digest, "big"), []
    for _place in range(CODE_LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters.append(LETTERS[rest])
    return "".join(letters)


def shown_code(code: str) -> str:
    """Return a code as it is printed: in two groups."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"


def typed_code(text: str) -> str:
    """Return the letters of a code as somebody typed it: spaces, hyphens and small letters are fine."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter in LETTERS)[: CODE_LENGTH + 1]


def is_code(*, typed: str, right: str) -> bool:
    """Tell whether a typed code is the right one, in a time that tells nothing."""
    return bool(right) and hmac.compare_digest(typed_code(typed).encode(), right.encode())


def hours_number(minutes: int) -> str:
    """Return minutes as hours with two digits: the law's unit is the hour (Order 67, art. 7)."""
    return str((Decimal(minutes) / 60).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def sums_by_content(served: Iterable[ContentSum]) -> list[ContentSum]:
    """Add up what was served by its kind, the most first."""
    sums: dict[str, ContentSum] = {}
    for one in served:
        known = sums.get(one["zh"])
        if known is None:
            sums[one["zh"]] = ContentSum(zh=one["zh"], en=one["en"], minutes=one["minutes"])
        else:
            known["minutes"] += one["minutes"]
    return sorted(sums.values(), key=lambda one: (-one["minutes"], one["zh"]))
