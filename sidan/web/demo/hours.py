"""The hours of the demo: of each finished visit, set-based by the operation of `hours` itself."""

from datetime import datetime, timedelta
from typing import Final

from sidan.core.actor import SYSTEM
from sidan.hours.operations import write_history
from sidan.orders.queries.serving import PAST_SERVICES
from sidan.web.demo.writing import Tell

WRITTEN_AFTER: Final = timedelta(minutes=10)


def make_hours(*, now: datetime, tell: Tell) -> None:
    """Record the hours of all visits that were told in bulk."""
    params = {"now": now, "written_after": WRITTEN_AFTER}
    written = write_history(actor=SYSTEM, at=now, services=PAST_SERVICES, params=params)
    tell("hours", written, written)
