"""Setting the clock of an order: in the transaction of the step that begins it, by one statement (ADR 0009)."""

from dataclasses import asdict
from datetime import datetime
from typing import Final

from sidan.core.transactions import act
from sidan.limits.policies import STEP_OF_STATE
from sidan.limits.queries import Rules, orders_without_timer, rules_now
from sidan.orders.models import Order
from sidan.orders.operations import keep_due
from sidan.orders.queries import open_call_of

SET_TIMER: Final = """
fresh AS (
    SELECT 1 WHERE coalesce((SELECT max(id) FROM limits_limit), 0) = %(limit)s
      AND coalesce((SELECT max(id) FROM places_workingdayentry), 0) = %(day)s
      AND coalesce((SELECT max(id) FROM places_placechange), 0) = %(place)s
      AND (SELECT count(*) FROM catalogue_category) = %(categories)s
), ended AS (
    UPDATE limits_timer SET ended_at = %(at)s, next_at = NULL
    WHERE order_id = %(order)s AND ended_at IS NULL AND EXISTS (SELECT FROM fresh) RETURNING id
), begun AS (
    INSERT INTO limits_timer (order_id, step_id, effect, limit_id, begun_at, half_at, due_at, next_at)
    SELECT %(order)s, %(step)s, %(effect)s, %(rule)s::bigint, %(at)s, %(half)s::timestamptz, %(due)s::timestamptz,
           %(half)s::timestamptz
    FROM (SELECT count(*) FROM ended) AS done
    WHERE %(rule)s::bigint IS NOT NULL AND EXISTS (SELECT FROM fresh)
)
"""
"""`done` makes the new timer wait for the end of the old one: an order has one that runs."""
TRIES: Final = 5


class RulesKeepChanging(RuntimeError):
    """Limits or calendars were changed faster than they could be read."""


def run_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """End the clock of the state an order left and start that of the state it entered, by its holder's limits.

    A time that is agreed anew does not come here: agreeing again and again gains no time.

    Raises:
        RulesKeepChanging: which undoes the step.
    """
    for tried in range(TRIES):
        if _set(rules_now(fresh=tried > 0), order, step_id, at):
            return
    raise RulesKeepChanging


def _set(rules: Rules, order: Order, step_id: int, at: datetime) -> bool:
    found = rules.for_order(order=order, at=at)
    step, rule, due = found or ("", None, None)
    return keep_due(
        order=order,
        due_at=due.due_at if due else None,
        half_at=due.half_at if due else None,
        beside=SET_TIMER,
        condition="EXISTS (SELECT FROM fresh)",
        values={
            **asdict(rules.stamp),
            "step": step_id,
            "effect": step,
            "rule": rule.limit_id if rule else None,
            "at": at,
        },
    )


def start_missing_clocks(*, at: datetime, most: int = 500) -> int:
    """Start the clock of open orders that have none: those of before this app, and those loaded in bulk.

    Nobody is late for what he could not know: their time begins now. Returns how many were started.
    """
    started = 0
    for order_id, step_id in orders_without_timer(states=sorted(STEP_OF_STATE), most=most):
        with act():
            order = Order.objects.select_for_update().get(pk=order_id)
            call = open_call_of(order=order)
            order.called_until = call.until if call else None
            if order.state in STEP_OF_STATE and order.turn >= 1:
                run_clock(order=order, step_id=step_id, at=at)
                started += 1
    return started
