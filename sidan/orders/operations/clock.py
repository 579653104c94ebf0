"""The clock of orders: told of each step by the door, set by the app of the time limits (`core.clockwork`)."""

from collections.abc import Iterable
from typing import Final

from sidan.core.clockwork import Clockwork, TaskClocks
from sidan.orders.models import Order, WorkPart

CLOCKWORK: Final = Clockwork[Order](table="orders_order")
PARTS_CLOCKWORK: Final = Clockwork[WorkPart](table="orders_workpart")
"""Of an order that was split each part has a clock; it is told with its order in hand (`part.order`)."""
SPLITS_CLOCKWORK: Final = Clockwork[Order](table="orders_order")
"""Told when an order was split or put together again: its time goes on in its parts, or theirs in it."""
BACK_CLOCKWORK: Final = Clockwork[Order](table="orders_order")
PARTS_BACK_CLOCKWORK: Final = Clockwork[WorkPart](table="orders_workpart")
"""Told when the office takes back what it asked teams itself, or finds none: its own time goes on from where it was."""
DANGER_CLOCKWORK: Final = Clockwork[Order](table="orders_order")
"""Told when an order that waits already turns out to press more: to speak of danger to life, or to be urgent."""
AGREED_CLOCKWORK: Final = Clockwork[Order](table="orders_order")
"""Told when another time of a visit is agreed than was agreed before: the state stays as it is."""
TASK_CLOCKS: Final = TaskClocks()
"""Of what apps above ask people to do about an order beside its own way: calls back, what was not well."""


def count_left(works: Iterable[Order | WorkPart]) -> None:
    """Let orders and parts that a page shows know by which calendars their time is counted."""
    shown = list(works)
    CLOCKWORK.count([work for work in shown if isinstance(work, Order)])
    PARTS_CLOCKWORK.count([work for work in shown if isinstance(work, WorkPart)])


WHOLE_IS_DUE: Final = """
whole_due AS (
    UPDATE orders_order SET due_at = LEAST(%(due)s::timestamptz, others.due),
                            half_at = LEAST(%(half)s::timestamptz, others.half)
    FROM (
        SELECT min(due_at) AS due, min(half_at) AS half FROM orders_workpart
        WHERE order_id = %(order)s AND ended_at IS NULL AND id <> %(thing)s
    ) AS others
    WHERE id = %(order)s AND EXISTS (SELECT FROM fresh)
)
"""
"""Beside a part's due moment: an order that was split is as pressing as the most pressing of its parts."""
PARTS_ARE_UNTIMED: Final = """
untimed AS (
    UPDATE orders_workpart SET due_at = NULL, half_at = NULL
    WHERE order_id = %(thing)s AND due_at IS NOT NULL AND EXISTS (SELECT FROM fresh)
)
"""
"""Beside an order's due moment: what is about all of an order ends the time of its parts, if it has any."""
