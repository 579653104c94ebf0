"""A place that moves under another one: clocks that run go on, and what goes up goes to where it stands now."""

from datetime import date

import pytest

from sidan.core.actor import SYSTEM
from sidan.limits.models import Timer
from sidan.limits.operations import Terms, set_limit
from sidan.limits.tasks import fire
from sidan.orders.models import Order
from sidan.places.models import Place
from sidan.places.operations import move_place, open_place, set_working_day
from tests.limits.helpers import HOUR
from tests.orders.scene import AT, SINCE, Scene


@pytest.fixture
def elsewhere(scene: Scene) -> Place:
    """Another institute of the county, which gives its stations an hour to admit and rests tomorrow."""
    name = "留车镇新时代文明实践所"
    place = open_place(actor=SYSTEM, at=AT, kind="institute", name=name, parent_id=scene.center.pk, on=SINCE)
    terms = Terms(amount=1, unit="hours", at_half="nobody", at_end="up")
    set_limit(actor=SYSTEM, at=AT, place=place, step="admit", terms=terms, reason="试行")
    for day in (date(2026, 11, 23), date(2026, 11, 24)):
        set_working_day(actor=SYSTEM, at=AT, place_id=place.pk, day=day, kind="rests", reason="赶集")
    return place


def held_by_the_station(scene: Scene) -> Order:
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(holder_place=scene.station)
    order.refresh_from_db()
    return order


def move(scene: Scene, to: Place) -> None:
    move_place(actor=SYSTEM, at=AT, place_id=scene.station.pk, parent_id=to.pk)


def test_a_clock_that_runs_keeps_both_its_moments_where_its_place_moves(
    scene: Scene, elsewhere: Place
) -> None:
    order = held_by_the_station(scene)
    before = Timer.objects.values("half_at", "due_at", "next_at", "limit_id").get()
    move(scene, elsewhere)
    assert Timer.objects.values("half_at", "due_at", "next_at", "limit_id").get() == before
    assert fire.run(at=AT + HOUR) == 0
    order.refresh_from_db()
    assert (order.half_at, order.due_at) == (before["half_at"], before["due_at"])


def test_what_is_over_after_a_move_goes_up_to_the_new_place_and_has_the_time_of_there(
    scene: Scene, elsewhere: Place
) -> None:
    order = held_by_the_station(scene)
    move(scene, elsewhere)
    assert order.due_at is not None
    assert fire.run(at=order.due_at) == 1
    passed_up = Order.unscoped.get()
    assert (passed_up.holder_place_id, passed_up.state) == (elsewhere.pk, "submitted")
    assert passed_up.due_at == order.due_at + HOUR
