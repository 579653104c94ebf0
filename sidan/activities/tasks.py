"""Jobs of activities. They run at least once; what the clock has done once is not due again."""

from datetime import datetime
from typing import Final

from sidan.activities import operations, queries
from sidan.core.jobs import each_alone, periodic

MOST_IN_ONE_RUN: Final = 500


@periodic(name="activities.make_series", cron="20 17 * * *")
def make_series(*, at: datetime) -> int:
    """Make at night what comes in the next weeks, and return for how many rules; one that fails holds no other up."""
    return each_alone(
        queries.active_series(),
        lambda recurring_id: operations.make_activities(at=at, recurring_id=recurring_id),
    )


@periodic(name="activities.advance", cron="* * * * *")
def advance(*, at: datetime) -> int:
    """Open, begin and end what the hour has come for; what is left waits for the next minute."""
    return each_alone(
        queries.due_activities(at=at, most=MOST_IN_ONE_RUN),
        lambda activity_id: operations.advance_activity(at=at, activity_id=activity_id),
    )


@periodic(name="activities.remind", cron="*/5 * * * *")
def remind(*, at: datetime) -> int:
    """Tell who comes that it is tomorrow, or in two hours; each once, however often this runs."""
    return each_alone(
        queries.due_reminders(at=at, most=MOST_IN_ONE_RUN),
        lambda enrolment_id: operations.remind(at=at, enrolment_id=enrolment_id),
    )
