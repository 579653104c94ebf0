"""The clocks of what is to be done beside an order's own way: calls back, and what was not well (ADR 0010)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Subquery

from sidan.core.clockwork import Due
from sidan.core.jobs import each_alone
from sidan.core.transactions import act
from sidan.limits.models import TaskTimer
from sidan.limits.operations.clock import FRESH, NothingMissing, Start, keep_by_rules
from sidan.limits.queries import is_task_open, task_due_at, tasks_due, tasks_without_timer
from sidan.orders.models import Order

_BEGIN: Final = f"""
WITH {FRESH}, begun AS (
    INSERT INTO limits_tasktimer (order_id, turn, effect, limit_id, acts_by_id, begun_at, half_at, due_at, next_at)
    SELECT %(order)s, %(turn)s, %(effect)s, %(rule)s::bigint, %(acts_by)s::bigint, %(begins)s::timestamptz,
           %(half)s::timestamptz, %(due)s::timestamptz, %(next)s::timestamptz
    FROM fresh WHERE %(rule)s::bigint IS NOT NULL
    ON CONFLICT (order_id, effect, turn) WHERE ended_at IS NULL DO NOTHING
)
SELECT count(*) FROM fresh
"""
"""What comes up at the same turn while the clock runs already (a second follow-up of a closing) has its time."""


class TaskTimes:
    """What the orders' registry of such clocks asks for."""

    def begin(self, *, task: str, thing: Any, turn: int, at: datetime) -> None:
        begin_task(task=task, order=thing, turn=turn, at=at)

    def end(self, *, task: str, thing_id: int, turn: int | None, at: datetime) -> None:
        """End the clock of a task, or of all of that name about an order."""
        running = TaskTimer.objects.filter(effect=task, order=thing_id, ended_at=None)
        if turn is not None:
            running = running.filter(turn=turn)
        running.update(ended_at=at, next_at=None)

    def due(self, *, task: str, thing_ids: Iterable[int]) -> Mapping[tuple[int, int], Due]:
        return tasks_due(task=task, order_ids=thing_ids)

    def due_at(self, *, task: str) -> Subquery:
        return task_due_at(task=task)


def begin_task(*, task: str, order: Order, turn: int, at: datetime) -> None:
    """Start the clock of a task by the limits of the place that holds the order. Raises RulesKeepChanging."""
    keep_by_rules(
        lambda rules, start: rules.for_task(order=order, task=task, begins=start.begins),
        _keep,
        {"order": order.pk, "turn": turn},
        [Start(begins=at, at=at)],
    )


def _keep(
    *, due_at: datetime | None, half_at: datetime | None, condition: str, values: Mapping[str, Any]
) -> bool:
    """Write the timer if the rules by which it was counted still hold (`condition`); tell whether they do."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, {**values, "due": due_at, "half": half_at})
        (fresh,) = cursor.fetchone()
    return bool(fresh)


def start_missing_task_clocks(*, at: datetime, most: int = 500) -> int:
    """Start the clocks of tasks that have none: those of before they had clocks, and of orders loaded in bulk."""
    missing = tasks_without_timer(most=most)
    return each_alone(missing, lambda found: _start_of_task(*found, at), passing=(NothingMissing,))


def _start_of_task(task: str, order_id: int, turn: int, at: datetime) -> None:
    with act():
        order = Order.unscoped.select_for_update().get(pk=order_id)
        if not is_task_open(task=task, order=order, turn=turn):
            raise NothingMissing
        begin_task(task=task, order=order, turn=turn, at=at)
