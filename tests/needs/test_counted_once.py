"""One order counts once as come of a need, by however many links: of needs that are merged, or of orders that are."""

from collections.abc import Callable
from importlib import import_module
from unittest.mock import patch

import pytest
from django.db import connection
from django.urls import reverse

from sidan.analytics.operations import rebuild
from sidan.catalogue.models import Project
from sidan.core.ids import format_number
from sidan.core.scope import Scope, scoped
from sidan.needs import operations, queries
from sidan.needs.models import Need
from sidan.orders.models import Order
from sidan.orders.operations import cancel_order
from tests.needs.test_traces import figure_of_traces, linked, need_of, put_together, state_of, told_of
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later

pytestmark = pytest.mark.django_db


def merged(scene: Scene, need: Need, into: Need) -> None:
    operations.merge_need(actor=scene.actor("li"), at=later(minutes=5), need=need, into=into)


def counted(scene: Scene, need: Need) -> tuple[int, int]:
    """What the list says of the need, and the figure of all needs."""
    return told_of(scene, need), figure_of_traces(scene)


def taken_back(scene: Scene, need: Need) -> None:
    li, uuid = scene.actor("li"), need.traces.get().uuid
    operations.take_trace_back(actor=li, at=later(minutes=9), need=need, trace_uuid=uuid)


def to_order(scene: Scene) -> Callable[[Need], object]:
    order = scene.admitted()
    return lambda need: linked(scene, need, order)


def to_service(scene: Scene) -> Callable[[Need], object]:
    project = Project.unscoped.filter(state="published")[0]
    return lambda need: operations.trace_to_project(
        actor=scene.actor("li"), at=AT, need=need, project=project
    )


@pytest.mark.parametrize("link_to", [to_order, to_service])
def test_what_two_merged_needs_led_to_counts_once_until_they_are_parted(
    scene: Scene, link_to: Callable[[Scene], Callable[[Need], object]]
) -> None:
    one, other, link = need_of(scene), need_of(scene), link_to(scene)
    link(one)
    link(other)
    assert figure_of_traces(scene) == 2
    merged(scene, one, other)
    assert counted(scene, other) == (1, 1)
    rebuild()
    assert counted(scene, other) == (1, 1)
    operations.part_need(actor=scene.actor("li"), at=later(minutes=6), need=one)
    assert (figure_of_traces(scene), state_of(one), state_of(other)) == (2, "traced", "traced")


def page_of(scene: Scene, need: Need) -> str:
    return text_of(browser(scene, "li").get(reverse("needs:need", args=[need.uuid])))


@pytest.mark.parametrize("nth", [0, 1])
def test_what_two_merged_needs_led_to_stands_once_and_is_taken_back_at_one_press(
    scene: Scene, nth: int
) -> None:
    needs, order = (need_of(scene), need_of(scene)), scene.admitted()
    for need in needs:
        linked(scene, need, order)
    merged(scene, *needs)
    rows = browser(scene, "li").get(f"/api/v1/needs/{needs[1].uuid}").json()["traces"]
    assert [row["number"] for row in rows] == [order.number]
    for need in needs:
        assert page_of(scene, need).count(format_number(order.number)) == 1
    taken_back(scene, needs[nth])
    assert (*counted(scene, needs[1]), state_of(needs[1])) == (0, 0, "noted")
    rebuild()
    assert counted(scene, needs[1]) == (0, 0)
    assert format_number(order.number) not in page_of(scene, needs[1])
    with pytest.raises(operations.TakenBackAlready):
        taken_back(scene, needs[1 - nth])
    operations.part_need(actor=scene.actor("li"), at=later(minutes=10), need=needs[0])
    assert [state_of(need) for need in needs] == ["noted", "noted"]


def test_links_to_others_stay_when_one_is_taken_back(scene: Scene) -> None:
    need, order, other = need_of(scene), scene.admitted(), scene.admitted()
    li = scene.actor("li")
    linked(scene, need, order)
    linked(scene, need, other)
    for words in ("已安排", "下月再来"):
        operations.answer_need(actor=li, at=AT, need=need, answer=words)
    for link in need.traces.exclude(order=order).exclude(answer="下月再来"):
        operations.take_trace_back(actor=li, at=later(minutes=9), need=need, trace_uuid=link.uuid)
    page = page_of(scene, need)
    shown = [words in page for words in (format_number(order.number), "下月再来", "已安排")]
    assert (shown, format_number(other.number) in page) == ([True, True, False], False)
    assert counted(scene, need) == (2, 2)


def test_an_order_that_was_merged_stands_once_as_the_one_that_goes_on(scene: Scene) -> None:
    need, (first, second) = need_of(scene), [scene.admitted() for _nth in range(2)]
    linked(scene, need, first)
    linked(scene, need, second)
    put_together(scene, first, second)
    page = page_of(scene, need)
    assert [page.count(format_number(order.number)) for order in (first, second)] == [0, 1]
    (row,) = browser(scene, "li").get(f"/api/v1/needs/{need.uuid}").json()["traces"]
    assert (row["number"], row["stands"]) == (second.number, True)
    with scoped(Scope()):
        (told,) = queries.traces_of(need=need)
    assert told.order is None, "who sees neither order reads that there was one"


def test_a_need_is_not_linked_to_an_order_as_which_its_own_goes_on(scene: Scene) -> None:
    need, (first, second, third) = need_of(scene), [scene.admitted() for _nth in range(3)]
    linked(scene, need, first)
    put_together(scene, first, second)
    put_together(scene, second, third)
    for order in (second, third):
        with pytest.raises(operations.TracedAlready):
            linked(scene, need, order)
    taken_back(scene, need)
    linked(scene, need, third)
    with pytest.raises(operations.TracedAlready):
        linked(scene, need, first)
    assert counted(scene, need) == (1, 1)


def test_two_orders_of_one_need_that_become_one_count_once(scene: Scene) -> None:
    need, (first, second, third) = need_of(scene), [scene.admitted() for _nth in range(3)]
    for order in (first, second, third):
        linked(scene, need, order)
    assert counted(scene, need) == (3, 3)
    put_together(scene, first, second)
    assert counted(scene, need) == (2, 2)
    put_together(scene, second, third)
    assert counted(scene, need) == (1, 1)
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=2), order=Order.unscoped.get(pk=third.pk))
    assert (*counted(scene, need), state_of(need)) == (0, 0, "noted")


def test_what_was_counted_twice_before_counts_once(scene: Scene) -> None:
    one, other, (first, second) = need_of(scene), need_of(scene), [scene.admitted() for _nth in range(2)]
    linked(scene, one, first)
    linked(scene, other, second)
    linked(scene, need_of(scene), second)
    with patch("sidan.needs.operations.joining.settle"), patch("sidan.needs.operations.tracing.settle"):
        put_together(scene, first, second)
        merged(scene, one, other)
    assert figure_of_traces(scene) == 3
    module = import_module("sidan.needs.migrations.0024_what_was_linked_twice_counts_once")
    for _twice in range(2):
        with connection.cursor() as cursor:
            cursor.execute(module.COUNT_ONCE)
        assert figure_of_traces(scene) == 2
