"""The clocks of what waits: begun when the order came to where it lies, so that some are late and some half over.

What a clock did before the evening on which the county is told is done by the clocks' own operations, at its moment.
Offers and reviews are left out: their clocks act for people who are to find them on their first day. They, and what
is more than a day's work, get their clocks from the job that starts missing ones.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from sidan.limits.models import Running, TaskTimer, Timer, WishTimer
from sidan.limits.operations import NotDue, fire_task_timer, fire_timer, fire_wish_timer, run_clock
from sidan.limits.policies import STEP_OF_STATE
from sidan.orders.enums import Machine, OrderState
from sidan.orders.models import Order, OrderStep

STARTED: Final = STEP_OF_STATE.keys() - {OrderState.DISPATCHED, OrderState.DONE}
MOST: Final = 60
"""Orders: the queue of a morning. A district has thousands, and one statement an order is not for them."""


def start_clocks(*, now: datetime) -> None:
    """Start the clocks of the newest orders that wait, and let them do what they had to until now."""
    waiting = Order.objects.filter(state__in=sorted(STARTED)).order_by("-id")[:MOST]
    for order in sorted(waiting, key=lambda order: (order.state_since, order.pk)):
        step = OrderStep.objects.filter(order=order, machine=Machine.ORDER).latest("turn")
        run_clock(order=order, step_id=step.pk, at=order.state_since)
    _fire_until(now, of=Timer, fire=fire_timer)


def fire_clocks(*, now: datetime) -> None:
    """Let the clocks of wishes and of what was told last do what they had to until now: danger waits half an hour."""
    _fire_until(now, of=Timer, fire=fire_timer)
    _fire_until(now, of=WishTimer, fire=fire_wish_timer)
    _fire_until(now, of=TaskTimer, fire=_fire_task)


def _fire_until(now: datetime, *, of: type[Running], fire: Callable[..., object]) -> None:
    waiting: QuerySet[Running] = of._default_manager.order_by("next_at", "id")
    while (due := waiting.filter(next_at__lte=now).first()) is not None:
        assert due.next_at is not None, "it was asked for by its moment"
        fire(at=due.next_at, timer_id=due.pk)


def _fire_task(*, at: datetime, timer_id: int) -> None:
    """A call back about an order that has ended meanwhile loses its clock, and nobody is reminded."""
    with suppress(NotDue):
        fire_task_timer(at=at, timer_id=timer_id)
