"""What a public sentence must not hold. No database, no clock."""

import re
from typing import Final

_LONG_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){6,}[xX]?")


def holds_number(text: str) -> bool:
    """Tell whether a text holds a run of seven digits or more: a telephone or an identity number."""
    return _LONG_NUMBER.search(text) is not None
