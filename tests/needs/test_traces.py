"""What came of a need: nothing by an order that ended without a service, and a wrong link is taken back."""

from importlib import import_module
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from sidan.analytics.operations import catch_up, rebuild
from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures
from sidan.catalogue.models import Project
from sidan.core.scope import scoped
from sidan.needs import operations, queries
from sidan.needs.models import Need, NeedTrace, NeedTraceEnd, NeedTraceStanding
from sidan.orders.models import Order
from sidan.orders.operations import (
    accept_order,
    admit_order,
    cancel_order,
    close_order,
    close_unreviewed,
    dispatch_order,
    give_up,
    merge_order,
    refuse_order,
    reopen_order,
    say_cannot,
)
from sidan.people.access import scope_for
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, later
from tests.reviews.helpers import served

pytestmark = pytest.mark.django_db


def need_of(scene: Scene) -> Need:
    told = operations.NewNeed(place=scene.station, title="想有人修家电", source="visit")
    return operations.note_need(actor=scene.actor("keeper"), at=AT, told=told)


def linked(scene: Scene, need: Need, order: Order) -> None:
    operations.trace_to_order(actor=scene.actor("li"), at=AT, need=need, order=order)


def state_of(need: Need) -> str:
    return Need.unscoped.get(pk=need.pk).state


def told_of(scene: Scene, need: Need) -> int:
    with scoped(scope_for(scene.actor("li"))):
        (row,) = queries.needs(chosen=queries.NeedFilter())
        return int(row.trace_count)


def test_nothing_comes_of_an_order_that_was_refused_or_cancelled(scene: Scene) -> None:
    need = need_of(scene)
    refused = refuse_order(actor=scene.actor("li"), at=AT, order=scene.placed(), reason="other", words="没有")
    cancelled = cancel_order(actor=scene.actor("zhou"), at=AT, order=scene.placed())
    for order in (refused, cancelled):
        with pytest.raises(operations.NothingCameOfOrder):
            linked(scene, need, order)
    assert (state_of(need), told_of(scene, need)) == ("noted", 0)


def test_a_need_is_open_again_when_the_order_it_led_to_is_cancelled(scene: Scene) -> None:
    need, order = need_of(scene), admit_order(actor=scene.actor("li"), at=AT, order=scene.placed())
    linked(scene, need, order)
    assert (state_of(need), told_of(scene, need)) == ("traced", 1)
    cancel_order(actor=scene.actor("zhou"), at=AT, order=order)
    assert (state_of(need), told_of(scene, need)) == ("noted", 0)


def stands(scene: Scene, need: Need) -> list[bool]:
    told = browser(scene, "li").get(f"/api/v1/needs/{need.uuid}").json()["traces"]
    return [one["stands"] for one in told]


def closed_without_service(scene: Scene, order: Order, way: str) -> Order:
    """The office finds no team, or the team hands it back; then it is closed."""
    li = scene.actor("li")
    if way == "cannot":
        order = say_cannot(actor=li, at=AT, order=order, reason="no_skill")
    else:
        share = dispatch_order(actor=li, at=AT, order=order, team=scene.team)
        accept_order(actor=scene.actor("wang"), at=AT, assignment=share)
        order = give_up(actor=scene.actor("wang"), at=AT, assignment=share, reason="no_skill")
    assert order.state == "failed"
    return close_order(actor=li, at=later(minutes=1), order=order)


@pytest.mark.parametrize("way", ["cannot", "handed_back"])
def test_a_need_is_open_again_when_the_order_is_closed_without_a_service(scene: Scene, way: str) -> None:
    need, order = need_of(scene), scene.admitted()
    linked(scene, need, order)
    assert stands(scene, need) == [True]
    order = closed_without_service(scene, order, way)
    assert (state_of(need), told_of(scene, need), stands(scene, need)) == ("noted", 0, [False])
    page = text_of(browser(scene, "li").get(reverse("needs:need", args=[need.uuid])))
    assert "Nothing came of it." in page
    with pytest.raises(operations.NothingCameOfOrder):
        linked(scene, need_of(scene), order)
    reopen_order(actor=scene.actor("li"), at=later(minutes=2), order=order)
    assert state_of(need) == "traced"


def test_it_is_still_traced_while_another_team_may_be_found(scene: Scene) -> None:
    need, order = need_of(scene), scene.admitted()
    linked(scene, need, order)
    say_cannot(actor=scene.actor("li"), at=AT, order=order, reason="no_skill")
    assert (state_of(need), told_of(scene, need)) == ("traced", 1)


def test_what_was_done_once_stays_come_of_the_need_though_it_is_cancelled_after_reopening(
    scene: Scene,
) -> None:
    need, order = need_of(scene), served(scene)
    linked(scene, need, order)
    order = close_unreviewed(at=later(days=3), order=order)
    assert (state_of(need), told_of(scene, need)) == ("traced", 1)
    order = reopen_order(actor=scene.actor("li"), at=later(days=4), order=order)
    order = cancel_order(actor=scene.actor("zhou"), at=later(days=4), order=order)
    assert (order.state, state_of(need), told_of(scene, need)) == ("cancelled", "traced", 1)
    another = need_of(scene)
    linked(scene, another, order)
    assert state_of(another) == "traced"


def test_an_answer_counts_beside_an_order_of_which_nothing_came(scene: Scene) -> None:
    need, order = need_of(scene), scene.admitted()
    linked(scene, need, order)
    operations.answer_need(actor=scene.actor("li"), at=AT, need=need, answer="请到站里登记")
    closed_without_service(scene, order, "cannot")
    assert (state_of(need), told_of(scene, need)) == ("traced", 1)


def test_a_wrong_link_is_taken_back_and_may_be_made_again(scene: Scene) -> None:
    need, order = need_of(scene), scene.admitted()
    linked(scene, need, order)
    trace = need.traces.get()
    client, url = browser(scene, "li"), reverse("needs:untrace", args=[need.uuid])
    told = {"trace": str(trace.uuid), "once": once()}
    assert browser(scene, "supervisor").post(url, told).status_code == 403
    assert "take the link back" in text_of(client.get(reverse("needs:need", args=[need.uuid])))
    assert client.post(url, told).status_code == 303
    assert (state_of(need), told_of(scene, need)) == ("noted", 0)
    assert order.number not in text_of(client.get(reverse("needs:need", args=[need.uuid])))
    with pytest.raises(operations.TakenBackAlready):
        operations.take_trace_back(actor=scene.actor("li"), at=AT, need=need, trace_uuid=trace.uuid)
    linked(scene, need, order)
    assert (state_of(need), told_of(scene, need)) == ("traced", 1)
    with pytest.raises(operations.TracedAlready):
        linked(scene, need, order)
    with pytest.raises(DatabaseError), transaction.atomic():
        NeedTraceEnd.objects.all().delete()


def put_together(scene: Scene, order: Order, into: Order) -> None:
    merge_order(
        actor=scene.actor("li"), at=AT, order=Order.unscoped.get(pk=order.pk),
        into=Order.unscoped.get(pk=into.pk),
    )  # fmt: skip


def test_a_need_follows_its_order_through_every_merge(scene: Scene) -> None:
    need, (first, second, third) = need_of(scene), [scene.admitted() for _nth in range(3)]
    linked(scene, need, first)
    put_together(scene, first, second)
    put_together(scene, second, third)
    assert (state_of(need), told_of(scene, need)) == ("traced", 1)
    another = need_of(scene)
    linked(scene, another, second)
    assert state_of(another) == "traced", "one links to what was merged, too"
    third = closed_without_service(scene, Order.unscoped.get(pk=third.pk), "cannot")
    assert [state_of(one) for one in (need, another)] == ["noted", "noted"]
    with pytest.raises(operations.NothingCameOfOrder):
        linked(scene, need_of(scene), first)
    reopen_order(actor=scene.actor("li"), at=later(minutes=2), order=third)
    assert [state_of(one) for one in (need, another)] == ["traced", "traced"]


def test_needs_whose_order_was_merged_before_are_traced(scene: Scene) -> None:
    """One stays open: nothing came of what its order was merged into."""
    needs, orders = [need_of(scene) for _nth in range(2)], [scene.admitted() for _nth in range(4)]
    linked(scene, needs[0], orders[0])
    linked(scene, needs[1], orders[2])
    put_together(scene, orders[0], orders[1])
    put_together(scene, orders[2], orders[3])
    cancel_order(actor=scene.actor("zhou"), at=AT, order=Order.unscoped.get(pk=orders[3].pk))
    Need.unscoped.update(state="noted")
    module = import_module("sidan.needs.migrations.0020_needs_whose_order_was_merged_are_traced")
    with connection.cursor() as cursor:
        cursor.execute(module.FOLLOW)
    assert [state_of(need) for need in needs] == ["traced", "noted"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"number": "12345678"}, "there is none of this number"),
        ({"number": "12345678", "answer": "下月起有人来修"}, "there is none of this number"),
        ({"answer": "下" * 301}, "at most 300 characters"),
        ({"number": "of", "answer": "下月起有人来修"}, "Please fill in one of the three."),
        ({"number": "of"}, "ended without a service"),
    ],
    ids=["no such number", "of two one is wrong", "too long", "two", "an order that cannot be linked"],
)
def test_what_cannot_be_linked_stays_in_the_form_and_says_why(
    scene: Scene, typed: dict[str, str], told: str
) -> None:
    need, client = need_of(scene), browser(scene, "li")
    order = cancel_order(actor=scene.actor("zhou"), at=AT, order=scene.placed())
    typed = {name: order.number if value == "of" else value for name, value in typed.items()}
    answer = client.post(reverse("needs:trace", args=[need.uuid]), typed | {"once": once()})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert "<details open>" in page
    assert all(value in page for value in typed.values())
    assert state_of(need) == "noted"
    again = client.post(
        reverse("needs:trace", args=[need.uuid]), {"answer": "下月起有人来修", "once": once()}
    )
    assert (again.status_code, state_of(need)) == (303, "traced")


def figure_of_traces(scene: Scene) -> int:
    catch_up()
    total = place_figures(root=scene.station, figures=["needs.traced"], period=Period()).total
    return sum(total.counts.values())


@pytest.mark.parametrize("way", ["cannot", "handed_back"])
def test_the_figure_counts_only_what_came_of_needs(scene: Scene, way: str) -> None:
    need, order = need_of(scene), scene.admitted()
    linked(scene, need, order)
    assert figure_of_traces(scene) == 1
    order = closed_without_service(scene, order, way)
    assert figure_of_traces(scene) == 0
    order = reopen_order(actor=scene.actor("li"), at=later(minutes=2), order=order)
    assert figure_of_traces(scene) == 1
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=3), order=order)
    li = scene.actor("li")
    operations.take_trace_back(actor=li, at=later(minutes=4), need=need, trace_uuid=need.traces.get().uuid)
    assert figure_of_traces(scene) == 0, "what counted no longer is not taken off a second time"
    rebuild()
    assert figure_of_traces(scene) == 0


def test_the_figure_goes_on_counting_what_was_done_or_goes_on_as_another(scene: Scene) -> None:
    need, order = need_of(scene), served(scene)
    linked(scene, need, order)
    close_unreviewed(at=later(days=3), order=order)
    another, first, second = need_of(scene), scene.admitted(), scene.admitted()
    linked(scene, another, first)
    put_together(scene, first, second)
    assert figure_of_traces(scene) == 2
    cancel_order(actor=scene.actor("zhou"), at=AT, order=Order.unscoped.get(pk=second.pk))
    assert figure_of_traces(scene) == 1


def test_links_that_came_to_nothing_before_are_taken_off_the_figure(scene: Scene) -> None:
    for end in (True, False):
        order = scene.admitted()
        linked(scene, need_of(scene), order)
        if end:
            with patch("sidan.needs.operations.tracing.settle"):
                cancel_order(actor=scene.actor("zhou"), at=later(days=1), order=order)
    assert figure_of_traces(scene) == 2
    module = import_module("sidan.needs.migrations.0022_links_that_came_to_nothing_before_count_no_longer")
    with connection.cursor() as cursor:
        cursor.execute(module.TAKE_OFF)
    assert figure_of_traces(scene) == 1
    assert [(one.stands, one.at) for one in NeedTraceStanding.objects.all()] == [(False, later(days=1))]


@pytest.mark.parametrize("asked_by", ["page", "api"])
def test_staff_of_a_station_link_a_service_of_the_center_that_serves_them(
    scene: Scene, asked_by: str
) -> None:
    need, keeper, service = need_of(scene), browser(scene, "keeper"), str(scene.project.uuid)
    if asked_by == "page":
        assert scene.project.title in text_of(keeper.get(reverse("needs:need", args=[need.uuid])))
        answer = keeper.post(reverse("needs:trace", args=[need.uuid]), {"project": service, "once": once()})
        assert answer.status_code == 303
    else:
        answer = keeper.post(f"/api/v1/needs/{need.uuid}/traces", {"project": service}, "application/json")
        assert answer.status_code == 201
    assert state_of(need) == "traced"


def test_a_service_that_left_the_menu_meanwhile_is_refused_in_the_form(scene: Scene) -> None:
    need, keeper, service = need_of(scene), browser(scene, "keeper"), str(scene.project.uuid)
    Project.unscoped.filter(pk=scene.project.pk).update(state="retired")
    answer = keeper.post(reverse("needs:trace", args=[need.uuid]), {"project": service, "once": once()})
    assert answer.status_code == 422
    assert "does not stand in the list any more" in text_of(answer)
    sent = keeper.post(f"/api/v1/needs/{need.uuid}/traces", {"project": service}, "application/json")
    assert sent.status_code == 404


def test_the_same_answer_from_two_pages_is_kept_and_counted_once(scene: Scene) -> None:
    need = need_of(scene)
    url = reverse("needs:trace", args=[need.uuid])
    told = [
        browser(scene, name).post(url, {"answer": "请到站里登记", "once": once()})
        for name in ("keeper", "li")
    ]
    assert [answer.status_code for answer in told] == [303, 422]
    assert "This answer stands there already." in text_of(told[1])
    other = browser(scene, "li").post(url, {"answer": "下月起有人来修", "once": once()})
    assert other.status_code == 303
    assert [str(one.answer) for one in NeedTrace.objects.order_by("pk")] == ["请到站里登记", "下月起有人来修"]
