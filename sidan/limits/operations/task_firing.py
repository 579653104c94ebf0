"""What the clock of a task does when it is time: each moment once, as those of orders do."""

from datetime import datetime
from functools import partial

from django.db import transaction

from sidan.limits.enums import AtEnd, AtHalf
from sidan.limits.models import TaskFiring, TaskTimer
from sidan.limits.notices import tell_office
from sidan.limits.operations.taking import OF_TASKS, NotDue, fire_moment, take
from sidan.limits.operations.telling import tell_above, tell_named, trail_of
from sidan.limits.queries import is_task_open
from sidan.orders.models import Order


def fire_task_timer(*, at: datetime, timer_id: int) -> TaskFiring:
    """Do what the limit of a task says for the moment that has come.

    Raises:
        NotDue: there is nothing to do, or not now. What nobody need do any more loses its clock by this.
    """
    with transaction.atomic():
        take(of=OF_TASKS, timer_id=timer_id, at=at)
        timer = TaskTimer.objects.select_related("limit", "acts_by").get(pk=timer_id)
        order = Order.unscoped.select_related("project", "category").get(pk=timer.order_id)
        if is_task_open(task=timer.effect, order=order, turn=timer.turn):
            return fire_moment(
                firings=TaskFiring, timer=timer, at=at, at_half=partial(_at_half, timer, order, at),
                at_end=partial(_at_end, timer, order, at), when_late=partial(_when_late, timer, order, at),
                trail=partial(trail_of, order),
            )  # fmt: skip
        # It ended with its order: a call back about one that was cancelled.
        timer.ended_at, timer.next_at = at, None
        timer.save(update_fields=["ended_at", "next_at"])
    raise NotDue


def _at_half(timer: TaskTimer, order: Order, at: datetime) -> str:
    """Remind the office: of a call back and of what was not well it is the one who must act."""
    if timer.acting.at_half != AtHalf.NOBODY:
        tell_office(kind="limit_half", timer=timer, order=order, at=at)
    return timer.acting.at_half


def _at_end(timer: TaskTimer, order: Order, at: datetime) -> str:
    did = _when_late(timer, order, at)
    return tell_above(timer=timer, order=order, at=at) if timer.acting.at_end == AtEnd.UP else did


def _when_late(timer: TaskTimer, order: Order, at: datetime) -> str:
    """Tell the office, or the person whom the limit names."""
    if timer.acting.at_end == AtEnd.TO_PERSON:
        return tell_named(timer=timer, order=order, at=at)
    tell_office(kind="limit_end", timer=timer, order=order, at=at)
    return AtEnd.REMIND
