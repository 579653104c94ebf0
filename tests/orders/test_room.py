"""A project takes so many orders for a month: told before anybody orders, held by the database, seen by staff."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from sidan.catalogue.models import Menu, MenuItem, Project
from sidan.catalogue.operations import set_capacity
from sidan.catalogue.operations.errors import BadProject, ProjectEnded
from sidan.catalogue.policies import MonthRoom, months_from
from sidan.catalogue.queries import MenuFilter, menu_at, rooms_of
from sidan.core.actor import SYSTEM
from sidan.core.scope import everything, scoped
from sidan.orders.models import Order
from sidan.orders.operations import Change, cancel_order, change_order, refuse_order
from sidan.orders.operations.room import MonthFull
from sidan.people.access import scope_for
from sidan.people.models import RoleGrant
from tests.at_once import DONE, all_at_once
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, later

TODAY = date(2026, 11, 20)
DECEMBER = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""Midnight in the county, while UTC still writes November."""
HOUR = timedelta(hours=1)


def takes(scene: Scene, capacity: int | None) -> None:
    Project.unscoped.filter(pk=scene.project.pk).update(month_capacity=capacity)
    scene.project.month_capacity = capacity


def taken(scene: Scene) -> list[int]:
    rooms = rooms_of(project=scene.project, today=TODAY)
    assert rooms is not None
    return [room.taken for room in rooms.months]


@pytest.mark.django_db
def test_who_comes_after_the_last_one_is_told_before_anything_is_kept(scene: Scene) -> None:
    takes(scene, 2)
    scene.placed(), scene.placed()
    with pytest.raises(MonthFull) as refused:
        scene.placed()
    assert refused.value.facts["month"] == "2026-11"
    assert Order.unscoped.count() == 2
    assert taken(scene) == [2, 0, 0, 0]


@pytest.mark.django_db
def test_a_month_is_the_countys_and_another_one_has_room(scene: Scene) -> None:
    takes(scene, 1)
    scene.placed(wished_from=DECEMBER - HOUR, wished_to=DECEMBER)
    scene.placed(wished_from=DECEMBER, wished_to=DECEMBER + HOUR)
    assert taken(scene) == [1, 1, 0, 0]
    with pytest.raises(MonthFull):
        scene.placed(wished_from=DECEMBER + HOUR, wished_to=DECEMBER + 2 * HOUR)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["refused", "cancelled"])
def test_what_was_never_served_leaves_its_room_to_another(scene: Scene, end: str) -> None:
    takes(scene, 1)
    order = scene.placed()
    if end == "refused":
        refuse_order(actor=scene.actor("li"), at=later(hours=1), order=order, reason="no_people")
    else:
        cancel_order(actor=scene.actor("zhou"), at=later(hours=1), order=order)
    assert taken(scene)[0] == 0
    assert scene.placed().state == "submitted"


@pytest.mark.django_db
def test_danger_is_never_turned_away_and_counts_all_the_same(scene: Scene) -> None:
    takes(scene, 1)
    scene.placed()
    assert scene.placed(need="家里煤气漏了，救命").urgency == "danger"
    assert taken(scene)[0] == 2
    assert MonthRoom(TODAY, 1, 2).left == 0


@pytest.mark.django_db
def test_a_wished_time_moves_only_into_a_month_with_room(scene: Scene) -> None:
    takes(scene, 1)
    scene.placed(wished_from=DECEMBER, wished_to=DECEMBER + HOUR)
    order = scene.placed()
    with scoped(scope_for(scene.actor("zhou"))), pytest.raises(MonthFull):
        change_order(
            actor=scene.actor("zhou"), at=later(hours=1), order=Order.objects.get(pk=order.pk),
            change=Change(window=(DECEMBER + HOUR, DECEMBER + 2 * HOUR)),
        )  # fmt: skip
    takes(scene, None)
    scene.placed()
    takes(scene, 1)
    with scoped(scope_for(scene.actor("zhou"))):
        # More than it can take are in November now; who stays in the month is not asked again.
        change_order(
            actor=scene.actor("zhou"), at=later(hours=1), order=Order.objects.get(pk=order.pk),
            change=Change(window=(later(days=2), later(days=2, hours=1))),
        )  # fmt: skip
    assert taken(scene) == [2, 1, 0, 0]


@pytest.mark.django_db
def test_the_database_refuses_what_no_operation_asked_about(scene: Scene) -> None:
    takes(scene, 1)
    order = scene.placed(wished_from=DECEMBER, wished_to=DECEMBER + HOUR)
    scene.placed()
    with pytest.raises(DatabaseError, match="orders a month"), transaction.atomic():
        Order.unscoped.filter(pk=order.pk).update(wished_from=later(days=2), wished_to=later(days=3))
    with pytest.raises(DatabaseError), transaction.atomic():
        takes(scene, 0)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_press_at_once_for_the_last_two_places_two_get_them(scene: Scene) -> None:
    takes(scene, 2)

    def press() -> object:
        with everything("a test"):
            return scene.placed()

    told = all_at_once(press, press, press, press)
    assert sorted(told) == [DONE, DONE, "month_full", "month_full"]
    assert Order.unscoped.count() == 2


@pytest.mark.django_db
def test_the_leader_says_what_the_team_can_take_while_it_is_published(scene: Scene) -> None:
    scene.placed(), scene.placed()
    uuid = scene.project.uuid
    with scoped(scope_for(scene.actor("wang"))):
        set_capacity(actor=scene.actor("wang"), at=AT, project_uuid=uuid, capacity=1)
    scene.project.refresh_from_db(
        using="default", fields=["month_capacity"], from_queryset=Project.unscoped.all()
    )
    assert taken(scene) == [2, 0, 0, 0], "what was ordered before is counted, and stays"
    with everything("a test"):
        for wrong in (0, -1, 10_000):
            with pytest.raises(BadProject):
                set_capacity(actor=SYSTEM, at=AT, project_uuid=uuid, capacity=wrong)
        Project.objects.filter(uuid=uuid).update(state="withdrawn")
        with pytest.raises(ProjectEnded):
            set_capacity(actor=SYSTEM, at=AT, project_uuid=uuid, capacity=5)


@pytest.mark.django_db
def test_it_is_told_on_the_service_the_menu_and_the_order_form(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("catalogue.views.portal", "orders.views.portal", "catalogue.views.library"):
        monkeypatch.setattr(f"sidan.{module}.now", lambda: AT)
    menu = Menu.objects.create(
        place=scene.center, county=scene.center, month=date(2026, 11, 1), state="published", published_at=AT
    )
    MenuItem.objects.create(menu=menu, project=scene.project, position=1)
    takes(scene, 1)
    shown = reverse("catalogue:service", args=[scene.project.uuid])
    client = browser(scene, "zhou")
    client.cookies["django_language"] = "en"
    assert "November 2026 is full" not in text_of(client.get(shown))
    scene.placed()
    order = reverse("orders:place", args=[scene.project.uuid])
    for url in (shown, order):
        page = text_of(client.get(url))
        assert "November 2026 is full" in page
        assert "Please choose a day in December 2026." in page
    [card] = menu_at(place_id=scene.station.pk, today=TODAY, wanted=MenuFilter()).cards
    assert card.is_full
    refused = client.post(
        order,
        {"once": once(), "when": "own", "own_time": "2026-11-25T09:00", "phone": "12010000001", "name": "周桂英",
         "address": "城北路 1 号"},
    )  # fmt: skip
    assert refused.status_code == 422
    assert "as many orders as it can take in November 2026" in text_of(refused)
    RoleGrant.objects.create(
        account_id=scene.accounts["li"], role="manager", place=scene.center, granted_at=AT
    )
    staff = browser(scene, "li")
    staff.cookies["django_language"] = "en"
    assert "1 of 1" in text_of(staff.get(reverse("catalogue:project", args=[scene.project.uuid])))
    assert "1 of 1 orders for this month" in text_of(staff.get(reverse("catalogue:menu", args=[menu.uuid])))


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 1)])
def test_every_day_that_can_be_wished_lies_in_a_month_that_is_told(day: date) -> None:
    months = months_from(day)
    assert (day + timedelta(days=90)).replace(day=1) in months
    assert months[0] == day.replace(day=1)
