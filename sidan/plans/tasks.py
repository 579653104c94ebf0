"""Jobs of plans."""

from datetime import datetime

from sidan.core.jobs import each_alone, periodic
from sidan.plans import operations, queries


@periodic(name="plans.remind", cron="37 0 * * *")
def remind(*, at: datetime) -> int:
    """Tell in the morning what was planned for the coming days and is not prepared yet; each line once."""
    return each_alone(
        queries.lines_to_remind(at=at), lambda line_id: operations.remind_of_line(at=at, line_id=line_id)
    )
