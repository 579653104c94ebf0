"""Jobs of notify."""

from datetime import datetime
from typing import Final

from sidan.core.jobs import job, periodic
from sidan.notify import operations

MOST_IN_ONE_RUN: Final = 500


@job(name="notify.deliver", queue="messages")
def deliver(*, at: datetime, delivery_id: int) -> None:
    """Send one message at once; when that fails, the job below tries again."""
    operations.deliver_next(at=at, delivery_id=delivery_id)


@periodic(name="notify.deliver_waiting", cron="* * * * *")
def deliver_waiting(*, at: datetime) -> None:
    """Fill the outbox and send what is due."""
    while operations.fill_outbox(at=at) == operations.BATCH:
        continue
    for _turn in range(MOST_IN_ONE_RUN):
        if not operations.deliver_next(at=at):
            break


@periodic(name="notify.forget_deliveries", cron="27 19 * * *")
def forget_deliveries(*, at: datetime) -> None:
    """Remove old messages (03:27 in China)."""
    operations.forget_done_deliveries(at=at)
