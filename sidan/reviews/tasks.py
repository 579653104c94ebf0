"""Jobs about reviews. They run at least once; each review is read once (`ReviewCheck`)."""

from datetime import datetime
from typing import Final

from sidan.core.jobs import each_alone, job, periodic
from sidan.reviews import operations, queries
from sidan.reviews.policies import ACCOUNT_WINDOW

MOST_IN_ONE_RUN: Final = 1000


@job(name="reviews.check")
def check(*, at: datetime, review_id: int) -> int:
    """Read one review by the rules; returns how much was noticed."""
    return len(operations.check_review(at=at, review_id=review_id))


@periodic(name="reviews.forget_devices", cron="23 * * * *")
def forget_devices(*, at: datetime) -> int:
    """Remove by which browsers reviews came, a day later."""
    return operations.forget_devices(before=at - ACCOUNT_WINDOW)


@periodic(name="reviews.check_missing", cron="*/10 * * * *")
def check_missing(*, at: datetime) -> int:
    """Read the reviews that nobody has read: those of before this app, and those loaded in bulk."""
    unread = queries.unread_reviews(most=MOST_IN_ONE_RUN)
    return each_alone(unread, lambda review_id: operations.check_review(at=at, review_id=review_id))
