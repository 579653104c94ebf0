"""Days that were made free while clocks ran: these end later, never earlier (ADR 0010)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from django.db import connection

from sidan.core.jobs import each_alone
from sidan.core.transactions import act
from sidan.limits.enums import Step
from sidan.limits.models import Running, TaskTimer, Timer, WishTimer
from sidan.limits.operations.clock import FRESH, NothingMissing, Start, end_kept, keep_by_rules
from sidan.limits.policies import Deadline
from sidan.limits.queries import HOLDER, is_told_over, rules_now, running_timer, timers_over
from sidan.orders import operations as orders
from sidan.orders.models import Order
from sidan.orders.queries import open_call_of
from sidan.wishes import operations as wishes
from sidan.wishes.models import Wish

_LATER: Final = """
later AS (
    -- Where half of it was told of, the end comes next; where the end was, `Over` says what does.
    UPDATE {timers} SET due_at = %(due)s::timestamptz, half_at = %(half)s::timestamptz,
                        next_at = CASE WHEN %(is_over)s THEN %(next)s::timestamptz
                                       WHEN next_at = half_at THEN %(half)s::timestamptz ELSE %(due)s::timestamptz END
    WHERE id = %(timer)s AND ended_at IS NULL AND EXISTS (SELECT FROM fresh) RETURNING id
)
"""
OF_ORDERS: Final = f"{FRESH}, {_LATER.format(timers='limits_timer')}"
OF_PARTS: Final = f"{OF_ORDERS}, {orders.WHOLE_IS_DUE}"
OF_WISHES: Final = f"{FRESH}, {_LATER.format(timers='limits_wishtimer')}"
OF_TASKS: Final = f"WITH {FRESH}, {_LATER.format(timers='limits_tasktimer')} SELECT count(*) FROM fresh"


@dataclass(frozen=True, slots=True)
class Over(Start):
    """Of a clock that has told that its time is over: by the calendar of now it may not be.

    Then nobody is reminded before it is. What the limit says for the end was done, and is done once: if nobody has
    moved the thing until then, it is told again when the office opens after its end, like all that is late.
    """

    place_id: int = 0
    effect: str = ""

    def next_of(self, due: Deadline) -> datetime | None:
        """Return when it speaks again. Nobody is late with a review."""
        if due.due_at <= self.at or self.effect == Step.REVIEW:
            return self.again_at
        return rules_now(fresh=False).time(self.place_id).next_opening(due.due_at)


def count_days_off(*, at: datetime, place_id: int | None, first: date, last: date) -> int:
    """Let the clocks that run over days that were made free end later. Returns how many were looked at.

    A job does it; done twice, or begun again after a kill, the second time changes nothing. Each clock is a
    transaction of its own: it is counted anew from its beginning by its own limit and by the calendar of now.
    """
    running = (
        (name, timer_id)
        for name, (of, _set) in _SET.items()
        for timer_id in timers_over(of=of, place_id=place_id, first=first, last=last)
    )
    return each_alone(running, lambda one: _SET[one[0]][1](int(one[1]), at), passing=(NothingMissing,))


def _of_order(timer_id: int, at: datetime) -> None:
    with act():
        # The thing first: whoever moves it holds it, and then wants the timer.
        order = Order.unscoped.select_for_update().filter(pk=_thing_of(Timer, timer_id)).first()
        timer = _still_running(Timer, timer_id)
        if order is None or open_call_of(order=order, part=timer.part) is not None:
            # How long a call is open says who opened it.
            raise NothingMissing
        if timer.part is None:
            keep = partial(orders.CLOCKWORK.keep_due, order, beside=OF_ORDERS)
        else:
            keep = partial(orders.PARTS_CLOCKWORK.keep_due, timer.part, beside=OF_PARTS)
        _keep(timer, order.holder_place_id, keep, at, order=order.pk)


def _of_wish(timer_id: int, at: datetime) -> None:
    with act():
        wish = Wish.unscoped.select_for_update().get(pk=_thing_of(WishTimer, timer_id))
        timer = _still_running(WishTimer, timer_id)
        _keep(timer, wish.holder_id, partial(wishes.CLOCKWORK.keep_due, wish, beside=OF_WISHES), at)


def _of_task(timer_id: int, at: datetime) -> None:
    with act():
        order = Order.unscoped.select_for_update().get(pk=_thing_of(TaskTimer, timer_id))
        _keep(_still_running(TaskTimer, timer_id), order.holder_place_id, _keep_task, at)


_SET: Final[Mapping[str, tuple[type[Running], Callable[[int, datetime], None]]]] = {
    "order": (Timer, _of_order), "wish": (WishTimer, _of_wish), "task": (TaskTimer, _of_task),
}  # fmt: skip


def _thing_of(of: type[Running], timer_id: int) -> int:
    """Return of what a timer is the clock; that never changes."""
    field = HOLDER[of].partition("__")[0]
    thing: int = of._default_manager.values_list(field, flat=True).get(pk=timer_id)
    return thing


def _still_running(of: type[Running], timer_id: int) -> Any:
    """Return a clock, held until the transaction ends. Raises NothingMissing."""
    timer = running_timer(of=of, timer_id=timer_id)
    if timer is None:
        raise NothingMissing
    return timer


def _keep(timer: Any, place_id: int, keep: Callable[..., bool], at: datetime, **values: int) -> None:
    is_over = is_told_over(timer=timer)
    over = Over(timer.begun_at, at, is_over, timer.next_at, place_id=place_id, effect=timer.effect)
    keep_by_rules(
        lambda rules, _start: end_kept(timer=timer, place_id=place_id, rules=rules),
        keep,
        {**values, "timer": timer.pk, "is_over": is_over},
        [over if is_over else Start(begins=timer.begun_at, at=at)],
    )


def _keep_task(
    *, due_at: datetime | None, half_at: datetime | None, condition: str, values: Mapping[str, Any]
) -> bool:
    """Write the timer if the rules by which it was counted still hold; tell whether they do."""
    with connection.cursor() as cursor:
        cursor.execute(OF_TASKS, {**values, "due": due_at, "half": half_at})
        (fresh,) = cursor.fetchone()
    return bool(fresh)
