"""The code at a door: six digits that change every minute, from a secret only the server knows."""

import hashlib
import hmac
from datetime import datetime
from typing import Final

STEP_SECONDS: Final = 60
TOLERATED_STEPS: Final = (0, -1, -2)
"""An old hand reads slowly: the present code and the two before it are good."""


def door_code(*, secret: bytes, at: datetime) -> str:
    """Return the code valid at a moment (HOTP truncation of RFC 4226 over the minute)."""
    return _code(secret, int(at.timestamp()) // STEP_SECONDS)


def code_is_good(*, secret: bytes, code: str, at: datetime) -> bool:
    """Tell whether a code was shown within the last three minutes. Each comparison takes constant time."""
    step = int(at.timestamp()) // STEP_SECONDS
    return any(hmac.compare_digest(_code(secret, step + back), code) for back in TOLERATED_STEPS)


def _code(secret: bytes, step: int) -> str:
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha256).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
