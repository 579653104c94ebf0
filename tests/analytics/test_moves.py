"""What was counted goes along with a place that moves from today on, or from a day in the past."""

from datetime import date, timedelta

import pytest

from sidan.analytics.models import Rollup
from sidan.analytics.operations import rebuild
from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.analytics.soundness import BELOW_NOTHING
from sidan.core.actor import SYSTEM
from sidan.core.figures import Kind, sources
from sidan.core.soundness import look_at_all
from sidan.orders.models import Order
from sidan.orders.operations import admit_order
from sidan.places.models import Place
from sidan.places.operations import move_place, open_place
from tests.figures import ALL, all_counters, not_nothing
from tests.orders.scene import AT, Scene, later

TODAY = AT.date()


def _other_town(scene: Scene) -> Place:
    since = TODAY - timedelta(days=200)
    return open_place(
        actor=SYSTEM, at=AT, kind="institute", name="月桥镇", parent_id=scene.center.pk, on=since
    )


def _moved(scene: Scene, to: Place, on: date, *, days: int = 0) -> None:
    move_place(actor=SYSTEM, at=later(days=days), place_id=scene.station.pk, parent_id=to.pk, on=on)


def _shown(place: Place) -> dict[tuple[str, str], int]:
    return not_nothing(place_figures(root=place, figures=ALL, period=Period()).total.counts)


def _broken() -> list[str]:
    return [kept.rule.code for kept in look_at_all() if kept.broken]


@pytest.mark.parametrize(("days_until_move", "days_back"), [(0, 0), (3, 3), (3, 5), (3, 2)])
@pytest.mark.django_db
def test_an_order_that_was_counted_goes_on_where_its_place_stands_since_it_was_placed(
    scene: Scene, days_until_move: int, days_back: int
) -> None:
    other, order = _other_town(scene), scene.placed()
    all_counters()
    assert _shown(scene.town)["orders.state", "submitted"] == 1
    on = TODAY + timedelta(days=days_until_move - days_back)
    _moved(scene, other, on, days=days_until_move)
    has, has_not = (other, scene.town) if on <= TODAY else (scene.town, other)
    assert _shown(has)["orders.state", "submitted"] == 1
    assert _shown(has_not) == {}
    admit_order(actor=scene.actor("li"), at=later(days=4), order=Order.unscoped.get(pk=order.pk))
    kept = all_counters()
    assert (_shown(has)["orders.state", "admitted"], _shown(has_not)) == (1, {})
    assert _broken() == []
    rebuild()
    assert all_counters() == kept


@pytest.mark.django_db
def test_a_second_move_of_the_same_day_carries_it_on_and_the_way_back_leaves_nothing(scene: Scene) -> None:
    other = _other_town(scene)
    scene.offered()
    before = all_counters()
    _moved(scene, other, TODAY)
    listed = place_figures(root=scene.town, figures=ALL, period=Period()).children
    assert scene.station.pk not in [place.pk for place, _counts in listed]
    _moved(scene, scene.center, TODAY)
    assert (_shown(other), _shown(scene.town)) == ({}, {})
    _moved(scene, scene.town, TODAY)
    assert all_counters() == before


@pytest.mark.django_db
def test_a_place_with_fewer_orders_than_none_is_found_by_the_doctor(scene: Scene) -> None:
    scene.placed()
    all_counters()
    assert "analytics.below_nothing" not in _broken()
    stock = Rollup.objects.filter(figure="orders.state", grain="all", below=0)
    stock.update(count=-1)
    assert "analytics.below_nothing" in _broken()


@pytest.mark.django_db
def test_every_stock_of_any_app_is_looked_at(scene: Scene) -> None:
    stocks = {one.code for source in sources() for one in source.figures if one.kind is Kind.STOCK}
    [rule] = [kept.rule for kept in look_at_all() if kept.rule.code == "analytics.below_nothing"]
    assert stocks
    assert {code for code in stocks if f"'{code}'" in rule.broken} == stocks
    assert rule.broken.startswith(BELOW_NOTHING.partition("{")[0])
