"""Until when something about an order may still be said: pure, the moments are handed in."""

from datetime import datetime, timedelta
from typing import Final

REVIEW_TIME: Final = timedelta(days=7)
"""How long a resident may say how it was, where no clock of the order says another time (R-Z3)."""


def review_ends(*, done_at: datetime, due_at: datetime | None) -> datetime:
    """Return until when a resident may say how an order that is done was; before that the office does not close it.

    Args:
        done_at: when the order was done.
        due_at: until when its clock says so; none where no clock runs for it.
    """
    return due_at or done_at + REVIEW_TIME
