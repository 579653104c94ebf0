"""What the time limits tell the apps below when they start: their clock, their notices, how their acts read."""

from sidan.limits import notices, words
from sidan.limits.operations import run_clock
from sidan.orders.operations import register_clock


def register() -> None:
    """Register everything once."""
    notices.register()
    words.register()
    register_clock(run_clock)
