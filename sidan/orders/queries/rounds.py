"""Whose work a closing is about: an order that was opened again is done anew, perhaps by others."""

from django.db.models import Exists, OuterRef, QuerySet

from sidan.orders.enums import Machine
from sidan.orders.models import OrderStep


def reopenings() -> QuerySet[OrderStep]:
    """The steps by which an order was opened again after a row with `order` and `turn`; for its subquery."""
    return OrderStep.objects.filter(
        order=OuterRef("order"), machine=Machine.ORDER, verb="reopen", turn__gt=OuterRef("turn")
    )


def finishings() -> QuerySet[OrderStep]:
    """The steps by which teams finished what a closing is about; for the subquery of a row with `order` and `turn`.

    Such a row is a review, or the step that closed an order without one. Who did the round before has no part in it.
    """
    again = reopenings().filter(turn__lt=OuterRef(OuterRef("turn")))
    return OrderStep.objects.filter(
        ~Exists(again), order=OuterRef("order"), machine=Machine.ASSIGNMENT, verb="finish",
        turn__lt=OuterRef("turn"),
    )  # fmt: skip


def shares_moved(*, order_id: int, turn: int) -> QuerySet[OrderStep, int | None]:
    """The assignments that took a step in the round that a turn of an order ended; for `pk__in`."""
    before = OrderStep.objects.filter(order=order_id, turn__lt=turn)
    opened = before.filter(machine=Machine.ORDER, verb="reopen").order_by("-turn")
    since = opened.values_list("turn", flat=True).first() or 0
    return before.filter(machine=Machine.ASSIGNMENT, turn__gt=since).values_list("assignment_id", flat=True)
