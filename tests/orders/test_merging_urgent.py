"""Two orders become one: what goes on is as urgent as the more urgent of the two, and so is its time."""

import pytest

from sidan.orders.models import OrderStep
from sidan.orders.operations import merge_order
from tests.orders.scene import Scene, later
from tests.orders.splits import fresh

THEN = later(minutes=5)


@pytest.mark.parametrize(
    ("one", "other", "then"),
    [("urgent", "normal", "urgent"), ("urgent", "danger", "danger"), ("normal", "urgent", "urgent")],
)
def test_what_goes_on_is_as_urgent_as_the_more_urgent_of_the_two(
    scene: Scene, one: str, other: str, then: str
) -> None:
    into, order = scene.placed(urgency=other), scene.placed(urgency=one)
    merge_order(actor=scene.actor("li"), at=THEN, order=order, into=into)
    assert (fresh(into).urgency, into.urgency) == (then, then)
    steps = OrderStep.objects.filter(order=into, verb="urgent")
    assert steps.count() == int((one, other) == ("urgent", "normal"))


def test_it_has_the_time_of_an_urgent_order_from_then_on(scene: Scene) -> None:
    into, urgent = scene.offered().order, scene.placed(urgency="urgent")
    merge_order(actor=scene.actor("li"), at=THEN, order=urgent, into=fresh(into))
    assert fresh(into).due_at == later(hours=2, minutes=5)
