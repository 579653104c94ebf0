"""Jobs of people."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.backends.db import SessionStore

from sidan.core.clock import business_date
from sidan.core.jobs import periodic
from sidan.people import operations
from sidan.people.devices import KEPT_FOR

KEPT: Final = timedelta(days=1)


@periodic(name="people.clear_the_door", cron="17 20 * * *")
def clear_the_door(*, at: datetime) -> None:
    """Remove failed tries, old codes, marks of devices and ended sessions, at night in China."""
    operations.remove_old_attempts(before=at - KEPT)
    operations.remove_old_codes(before=at - KEPT)
    operations.forget_devices(before=business_date(at - KEPT_FOR))
    SessionStore.clear_expired()
