"""What time it is. Only edges read the clock; everything below them is handed the moment."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def business_date(at: datetime) -> date:
    """Return the day a county would write for this moment: the date in Asia/Shanghai."""
    return at.astimezone(BUSINESS_ZONE).date()


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in Asia/Shanghai."""
    return datetime.combine(day, time(), BUSINESS_ZONE)


def aware(moment: datetime) -> datetime:
    """Read a time without an offset as the county's own, so that a naive client is not hours off."""
    return moment if moment.tzinfo else moment.replace(tzinfo=BUSINESS_ZONE)
