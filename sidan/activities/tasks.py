"""Jobs of activities. They run at least once; what the clock has done once is not due again."""

from datetime import datetime
from typing import Final

from sidan.activities import operations, queries
from sidan.core.jobs import each_alone, periodic

MOST_IN_ONE_RUN: Final = 500


@periodic(name="activities.advance", cron="* * * * *")
def advance(*, at: datetime) -> int:
    """Open, begin and end what the hour has come for; what is left waits for the next minute."""
    return each_alone(
        queries.due_activities(at=at, most=MOST_IN_ONE_RUN),
        lambda activity_id: operations.advance_activity(at=at, activity_id=activity_id),
    )
