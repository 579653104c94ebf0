"""Setting the clock of an order or a wish: in the transaction of its step, by one statement (ADR 0010)."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any, Final

from sidan.core.transactions import act
from sidan.limits.policies import STEP_OF_STATE, STEP_OF_WISH, Deadline, Rule
from sidan.limits.queries import Rules, orders_without_timer, rules_now, wishes_without_timer
from sidan.orders import operations as orders
from sidan.orders.models import Order
from sidan.orders.queries import open_call_of
from sidan.wishes import operations as wishes
from sidan.wishes.models import Wish

_SET_TIMER: Final = """
fresh AS (
    SELECT 1 WHERE coalesce((SELECT max(id) FROM limits_limit), 0) = %(limit)s
      AND coalesce((SELECT max(id) FROM places_workingdayentry), 0) = %(day)s
      AND coalesce((SELECT max(id) FROM places_placechange), 0) = %(place)s
      AND (SELECT count(*) FROM catalogue_category) = %(categories)s
), ended AS (
    UPDATE {timers} SET ended_at = %(at)s, next_at = NULL
    WHERE {thing} = %(thing)s AND ended_at IS NULL AND EXISTS (SELECT FROM fresh) RETURNING id
), begun AS (
    INSERT INTO {timers} ({thing}, step_id, effect, limit_id, begun_at, half_at, due_at, next_at)
    SELECT %(thing)s, %(step)s, %(effect)s, %(rule)s::bigint, %(at)s, %(half)s::timestamptz, %(due)s::timestamptz,
           %(half)s::timestamptz
    FROM (SELECT count(*) FROM ended) AS done
    WHERE %(rule)s::bigint IS NOT NULL AND EXISTS (SELECT FROM fresh)
)
"""
"""`done` makes the new timer wait for the end of the old one: a thing has one that runs."""
OF_ORDERS: Final = _SET_TIMER.format(timers="limits_timer", thing="order_id")
OF_WISHES: Final = _SET_TIMER.format(timers="limits_wishtimer", thing="wish_id")
Found = tuple[str, Rule, Deadline] | None
"""What must be done, by which limit, until when."""
TRIES: Final = 5


class RulesKeepChanging(RuntimeError):
    """Limits or calendars were changed faster than they could be read."""


def run_clock(*, order: Order, step_id: int, at: datetime) -> None:
    """End the clock of the state an order left and start that of the state it entered, by its holder's limits.

    A time that is agreed anew does not come here: agreeing again and again gains no time.

    Raises:
        RulesKeepChanging: which undoes the step.
    """
    _run(
        lambda rules: rules.for_order(order=order, at=at),
        partial(orders.CLOCKWORK.keep_due, order, beside=OF_ORDERS),
        {"step": step_id, "at": at},
    )


def run_wish_clock(*, wish: Wish, step_id: int, at: datetime) -> None:
    """Do the same for a wish: it waits for an answer. Raises RulesKeepChanging."""
    _run(
        lambda rules: rules.for_wish(wish=wish, at=at),
        partial(wishes.CLOCKWORK.keep_due, wish, beside=OF_WISHES),
        {"step": step_id, "at": at},
    )


def _run(find: Callable[[Rules], Found], keep: Callable[..., bool], values: Mapping[str, Any]) -> None:
    for tried in range(TRIES):
        rules = rules_now(fresh=tried > 0)
        step, rule, due = find(rules) or ("", None, None)
        told = {**asdict(rules.stamp), **values, "effect": step, "rule": rule.limit_id if rule else None}
        if keep(
            due_at=due.due_at if due else None, half_at=due.half_at if due else None,
            condition="EXISTS (SELECT FROM fresh)", values=told,
        ):  # fmt: skip
            return
    raise RulesKeepChanging


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


def start_missing_wish_clocks(*, at: datetime, most: int = 500) -> int:
    """Do the same for wishes that wait for an answer: those of before they had clocks."""
    started = 0
    for wish_id, step_id in wishes_without_timer(states=sorted(STEP_OF_WISH), most=most):
        with act():
            wish = Wish.unscoped.select_for_update().get(pk=wish_id)
            if wish.state in STEP_OF_WISH:
                run_wish_clock(wish=wish, step_id=step_id, at=at)
                started += 1
    return started
