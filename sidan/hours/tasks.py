"""Jobs of hours."""

from datetime import datetime
from typing import Final

from sidan.core.jobs import each_alone, periodic
from sidan.hours import operations, queries

AT_MOST: Final = 1000
"""Causes recorded at a time."""


@periodic(name="hours.end_notices", cron="*/5 * * * *")
def end_notices(*, at: datetime) -> None:
    """Record the late times whose public notice is over; done twice it does nothing."""
    each_alone(
        queries.notices_to_end(at=at), lambda claim_id: operations.enter_noticed(at=at, claim_id=claim_id)
    )


@periodic(name="hours.record_missing", cron="17 19 * * *")
def record_missing(*, at: datetime) -> None:
    """Record at night what was proven before the person was registered, or before hours were kept at all."""
    each_alone(
        queries.unrecorded(limit=AT_MOST),
        lambda cause_id: operations.record_hours(at=at, cause_ids=[cause_id]),
    )


@periodic(name="hours.remind_of_late", cron="7 1 * * *")
def remind_of_late(*, at: datetime) -> None:
    """Tell in the morning of a working day who is late with a word; done twice it tells once."""
    operations.remind_of_late(at=at, times=queries.late_times(at=at))
