"""A station's practitioner decides about what the station holds: all of it, to the end, and nothing else (ADR 0035)."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidan.core.actor import Actor, Grant
from sidan.core.errors import DomainError
from sidan.core.scope import scoped
from sidan.notify.models import Notice
from sidan.orders import operations, queries
from sidan.orders.models import Order, OrderStep
from sidan.orders.permissions import NotYourQueue, may_handle, sees_what_others_hold
from sidan.orders.queries import OURS, QueueFilter
from sidan.people.access import scope_for
from sidan.people.models import RoleGrant
from sidan.people.narrowing import narrowed_to
from sidan.places.models import Place
from tests.loop.county import County, grow
from tests.orders.browsing import browser, text_of
from tests.orders.scene import AT, Scene, later

DOWN: Any = operations.send_down_order


def sent_down(scene: Scene, to: Place | None = None, **changes: object) -> Order:
    return DOWN(
        actor=scene.actor("li"), at=AT, order=scene.placed(**changes), to=to or scene.station, reason="nearer"
    )


def at_the_station(scene: Scene, state: str) -> Order:
    """An order in a state, which the station held from the beginning."""
    order, keeper = sent_down(scene), scene.actor("keeper")
    if state == "submitted":
        return order
    operations.admit_order(actor=keeper, at=AT, order=order)
    if state == "admitted":
        return order
    operations.dispatch_order(actor=keeper, at=AT, order=order, team=scene.team)
    return order


def practitioner_at(places: list[Place]) -> Actor:
    grants = tuple(Grant("practitioner", each.pk, each.county_id, each.kind) for each in places)
    return Actor(account_id=None, person_id=None, grants=grants)


def tried(act: Any, *, order: Order, **told: Any) -> bool:
    """Tell whether an act succeeds, and undo it."""
    with transaction.atomic():
        try:
            act(at=AT, order=Order.unscoped.get(pk=order.pk), **told)
        except NotYourQueue:
            return False
        finally:
            transaction.set_rollback(True)
    return True


ALSO_PRIVATE = st.booleans()
TREE = st.lists(st.integers(0, 3), min_size=1, max_size=4)
NTH = st.integers(0, 11)


@given(
    towns=st.integers(0, 2), under=TREE, held=NTH, seats=st.lists(NTH, max_size=3), is_private=ALSO_PRIVATE
)
@settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_a_station_handles_what_it_holds_and_nothing_else(
    scene: Scene, towns: int, under: list[int], held: int, seats: list[int], is_private: bool
) -> None:
    """Whatever the tree, wherever an order is held and practitioners sit: deciding is sitting where it is held."""
    with transaction.atomic():
        county = grow(scene, towns=towns, under=under, home=0)
        places = [scene.center, *county.towns, *county.stations]
        holder = places[held % len(places)]
        sits_at = [places[nth % len(places)] for nth in seats]
        _man(scene, sits_at)
        order = _held_at(scene, county, holder, is_private=is_private)
        actor = practitioner_at(sits_at)
        decides = holder in sits_at
        assert may_handle(actor=actor, order=order) is decides
        for act, more in (
            (operations.admit_order, {}), (operations.refuse_order, {"reason": "no_people"}),
            (operations.pass_up_order, {"reason": "no_people"}),
        ):  # fmt: skip
            if act is operations.pass_up_order and holder == scene.center:
                continue
            assert tried(act, actor=actor, order=order, **more) is decides
        with scoped(scope_for(actor)):
            chosen = QueueFilter(held=OURS)
            ours = [line.number for line in queries.queue_page(chosen=chosen).items]
            assert ours == ([order.number] if decides else [])
            assert queries.queue_counts(chosen=chosen)["to_admit"] == len(ours)
            assert Order.objects.filter(pk=order.pk).exists() is (
                decides or _stands_below(county, sits_at, order)
            )
        transaction.set_rollback(True)


def _man(scene: Scene, places: list[Place]) -> None:
    """Let somebody sit there, so that a private order is kept where it would be."""
    RoleGrant.objects.filter(account=scene.accounts["keeper"]).delete()
    for place in {each.pk: each for each in places}.values():
        RoleGrant.objects.create(
            account_id=scene.accounts["keeper"], role="practitioner", place=place, granted_at=AT
        )


def _held_at(scene: Scene, county: County, holder: Place, *, is_private: bool) -> Order:
    order = scene.placed(is_private=is_private)
    if holder != scene.center:
        DOWN(actor=scene.actor("li"), at=AT, order=order, to=holder, reason="nearer")
    return order


def _stands_below(county: County, seats: list[Place], order: Order) -> bool:
    """An order that is not private is seen, not decided about, wherever one works above its origin or its holder."""
    above = {*county.chain(order.origin_place_id), *county.chain(order.holder_place_id)}
    return not order.is_private and any(seat.pk in above for seat in seats)


def test_a_console_narrowed_to_a_station_makes_nobody_its_practitioner(scene: Scene) -> None:
    RoleGrant.objects.filter(account=scene.accounts["keeper"]).update(place=scene.town)
    order = sent_down(scene)
    narrowed = narrowed_to(actor=scene.actor("keeper"), place_id=scene.station.pk)
    assert narrowed is not None
    for actor, shown in ((narrowed.actor, [order.number]), (scene.actor("keeper"), [])):
        assert not may_handle(actor=actor, order=order)
        with scoped(scope_for(actor)):
            lines = queries.queue_page(chosen=QueueFilter(held=OURS)).items
        # who decides nowhere looks on at what the place holds
        assert [line.number for line in lines] == shown


def test_what_came_down_is_handled_by_the_station_to_the_end(scene: Scene) -> None:
    order = at_the_station(scene, "dispatched")
    keeper = scene.actor("keeper")
    operations.withdraw_offer(actor=keeper, at=later(minutes=1), order=order)
    call = operations.open_call(
        actor=keeper, at=later(minutes=2), order=order, area=scene.center, way="best_fit", until=later(days=1)
    )
    operations.apply_for_call(
        actor=scene.actor("wang"), at=later(minutes=3), call=call, team=scene.team, words=""
    )
    order = Order.unscoped.get(pk=order.pk)
    operations.pick_team(actor=keeper, at=later(minutes=4), order=order, team=scene.team)
    share = queries.live_assignment(order=order)
    assert share is not None
    operations.give_up(actor=scene.actor("wang"), at=later(minutes=5), assignment=share, reason="no_people")
    operations.close_order(actor=keeper, at=later(minutes=6), order=Order.unscoped.get(pk=order.pk))
    operations.reopen_order(actor=keeper, at=later(minutes=7), order=Order.unscoped.get(pk=order.pk))
    steps = OrderStep.objects.filter(order=order, machine="order", actor=scene.accounts["keeper"])
    assert [step.verb for step in steps] == [
        "admit", "dispatch", "withdraw_offer", "call", "pick", "close", "reopen",
    ]  # fmt: skip
    assert {step.place_id for step in steps} == {scene.station.pk}


@pytest.mark.parametrize("name", ["zhou", "wang", "supervisor", "mallory"])
def test_nobody_else_decides_at_a_station(scene: Scene, name: str) -> None:
    order = sent_down(scene)
    for act, more in (
        (operations.admit_order, {}), (operations.refuse_order, {"reason": "no_people"}),
        (operations.ask_for_help, {"reason": "no_people"}), (operations.pass_up_order, {"reason": "no_people"}),
    ):  # fmt: skip
        with pytest.raises(NotYourQueue):
            act(actor=scene.actor(name), at=AT, order=order, **more)
    assert Order.unscoped.get(pk=order.pk).turn == order.turn


def test_what_the_station_handed_over_it_only_sees(scene: Scene) -> None:
    order, keeper = at_the_station(scene, "admitted"), scene.actor("keeper")
    operations.pass_up_order(actor=keeper, at=AT, order=order, reason="no_skill")
    with scoped(scope_for(keeper)):
        assert Order.objects.filter(pk=order.pk).exists()
    with pytest.raises(NotYourQueue):
        operations.dispatch_order(actor=keeper, at=AT, order=order, team=scene.team)
    operations.dispatch_order(actor=scene.actor("director"), at=AT, order=order, team=scene.team)


def told(name: str, scene: Scene, kind: str) -> bool:
    return Notice.objects.filter(account=scene.accounts[name], kind=kind).exists()


def test_the_station_is_told_what_comes_down_and_those_above_are_not(scene: Scene) -> None:
    sent_down(scene)
    assert told("keeper", scene, "order_received")
    assert not told("director", scene, "order_received")


def test_a_station_without_anybody_is_told_through_the_place_above(scene: Scene) -> None:
    RoleGrant.objects.filter(account=scene.accounts["keeper"]).update(ended_at=AT)
    sent_down(scene)
    assert told("director", scene, "order_received")
    assert not told("keeper", scene, "order_received")


def test_danger_at_a_station_is_told_to_those_above_as_well(scene: Scene) -> None:
    scene.project.place = scene.station
    scene.project.save(update_fields=["place"])
    scene.placed(need="我不想活了")
    assert told("keeper", scene, "order_danger")
    assert told("director", scene, "order_danger")
    assert not told("li", scene, "order_danger")


def test_what_a_station_offers_itself_comes_to_it_at_once(scene: Scene) -> None:
    scene.project.place = scene.station
    scene.project.save(update_fields=["place"])
    order = scene.placed()
    assert told("keeper", scene, "order_submitted")
    operations.admit_order(actor=scene.actor("keeper"), at=AT, order=order)


def rows(client: Client, **asked: str) -> str:
    return client.get("/console/queue/", asked).content.decode()


def test_the_queue_of_a_station_begins_with_what_it_holds(scene: Scene) -> None:
    held, other = sent_down(scene), scene.placed()
    keeper = browser(scene, "keeper")
    for asked in ({}, {"chip": "to_admit"}, {"held": "ours"}):
        page = rows(keeper, **asked)
        assert str(held.uuid) in page
        assert str(other.uuid) not in page
    page = rows(keeper, held="everywhere")
    assert str(held.uuid) in page
    assert str(other.uuid) in page
    assert str(other.uuid) in rows(keeper, q=other.number), "words are looked for in all"
    assert "To admit 1" in text_of(keeper.get("/console/queue/"))
    assert "To admit 2" in text_of(keeper.get("/console/queue/?held=everywhere"))


def test_who_sees_all_that_their_county_holds_is_not_asked_whose_orders_to_show(scene: Scene) -> None:
    held, other = sent_down(scene), scene.placed()
    for name in ("li", "supervisor"):
        page = rows(browser(scene, name), held="ours")
        assert str(held.uuid) in page
        assert str(other.uuid) in page
        assert 'name="held"' not in page


def test_the_queue_of_a_town_begins_with_what_the_town_and_those_below_hold(scene: Scene) -> None:
    held, in_town, other = sent_down(scene), sent_down(scene, scene.town), scene.placed()
    director = browser(scene, "director")
    for asked in ({}, {"chip": "to_admit"}, {"held": "ours"}):
        page = rows(director, **asked)
        assert str(held.uuid) in page
        assert str(in_town.uuid) in page
        assert str(other.uuid) not in page, "the county holds it, and decides"
    for asked in ({"held": "everywhere"}, {"q": other.number}):
        assert str(other.uuid) in rows(director, **asked)
    text = text_of(director.get("/console/queue/"))
    assert "Waiting for us 2" in text
    assert "To admit 2" in text
    assert "Waiting for us 3" in text_of(director.get("/console/queue/?held=everywhere"))


def test_all_that_waits_for_somebody_offers_them_an_act(scene: Scene) -> None:
    """What stands in the list one begins with, one may handle; what does not, one may not."""
    orders = [sent_down(scene), sent_down(scene, scene.town), scene.placed(), scene.admitted()]
    for name in ("li", "director", "keeper"):
        page, actor = rows(browser(scene, name)), scene.actor(name)
        for order in orders:
            order.refresh_from_db()
            assert (str(order.uuid) in page) is may_handle(actor=actor, order=order), name


def test_who_decides_nowhere_begins_with_what_their_place_holds(scene: Scene) -> None:
    RoleGrant.objects.filter(account=scene.accounts["keeper"]).update(role="grid_keeper")
    held, other = sent_down(scene), scene.placed()
    keeper = browser(scene, "keeper")
    page = rows(keeper)
    assert str(held.uuid) in page
    assert str(other.uuid) not in page
    assert str(other.uuid) in rows(keeper, held="everywhere")
    text = text_of(keeper.get("/console/queue/"))
    assert "Waiting for a decision 1" in text
    assert "Waiting for us" not in text, "nobody waits for who decides about nothing"


def test_what_is_late_is_counted_among_what_waits_for_one(scene: Scene) -> None:
    held, other = sent_down(scene), scene.placed()
    Order.unscoped.filter(pk__in=[held.pk, other.pk]).update(due_at=AT, half_at=AT)
    for name in ("keeper", "director"):
        assert "Overdue 1" in text_of(browser(scene, name).get("/console/queue/"))
    assert "Overdue 2" in text_of(browser(scene, "li").get("/console/queue/"))


def test_who_narrows_the_console_to_a_town_begins_with_what_it_holds(scene: Scene) -> None:
    held, other = sent_down(scene), scene.placed()
    narrowed = narrowed_to(actor=scene.actor("li"), place_id=scene.town.pk)
    assert narrowed is not None
    assert sees_what_others_hold(narrowed.actor)
    assert not sees_what_others_hold(scene.actor("li"))
    with scoped(scope_for(narrowed.actor)):
        found = [line.number for line in queries.queue_page(chosen=QueueFilter(held=OURS)).items]
    assert found == [held.number]
    assert not may_handle(actor=narrowed.actor, order=other)


@pytest.mark.parametrize("name", ["keeper", "director"])
def test_what_one_holds_costs_the_same_with_one_row_and_with_three(scene: Scene, name: str) -> None:
    client = browser(scene, name)
    sent_down(scene)
    client.get("/console/queue/")
    with CaptureQueriesContext(connection) as one:
        client.get("/console/queue/")
    sent_down(scene)
    sent_down(scene)
    with CaptureQueriesContext(connection) as three:
        client.get("/console/queue/")
    assert len(three) == len(one)


def test_the_first_page_counts_what_the_station_holds(scene: Scene) -> None:
    sent_down(scene)
    scene.placed()
    assert "Orders waiting for a decision 1" in text_of(browser(scene, "keeper").get("/console/"))
    assert "Orders waiting for a decision 1" in text_of(browser(scene, "director").get("/console/"))
    assert "Orders waiting for a decision 2" in text_of(browser(scene, "li").get("/console/"))


def test_the_api_shows_a_station_its_own_and_lets_it_decide(scene: Scene) -> None:
    held, other = sent_down(scene), scene.placed()
    keeper = browser(scene, "keeper")
    found = keeper.get("/api/v1/orders", {"held": "ours"}).json()["items"]
    assert [one["number"] for one in found] == [held.number]
    assert len(keeper.get("/api/v1/orders").json()["items"]) == 2
    assert keeper.post(f"/api/v1/orders/{held.number}/admit").json()["state"] == "admitted"
    assert keeper.post(f"/api/v1/orders/{other.number}/admit").status_code == 403


def test_a_station_puts_two_orders_together_only_where_it_holds_both(scene: Scene) -> None:
    one, other = sent_down(scene), scene.placed()
    with pytest.raises(DomainError):
        operations.merge_order(actor=scene.actor("keeper"), at=AT, order=one, into=other)
    operations.send_down_order(actor=scene.actor("li"), at=AT, order=other, to=scene.station, reason="nearer")
    operations.merge_order(actor=scene.actor("keeper"), at=AT, order=one, into=other)


def test_no_grant_no_queue(scene: Scene) -> None:
    """Without a grant the filter of a station finds nothing, not everything."""
    sent_down(scene)
    bare = replace(scene.actor("li"), grants=())
    with scoped(scope_for(bare)):
        assert queries.queue_page(chosen=QueueFilter(held=OURS)).items == []
        assert sum(queries.queue_counts(chosen=QueueFilter(held=OURS)).values()) == 0
