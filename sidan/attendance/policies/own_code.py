"""One's own code, which staff read from a telephone: who it is, and six digits that change every half minute.

Capitals and digits alone: a picture of them is small, and a scanner that types cannot be put off by an input method.
"""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

_SIGN: Final = "P"
_SHAPE: Final = re.compile(r"P([0-9A-F]{32})([0-9]{6})")


@dataclass(frozen=True, slots=True)
class OwnCode:
    """What stands in such a picture."""

    person: UUID
    digits: str

    def __str__(self) -> str:
        return f"{_SIGN}{self.person.hex.upper()}{self.digits}"


def read_own_code(text: str) -> OwnCode | None:
    """Read what a scanner has typed; nothing where it is no such code."""
    found = _SHAPE.fullmatch("".join(text.split()).upper())
    return OwnCode(UUID(found[1]), found[2]) if found else None
