"""Up and down the tree: who may hand an order over, who holds it then, who still sees it, and what is kept of it."""

import pytest
from django.db import DatabaseError, transaction

from sidan.core.actor import SYSTEM
from sidan.core.scope import everything, scoped
from sidan.notify.models import Notice
from sidan.orders.models import Order, OrderHandover, OrderStep
from sidan.orders.operations import (
    OrderMovedOn,
    admit_order,
    ask_for_help,
    dispatch_order,
    pass_up_order,
    send_down_order,
)
from sidan.orders.operations.handing import NobodyAbove, NotBelowHolder
from sidan.orders.operations.handling import ReasonMissing
from sidan.orders.permissions import NotYourQueue, may_handle
from sidan.orders.queries import timeline
from sidan.people.access import scope_for
from sidan.people.models import Account, RoleGrant
from sidan.people.operations import issue_token
from sidan.places.models import Place
from sidan.places.operations import open_place
from tests.orders.browsing import browser
from tests.orders.scene import AT, Scene, later


def held_by(scene: Scene, place: Place, *, state: str = "submitted") -> Order:
    """An order that a place below the center holds: sent down to it, as the center does."""
    order = scene.placed() if state == "submitted" else scene.admitted()
    return send_down_order(actor=scene.actor("li"), at=AT, order=order, to=place, reason="nearer")


def test_a_programme_reads_who_holds_it_and_which_way_it_went(scene: Scene) -> None:
    order = held_by(scene, scene.town)
    pass_up_order(actor=scene.actor("director"), at=later(hours=1), order=order, reason="beyond_us")
    token = issue_token(actor=scene.actor("li"), at=AT)[0]
    said = {"authorization": f"Bearer {token}"}
    told = browser(scene, "li").get(f"/api/v1/orders/{order.number}", headers=said).json()
    assert told["holder"]["id"] == str(scene.center.uuid)
    center, town = scene.center.shown_short, scene.town.shown_short
    ways = [(each["verb"], each["from_place"], each["to_place"]) for each in told["steps"]]
    assert ways == [("submit", "", ""), ("send_down", center, town), ("pass_up", town, center)]


def sees(scene: Scene, name: str, order: Order) -> bool:
    with scoped(scope_for(scene.actor(name))):
        return Order.objects.filter(pk=order.pk).exists()


@pytest.mark.django_db
def test_a_station_passes_up_and_the_institute_decides(scene: Scene) -> None:
    order = held_by(scene, scene.station)
    assert may_handle(actor=scene.actor("director"), order=order)
    pass_up_order(
        actor=scene.actor("keeper"), at=later(hours=1), order=order, reason="no_people", words="我们都七十了"
    )
    fresh = Order.unscoped.get(pk=order.pk)
    assert (fresh.holder_place_id, fresh.state, fresh.origin_place_id) == (
        scene.town.pk,
        "submitted",
        scene.station.pk,
    )
    assert fresh.state_since == AT, "the resident waits no less because the order changed hands"
    row = OrderHandover.objects.get(order=order, kind="pass_up")
    assert (row.from_place, row.to_place, row.reason_code) == (scene.station, scene.town, "no_people")
    assert row.step.note.words == "我们都七十了"
    assert row.step.place_id == scene.station.pk
    assert sees(scene, "keeper", fresh)
    admit_order(actor=scene.actor("director"), at=later(hours=2), order=fresh)


@pytest.mark.django_db
def test_who_handed_over_sees_the_order_although_it_arose_elsewhere(scene: Scene) -> None:
    with everything("another village"):
        other = Place.objects.get(pk=scene.town.pk)
        village = _village(other)
        account = Account.objects.get(pk=scene.accounts["sun"])
        RoleGrant.objects.create(account=account, role="practitioner", place=village, granted_at=AT)
    order = held_by(scene, village)
    assert sees(scene, "sun", order)
    pass_up_order(actor=scene.actor("sun"), at=AT, order=order, reason="out_of_area")
    assert sees(scene, "sun", order)
    with pytest.raises(NotYourQueue):
        pass_up_order(actor=scene.actor("sun"), at=AT, order=order, reason="out_of_area")


def _village(town: Place) -> Place:
    return open_place(
        actor=SYSTEM, at=AT, kind="station", name="城南村新时代文明实践站", parent_id=town.pk, on=AT.date()
    )


@pytest.mark.django_db
def test_asking_for_help_keeps_the_order_and_tells_those_above(scene: Scene) -> None:
    order = held_by(scene, scene.station)
    ask_for_help(actor=scene.actor("keeper"), at=AT, order=order, reason="no_skill")
    assert Order.unscoped.get(pk=order.pk).holder_place_id == scene.station.pk
    assert OrderHandover.objects.get(order=order, kind="ask_help").to_place == scene.town
    told = Notice.objects.filter(account=scene.accounts["director"], kind="order_help_asked")
    assert told.exists()
    dispatch_order(
        actor=scene.actor("director"), at=AT, team=scene.team,
        order=admit_order(actor=scene.actor("director"), at=AT, order=order),
    )  # fmt: skip


@pytest.mark.django_db
def test_a_time_limit_passes_up_without_anybody(scene: Scene) -> None:
    order = held_by(scene, scene.station, state="admitted")
    pass_up_order(actor=SYSTEM, at=later(days=1), order=order, reason="overdue")
    row = OrderHandover.objects.get(order=order, kind="pass_up")
    assert (row.by_id, row.to_place, row.step.to_state) == (None, scene.town, "admitted")
    assert Notice.objects.filter(account=scene.accounts["zhou"], kind="order_passed_up").exists()


@pytest.mark.django_db
def test_the_center_is_where_passing_up_ends(scene: Scene) -> None:
    order = scene.placed()
    with pytest.raises(NobodyAbove):
        pass_up_order(actor=scene.actor("li"), at=AT, order=order, reason="beyond_us")
    assert Order.unscoped.get(pk=order.pk).turn == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["zhou", "wang", "keeper", "director", "supervisor", "mallory"])
def test_only_the_holder_or_above_hands_over(scene: Scene, name: str) -> None:
    order = scene.placed()
    for act in (pass_up_order, ask_for_help):
        with pytest.raises(NotYourQueue):
            act(actor=scene.actor(name), at=AT, order=order, reason="other")
    with pytest.raises(NotYourQueue):
        send_down_order(actor=scene.actor(name), at=AT, order=order, to=scene.town, reason="nearer")


@pytest.mark.django_db
def test_bad_hand_overs_change_nothing(scene: Scene) -> None:
    order = held_by(scene, scene.station)
    keeper, li = scene.actor("keeper"), scene.actor("li")
    with pytest.raises(ReasonMissing):
        pass_up_order(actor=keeper, at=AT, order=order, reason="")
    with pytest.raises(NotBelowHolder):
        send_down_order(actor=keeper, at=AT, order=order, to=scene.station, reason="nearer")
    for wrong in (scene.station, scene.town, scene.far_center):
        with pytest.raises(NotBelowHolder):
            send_down_order(actor=li, at=AT, order=order, to=wrong, reason="nearer")
    assert Order.unscoped.get(pk=order.pk).turn == 2
    taken = scene.accepted().order
    with pytest.raises(OrderMovedOn):
        pass_up_order(actor=SYSTEM, at=AT, order=taken, reason="overdue")


@pytest.mark.django_db
def test_two_who_hand_over_at_once_are_one_and_one_told(scene: Scene) -> None:
    order = held_by(scene, scene.station)
    stale = Order.unscoped.get(pk=order.pk)
    pass_up_order(actor=scene.actor("keeper"), at=AT, order=order, reason="other")
    with pytest.raises(OrderMovedOn), transaction.atomic():
        ask_for_help(actor=scene.actor("keeper"), at=AT, order=stale, reason="other")
    assert OrderHandover.objects.filter(order=order).count() == 2
    assert OrderStep.objects.filter(order=order).count() == 3


@pytest.mark.django_db
def test_the_history_says_who_has_it_now(scene: Scene) -> None:
    order = held_by(scene, scene.station)
    pass_up_order(actor=scene.actor("keeper"), at=AT, order=order, reason="other")
    told = [(entry.verb, entry.place_name) for entry in timeline(order=order, reader=scene.actor("zhou"))]
    assert told == [
        ("submit", ""),
        ("send_down", scene.station.shown_short),
        ("pass_up", scene.town.shown_short),
    ]


@pytest.mark.django_db
def test_rows_of_a_handover_are_never_changed(scene: Scene) -> None:
    held_by(scene, scene.station)
    for change in (
        lambda: OrderHandover.objects.update(reason_code="other"),
        lambda: OrderHandover.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
