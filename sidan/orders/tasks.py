"""Jobs of the loop."""

from datetime import datetime, timedelta
from typing import Final

from sidan.core.jobs import each_alone, periodic
from sidan.orders import operations, queries

CLOCKS_FIRST: Final = timedelta(minutes=10)
"""For what a time limit says of a call that nobody took; nobody can take it any more when its time is over."""


@periodic(name="orders.end_calls", cron="* * * * *")
def end_calls(*, at: datetime) -> None:
    """End the open calls whose time is over; each is one act of its own, and done twice it does nothing.

    Time limits come first: they may call in a wider area, or pass the order up.
    """
    due = queries.calls_to_end(at=at - CLOCKS_FIRST)
    each_alone(due, lambda call_id: operations.expire_call(at=at, call_id=call_id))


@periodic(name="orders.end_take_overs", cron="* * * * *")
def end_take_overs(*, at: datetime) -> None:
    """End the requests to take an order over whose time is over; done twice it does nothing."""
    due = queries.take_overs_to_end(at=at)
    each_alone(due, lambda take_over_id: operations.expire_take_over(at=at, take_over_id=take_over_id))


@periodic(name="orders.forget_points", cron="37 * * * *")
def forget_points(*, at: datetime) -> None:
    """Remove where the doors of orders are that have ended; done twice it does nothing."""
    del at
    operations.forget_points_of_ended()
