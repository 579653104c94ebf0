"""When the present state of an order must be over: kept on the order, set by whoever registered a clock above.

This app does not know how limits are counted. A clock is told of every change of state or holder, within its
transaction, with the order in hand; it answers by `keep_due`, which takes along what the clock itself writes: one
statement in all.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Protocol

from django.db import connection

from sidan.orders.models import Order


class Clock(Protocol):
    """Told that an order entered its present state, or its present holder's hands, by a step."""

    def __call__(self, *, order: Order, step_id: int, at: datetime) -> None:
        """Set the order's clock anew."""


_clocks: Final[list[Clock]] = []
NOTHING: Final[Mapping[str, Any]] = {}


def register_clock(clock: Clock) -> None:
    """Let an app above set the orders' clocks; called once in its `ready()`."""
    _clocks[:] = [clock]


def set_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """Tell the clock, if there is one, that the order has a new state or another holder."""
    for clock in _clocks:
        clock(order=order, step_id=step_id, at=at)


def keep_due(
    *,
    order: Order,
    due_at: datetime | None,
    half_at: datetime | None,
    beside: str = "",
    condition: str = "TRUE",
    values: Mapping[str, Any] = NOTHING,
) -> bool:
    """Write until when an order's present state may last; tells whether it was written.

    Args:
        order: read and moved within this transaction.
        due_at: when it must be over; none where nothing limits it.
        half_at: from when on the time is short.
        beside: further parts of the statement (common table expressions of SQL) which the caller writes itself.
        condition: what must hold, in SQL, for the due moment to be written.
        values: the values of both, by name; `order`, `due` and `half` are given here.
    """
    begin = f"WITH {beside} " if beside else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{begin}UPDATE orders_order SET due_at = %(due)s::timestamptz, half_at = %(half)s::timestamptz "
            f"WHERE id = %(order)s AND {condition}",
            {**values, "order": order.pk, "due": due_at, "half": half_at},
        )
        written: bool = cursor.rowcount == 1
    if written:
        order.due_at, order.half_at = due_at, half_at
    return written
