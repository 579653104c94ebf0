"""Danger to life that is heard after an order was placed: one door, whoever said it and wherever."""

from sidan.core.danger import numbers_to_call
from sidan.orders.enums import Urgency
from sidan.orders.models import Order


def hear_danger(*, order: Order, words: str) -> tuple[str, ...]:
    """Mark an order whose people speak of danger to life, and return the numbers to call; none where nobody does.

    Once heard it stays: that it turned out well is for those who decide to see. Whoever calls this tells the office,
    in the same transaction.
    """
    numbers = numbers_to_call(words)
    if numbers and order.urgency != Urgency.DANGER:
        order.urgency = Urgency.DANGER
        order.save(update_fields=["urgency"])
    return numbers
