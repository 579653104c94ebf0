"""When a resident is called back, and how a code on paper is written: no database, no clock."""

from datetime import timedelta
from typing import Final

CALLS_AT_MOST: Final = 3
"""Who did not answer three times is not called again; the page of the order says so."""
CALL_AGAIN_AFTER: Final = timedelta(hours=2)
CODE_DIGITS: Final = 8
CODE_DAYS: Final = 60
"""A code on paper lives longer than most orders take to be reviewed."""
CODE_TRIES: Final = 10
"""Wrong tries at one code before it is dead; the office gives out another."""
OPEN_MINUTES: Final = 30
"""How long a page stays open that was opened by a code."""


def spoken_code(digits: str) -> str:
    """Group a code as it is read out: 4812 0736."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
