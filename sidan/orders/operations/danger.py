"""Danger to life that is heard after an order was placed: one door, whoever said it; and what is urgent."""

from collections.abc import Iterable
from datetime import datetime

from sidan.core.actor import Actor
from sidan.core.danger import NUMBERS, numbers_to_call
from sidan.orders.enums import ENDED, Urgency
from sidan.orders.models import Order
from sidan.orders.notices import tell_dispatchers
from sidan.orders.operations.clock import DANGER_CLOCKWORK
from sidan.orders.operations.door import lock_order, own_move, pass_door


def hear_danger(*, actor: Actor, at: datetime, order: Order, words: str) -> tuple[str, ...]:
    """Mark an order whose people speak of danger to life, and return the numbers to call; none where nobody does.

    The order keeps the numbers, for those who come or decide and may not read the words. Whoever calls this tells the
    office, in the same transaction.

    Raises:
        OrderMovedOn: another turn was taken since `order` was read.
    """
    numbers = numbers_to_call(words)
    if numbers:
        mark_danger(actor=actor, at=at, order=order, numbers=numbers)
    return numbers


def hear_and_tell(*, actor: Actor, at: datetime, order_id: int, words: str) -> tuple[str, ...]:
    """Hear danger in what was written down of an order elsewhere, and tell those who decide; the order is locked first.

    Runs in the caller's transaction, before the caller writes what hangs on the order.
    """
    if not numbers_to_call(words):
        return ()
    order = lock_order(order_id=order_id)
    tell_dispatchers(kind="order_danger", order=order, at=at)
    return hear_danger(actor=actor, at=at, order=order, words=words)


def hear_and_warn(*, actor: Actor, at: datetime, order: Order, words: str) -> bool:
    """Hear danger in the words of an act on an order in hand, and tell those who decide; say whether there was any.

    Runs in the caller's transaction: before the step of an act that ends the order, for afterwards it is over; after
    that of an act by which it goes on waiting, so that its time is that of a danger from then on.
    """
    if not hear_danger(actor=actor, at=at, order=order, words=words):
        return False
    tell_dispatchers(kind="order_danger", order=order, at=at)
    return True


def mark_danger(*, actor: Actor, at: datetime, order: Order, numbers: Iterable[str]) -> None:
    """Mark an order as danger to life, with a row of its history, and have its clocks follow from this moment on.

    Said again it only adds whom to call by it; nothing changes where the order is over: that is for those who decide to
    see. Once marked it stays so, however well it turned out. The caller has locked the order, or is undone where a turn
    was taken.

    Raises:
        OrderMovedOn: another turn was taken since `order` was read.
    """
    if order.state in ENDED:
        return
    if order.urgency != Urgency.DANGER:
        _mark(actor, at, order, Urgency.DANGER)
    _keep_numbers(order, numbers)


def mark_urgent(*, actor: Actor, at: datetime, order: Order) -> None:
    """Mark an ordinary order that is still open as urgent, as `mark_danger` does. Raises OrderMovedOn."""
    if order.urgency == Urgency.NORMAL:
        _mark(actor, at, order, Urgency.URGENT)


def _mark(actor: Actor, at: datetime, order: Order, urgency: Urgency) -> None:
    """Write how urgent it is now; the step has the name of the urgency."""
    step_id = pass_door(order=order, actor=actor, at=at, moves=[own_move(order, urgency.value)])
    order.urgency = urgency
    order.save(update_fields=["urgency"])
    DANGER_CLOCKWORK.tell(order, step_id=step_id, at=at)


def _keep_numbers(order: Order, numbers: Iterable[str]) -> None:
    # What others heard meanwhile stays: no turn is taken where the order is marked already.
    known = {*lock_order(order_id=order.pk).calls_heard.split(), *numbers}
    order.calls_heard = " ".join(number for number in NUMBERS if number in known)
    order.save(update_fields=["calls_heard"])
