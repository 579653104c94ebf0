"""Moments that tests of limits speak of, and what their forms say."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from django.test import Client

from sidan.core.clock import BUSINESS_ZONE

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def at_office_end(day: date) -> datetime:
    """Return half past five of a day."""
    return datetime.combine(day, time(17, 30), tzinfo=BUSINESS_ZONE)


def seen_on(client: Client, url: str) -> str:
    """What the form says by itself of what it was opened with."""
    found = re.search(r'name="seen"(?: value="([0-9a-f-]*)")?', client.get(url).content.decode())
    assert found
    return found[1] or ""
