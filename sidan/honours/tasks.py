"""Jobs of honours."""

from datetime import datetime

from sidan.core.jobs import each_alone, job, periodic
from sidan.honours import operations, queries


@job(name="honours.recheck_stars")
def recheck_stars(*, at: datetime, person_id: int) -> None:
    """Take back what somebody's hours no longer reach, once a correction is whole: its right record follows it."""
    operations.recheck_stars(at=at, person_id=person_id)


@periodic(name="honours.remind_of_ended", cron="23 1 * * *")
def remind_of_ended(*, at: datetime) -> None:
    """Tell in the morning whose notice is over; done twice it tells once."""
    each_alone(
        queries.notices_ended(at=at),
        lambda proposal_id: operations.remind_of_ended(at=at, proposal_id=proposal_id),
    )
