"""A wish whose words speak of danger to life becomes an order that is marked as one, whatever the team is told."""

import pytest

from sidan.orders.models import OrderStep
from sidan.wishes import operations
from tests.cast import Cast
from tests.factories import AT
from tests.wishes.test_wishes import again, ordered, wished

pytestmark = pytest.mark.django_db


def test_the_order_is_a_danger_with_the_numbers_of_the_words_that_it_does_not_hold(cast: Cast) -> None:
    told = operations.NewWish(words="老人喝了农药，想有人来看看", for_whom="elder")
    wish = again(operations.make_wish(actor=cast.zhou.actor, at=AT, told=told))
    order = ordered(cast, wish)
    assert (order.urgency, order.calls_heard) == ("danger", "120")
    order.refresh_from_db()
    assert (order.urgency, order.calls_heard, order.text.need) == ("danger", "120", "")
    assert list(OrderStep.objects.filter(order=order).values_list("verb", flat=True)) == ["submit"]


def test_the_order_of_a_calm_wish_is_ordinary(cast: Cast) -> None:
    order = ordered(cast, wished(cast))
    assert (order.urgency, order.calls_heard) == ("normal", "")
