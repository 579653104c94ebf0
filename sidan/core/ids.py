"""Names of things for the outside: UUIDv7 in every address, and order numbers that can be said on the telephone."""

import os
import secrets
import time
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid

# Damm's quasigroup of order 10: it finds every wrong digit and every exchange of two neighbours.
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
NUMBER_LENGTH: Final = 9
_SUB_MILLISECOND: Final = 4096


class BadNumber(Invalid):
    """A number that was read or typed wrongly."""

    code = "bad_number"
    sentence = _(
        "This number is not right: it has nine digits. Please compare it with the message or ask again."
    )


class Names(Protocol):
    """Where names come from while something is written that shall be the same everywhere."""

    def uuid(self) -> uuid.UUID:
        """Return the next UUIDv7."""

    def number(self) -> str:
        """Return the next number with its check digit."""


_given: ContextVar[Names | None] = ContextVar("sidan_given_names", default=None)


def drawn_digits(count: int) -> str:
    """Return so many digits that nobody can guess: for codes that are sent, said or printed."""
    return f"{secrets.randbelow(10**count):0{count}d}"


def read_uuid(text: object) -> uuid.UUID | None:
    """Return the public id that somebody's text holds; none when it holds none."""
    try:
        return uuid.UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


@contextmanager
def named_by(names: Names) -> Iterator[None]:
    """Take names from a source instead of from clock and chance: for invented content, since they can be guessed."""
    token = _given.set(names)
    try:
        yield
    finally:
        _given.reset(token)


def uuid7() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562, method 3): it sorts by the moment it was made, to a quarter of a microsecond.

    The clock is read here and not handed in: the moment is a part of the name, never a fact of the domain.
    """
    given = _given.get()
    if given is not None:
        return given.uuid()
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = nanoseconds * _SUB_MILLISECOND // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | 0x7 << 76 | fraction << 64
    return uuid.UUID(int=value | 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2)


def check_digit(digits: str) -> str:
    """Return Damm's check digit of some digits."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def order_number() -> str:
    """Return a random number of eight digits and a check digit, never beginning with 0.

    Random and not counted up: a counter without gaps would make everybody who orders wait for everybody else. With
    90 million numbers a clash is rare and the unique index finds it: the caller draws again.
    """
    given = _given.get()
    if given is not None:
        return given.number()
    digits = str(10_000_000 + secrets.randbelow(90_000_000))
    return digits + check_digit(digits)


def format_number(number: str) -> str:
    """Group a number as it is read out: 481207365 → 481 207 365."""
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))


def parse_number(text: str) -> str:
    """Return the nine digits of a number as a person typed it: spaces, hyphens and full-width digits are fine.

    Raises:
        BadNumber: not nine digits, or the check digit says that one is wrong.
    """
    digits = "".join(
        char for char in unicodedata.normalize("NFKC", text) if not char.isspace() and char not in "-–—"
    )
    is_number = len(digits) == NUMBER_LENGTH and digits.isascii() and digits.isdigit()
    if not is_number or digits[0] == "0" or check_digit(digits) != "0":
        raise BadNumber()
    return digits
