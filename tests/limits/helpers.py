"""Moments that tests of limits speak of."""

from datetime import date, datetime, time, timedelta
from typing import Final

from sidan.core.clock import BUSINESS_ZONE

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def at_office_end(day: date) -> datetime:
    """Return half past five of a day."""
    return datetime.combine(day, time(17, 30), tzinfo=BUSINESS_ZONE)
