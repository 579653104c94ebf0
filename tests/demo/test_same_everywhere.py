"""The same seed and day give the same county."""

from datetime import date

import pytest
from django.db import transaction

from sidan.core.scope import everything
from sidan.orders.models import Order, OrderStep
from sidan.people.models import Person, Team
from sidan.web.demo import Size, load_county

TINY = Size("small", teams=30, volunteers=260, projects=55, orders=40, residents=20, practitioners=5)


def _drawn(today: date) -> list[list[tuple[object, ...]]]:
    with transaction.atomic(), everything("a look at the demo"):
        load_county(size=TINY, today=today)
        told = [
            list(Person.unscoped.order_by("pk").values_list("uuid", "name")),
            list(Team.objects.order_by("pk").values_list("uuid", "name")),
            list(Order.unscoped.order_by("pk").values_list("number", "state", "created_at")),
            list(OrderStep.objects.order_by("pk").values_list("uuid", "verb", "at")),
        ]
        transaction.set_rollback(True)
    return told


@pytest.mark.django_db
def test_two_machines_get_the_same_county() -> None:
    assert _drawn(date(2026, 11, 21)) == _drawn(date(2026, 11, 21))


@pytest.mark.django_db
def test_another_day_moves_the_orders_along() -> None:
    one, other = _drawn(date(2026, 11, 21)), _drawn(date(2026, 12, 1))
    assert [row[1] for row in one[0]] == [row[1] for row in other[0]]
    assert one[2] != other[2]
