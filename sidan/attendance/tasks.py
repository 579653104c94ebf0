"""Jobs of attendance."""

from datetime import datetime

from sidan.attendance import operations
from sidan.core.jobs import periodic


@periodic(name="attendance.forget", cron="23 * * * *")
def forget(*, at: datetime) -> None:
    """Remove raw points and counted tries after a day; done twice it does nothing."""
    operations.forget_points(at=at)
    operations.forget_tries(at=at)
