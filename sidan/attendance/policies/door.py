"""The code at a door: six digits that change every minute, from a secret only the server knows."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

STEP_SECONDS: Final = 60
QUICK_STEP_SECONDS: Final = 30
"""Where the code is a picture that telephones read: on a screen before many people, and one's own."""
TOLERATED_STEPS: Final = (0, -1, -2)
"""An old hand reads slowly: the present code and the two before it are good."""
TOLERATED_LATER: Final = (*TOLERATED_STEPS, 1)
"""For a time told afterwards: a telephone's clock, put right by what it last knew, may still be a little behind."""

MOST_WRONG_TOLD: Final = 5
"""Wrong digits that one person may tell afterwards of one visit; what comes later proves nothing, or they could be
guessed: what is told is neither refused nor counted as a try at the door."""


def door_code(*, secret: bytes, at: datetime, seconds: int = STEP_SECONDS) -> str:
    """Return the code valid at a moment (HOTP truncation of RFC 4226 over the minute, or another step)."""
    return _code(secret, step_at(at, seconds))


def step_at(at: datetime, seconds: int = STEP_SECONDS) -> int:
    """Return the number of the step whose code is shown at a moment."""
    return int(at.timestamp()) // seconds


def shown_during(*, step: int, like: datetime, seconds: int = STEP_SECONDS) -> tuple[datetime, datetime]:
    """Return from when to when the code of a step is shown, in the time zone of another moment."""
    since = datetime.fromtimestamp(step * seconds, tz=like.tzinfo)
    return since, since + timedelta(seconds=seconds, microseconds=-1)


def step_of(
    *,
    secret: bytes,
    code: str,
    at: datetime,
    tolerated: tuple[int, ...] = TOLERATED_STEPS,
    seconds: int = STEP_SECONDS,
) -> int | None:
    """Return the step whose code this is, of those that are good at a moment. Each comparison takes constant time."""
    # Before 1970, where a clock without its battery may place a moment, no code was ever shown.
    present = step_at(at, seconds)
    steps = [present + back for back in tolerated if present + back >= 0]
    good = [step for step in steps if hmac.compare_digest(_code(secret, step).encode(), code.encode())]
    return good[0] if good else None


def _code(secret: bytes, step: int) -> str:
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha256).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
