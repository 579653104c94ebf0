"""Jobs of people."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.sessions.backends.db import SessionStore

from sidan.core.jobs import periodic
from sidan.people import operations

KEPT: Final = timedelta(days=1)


@periodic(name="people.clear_the_door", cron="17 20 * * *")
def clear_the_door(*, at: datetime) -> None:
    """Remove failed tries, old codes and ended sessions, at night in China: nothing of them is needed any more."""
    operations.remove_old_attempts(before=at - KEPT)
    operations.remove_old_codes(before=at - KEPT)
    SessionStore.clear_expired()
