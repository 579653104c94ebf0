"""What a public sentence must not hold, and how long a visit for a wish is given. No database, no clock."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

WINDOW: Final = timedelta(hours=2)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_LONG_NUMBER: Final = re.compile(r"\d(?:[ -]?\d){6,}[xX]?")


def holds_number(text: str) -> bool:
    """Tell whether a text holds a run of seven digits or more: a telephone or an identity number."""
    return _LONG_NUMBER.search(text) is not None


def wished_until(begins: datetime) -> datetime:
    """Return until when somebody may come who begins at a moment. At the end of time there is no later: an order so
    far ahead is refused by the rules of orders, in words.
    """
    return begins + WINDOW if begins < _LAST - WINDOW else _LAST
