"""When a resident is called back, and how codes and numbers on paper are written: no database, no clock."""

from datetime import timedelta
from typing import Final

from sidan.core.ids import check_digit

CALLS_AT_MOST: Final = 3
"""Who did not answer three times is not called again; the page of the order says so."""
TASK: Final = "confirm"
"""How the time limits call the call back: before a team comes, who lives there shall have said that it is right."""
CALL_LASTS: Final = timedelta(minutes=15)
"""How long a colleague who said "I am calling" keeps it; whoever forgets to write the answer down blocks nobody."""
CODE_DIGITS: Final = 8
CODE_DAYS: Final = 60
"""A code on paper lives longer than most orders take to be reviewed."""
CODE_TRIES: Final = 100
"""Wrong tries at one code, from wherever, before it is dead; the office gives out another. Few enough of a hundred
million codes, and so many that nobody who read the number ends the code of its owner in a moment."""
OPEN_MINUTES: Final = 30
"""How long a page stays open that was opened by a code."""


def spoken_code(digits: str) -> str:
    """Group a code as it is read out: 4812 0736."""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def service_number(row_id: int) -> str:
    """Write the short number of a service: four digits and more, the last of which finds a slip of the finger."""
    digits = str(100 + row_id)
    return digits + check_digit(digits)


def row_of_number(text: str) -> int | None:
    """Return the row that a short number means, or nothing where the text is none."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 9) or check_digit(digits) != "0":
        return None
    row_id = int(digits[:-1]) - 100
    return row_id if row_id > 0 else None
