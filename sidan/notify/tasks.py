"""Jobs of notify."""

import time
from datetime import datetime, timedelta
from typing import Final

from sidan.core.jobs import job, periodic
from sidan.notify import operations

MOST_IN_ONE_RUN: Final = 500
LONGEST_RUN: Final = timedelta(seconds=50)
"""Then the next minute's run goes on, and begins by looking what came in between."""


@job(name="notify.deliver", queue="messages")
def deliver(*, at: datetime, delivery_id: int) -> None:
    """Send one message at once; when that fails, the job below tries again."""
    operations.deliver_next(at=at, delivery_id=delivery_id)


@periodic(name="notify.deliver_waiting", cron="* * * * *")
def deliver_waiting(*, at: datetime) -> None:
    """Fill the outbox and send what is due, but nothing to what has just not answered.

    A channel, the service of some addresses, or one address: the others go on. Every second message is one that was
    never tried, so that those that wait for what is dead do not stand before all others.
    """
    while operations.fill_outbox(at=at) >= operations.BATCH:
        continue
    started, down = time.monotonic(), set[str]()
    for turn in range(MOST_IN_ONE_RUN):
        # A lease counts from now, not from when the run began: sending may take its time.
        spent = timedelta(seconds=time.monotonic() - started)
        tried = operations.deliver_next(at=at + spent, but=down, is_fresh=turn % 2 == 1)
        if tried is None or spent > LONGEST_RUN:
            break
        if tried.down:
            down.add(tried.down)
    operations.measure_outbox(at=at)


@periodic(name="notify.forget_deliveries", cron="27 19 * * *")
def forget_deliveries(*, at: datetime) -> None:
    """Remove old messages (03:27 in China)."""
    operations.forget_done_deliveries(at=at)
