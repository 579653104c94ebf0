"""Jobs of bookings. They run at least once; a day that is booked is not booked again."""

from datetime import datetime

from sidan.bookings import operations
from sidan.bookings.queries.turns import active_turns
from sidan.core.jobs import each_alone, periodic


@periodic(name="bookings.make_turns", cron="40 17 * * *")
def make_turns(*, at: datetime) -> int:
    """Book at night the rooms for the turns of the next weeks; a rule that fails holds no other up."""
    return each_alone(active_turns(), lambda turns_id: operations.make_turns(at=at, turns_id=turns_id))
