"""The clocks of the demo's orders: what waits is late, half over or fine from the first page on."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

import pytest
from django.db import transaction
from django.db.models import F
from pytest_django.plugin import DjangoDbBlocker

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.pressure import time_left
from sidan.core.scope import everything
from sidan.limits.models import Firing, Timer
from sidan.orders.enums import OrderState
from sidan.orders.models import Order
from sidan.web.demo import Size, load_county

TODAY: Final = date(2026, 11, 23)
"""A Monday: the days before it are none on which the office works."""
EVENING: Final = datetime.combine(TODAY - timedelta(days=1), time(20), BUSINESS_ZONE)
TINY: Final = Size("small", teams=50, volunteers=420, projects=55, orders=400, residents=20, practitioners=5)


@pytest.fixture(scope="module", autouse=True)
def _county(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic(), everything("a look at the demo"):
        load_county(size=TINY, today=TODAY)
        yield
        transaction.set_rollback(True)


def pressures(now: datetime) -> set[str]:
    rows = Order.objects.filter(due_at__isnull=False)
    return {time_left(due_at=each.due_at, half_at=each.half_at, now=now).pressure for each in rows}


def test_some_are_late_and_some_are_fine_even_after_a_week_end() -> None:
    assert pressures(EVENING) >= {"overdue", "fine"}
    assert "soon" in pressures(EVENING + timedelta(hours=18))


def test_what_the_clocks_did_stands_there_at_its_moment() -> None:
    assert not Timer.objects.filter(next_at__lte=EVENING).exists()
    did = set(Firing.objects.values_list("kind", "did"))
    assert {kind for kind, _did in did} == {"half", "end", "late"}
    assert Firing.objects.filter(kind="late", at__gt=F("timer__due_at")).exists()
    for firing in Firing.objects.exclude(kind="late").select_related("timer"):
        assert firing.at == (firing.timer.half_at if firing.kind == "half" else firing.timer.due_at)


def test_offers_and_reviews_wait_for_who_signs_in_first() -> None:
    for state in (OrderState.DISPATCHED, OrderState.DONE):
        assert Order.objects.filter(state=state, due_at=None).exists()
