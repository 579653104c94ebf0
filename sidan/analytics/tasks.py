"""Periodic jobs of analytics."""

from datetime import datetime

from sidan.analytics import operations
from sidan.core.jobs import periodic


@periodic(name="analytics.catch_up", cron="* * * * *")
def catch_up(*, at: datetime) -> int:
    """Take in what happened in the last minutes; `at` plays no part, the rows carry their own moments."""
    return operations.catch_up()
