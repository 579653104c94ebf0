"""The same person asks for the same again: both sides are told, and two orders may become one (R-Z6)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from sidan.catalogue.models import Category
from sidan.core.clock import now
from sidan.core.scope import everything, scoped
from sidan.notify.models import Notice
from sidan.orders import queries
from sidan.orders.models import Assignment, Order, OrderMerge
from sidan.orders.operations import OrderMovedOn, cancel_order, give_up, look_at_contact, merge_order
from sidan.orders.operations.merging import (
    NotAlike,
    OneIsPrivate,
    OtherCouldNotBeDone,
    OtherHasEnded,
    OtherIsDone,
)
from sidan.orders.permissions import NotYourQueue
from sidan.people.access import scope_for
from sidan.people.models import Account, Person
from tests.at_once import all_at_once
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, build_scene, later
from tests.reviews.helpers import served


def again(scene: Scene) -> tuple[Order, Order]:
    return scene.placed(), scene.placed()


def read(order: Order) -> Order:
    return queries.order_by_uuid(uuid=order.uuid)


def test_the_other_order_goes_on_and_the_resident_is_told(scene: Scene) -> None:
    first, second = again(scene)
    merge_order(actor=scene.actor("li"), at=AT, order=second, into=first)
    assert (read(second).state, read(first).state) == ("cancelled", "submitted")
    merge = queries.merge_of(order=read(second))
    assert merge is not None
    assert merge.into_id == first.pk
    assert queries.merged_into(order=first) == [second.number]
    notice = Notice.objects.get(account_id=scene.accounts["zhou"], kind="order_merged")
    assert notice.facts["into"] == first.number


def test_an_offer_is_taken_back_when_its_order_is_merged(scene: Scene) -> None:
    first, offered = scene.placed(), scene.offered()
    merge_order(actor=scene.actor("li"), at=AT, order=offered.order, into=first)
    assert Assignment.objects.get(pk=offered.pk).state == "withdrawn"


def test_the_more_urgent_of_the_two_counts(scene: Scene) -> None:
    calm, danger = scene.placed(), scene.placed(need="厨房着火了")
    merge_order(actor=scene.actor("li"), at=AT, order=danger, into=calm)
    assert (read(calm).urgency, read(calm).calls_heard) == ("danger", "119")


def test_what_is_not_the_same_stays_apart(scene: Scene) -> None:
    first, second = again(scene)
    other = Category.objects.create(code="repair", name="维修")
    Order.unscoped.filter(pk=first.pk).update(category=other)
    actor = scene.actor("li")
    for into in (read(first), second):
        with pytest.raises(NotAlike):
            merge_order(actor=actor, at=AT, order=second, into=into)
    private = scene.placed(is_private=True)
    for order, into in ((second, private), (private, second)):
        with pytest.raises(OneIsPrivate):
            merge_order(actor=actor, at=AT, order=order, into=into)


def test_nothing_is_put_together_with_what_is_over_or_held_by_a_team(scene: Scene) -> None:
    first, second = again(scene)
    cancel_order(actor=scene.actor("zhou"), at=AT, order=first)
    with pytest.raises(OtherHasEnded):
        merge_order(actor=scene.actor("li"), at=AT, order=second, into=read(first))
    held = scene.accepted()
    with pytest.raises(OrderMovedOn):
        merge_order(actor=scene.actor("li"), at=AT, order=read(held.order), into=second)


def test_nothing_is_put_together_with_what_could_not_be_done(scene: Scene) -> None:
    failed, second = scene.scheduled().assignment.order, scene.placed()
    held = scene.actor("wang")
    give_up(actor=held, at=later(days=1), assignment=failed.assignments.get(), reason="nobody_home")
    with pytest.raises(OtherCouldNotBeDone):
        merge_order(actor=scene.actor("li"), at=later(days=1), order=second, into=read(failed))
    page = browser(scene, "li").get(f"/console/queue/{second.uuid}/")
    assert f'name="into" value="{failed.uuid}"' not in page.content.decode()
    # The other way round it goes on.
    merge_order(actor=scene.actor("li"), at=later(days=1), order=read(failed), into=second)
    assert read(failed).state == "cancelled"


def test_nothing_is_put_together_with_what_was_served_already(scene: Scene) -> None:
    second, done = scene.placed(), served(scene)
    with pytest.raises(OtherIsDone):
        merge_order(actor=scene.actor("li"), at=later(days=2), order=second, into=read(done))
    assert read(second).state == "submitted"
    page = browser(scene, "li").get(f"/console/queue/{second.uuid}/")
    assert "The same person asked for the same in 1 other order" in text_of(page)
    assert f'name="into" value="{done.uuid}"' not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_giving_up_and_merging_into_it_at_once_no_order_is_left_without_anybody() -> None:
    scene = build_scene()
    with everything("a race"):
        held, second = scene.scheduled().assignment, scene.placed()
        into, order, at = read(held.order), read(second), later(days=1)
        li, wang = scene.actor("li"), scene.actor("wang")
    answers = all_at_once(
        lambda: merge_order(actor=li, at=at, order=order, into=into),
        lambda: give_up(actor=wang, at=at, assignment=held, reason="nobody_home"),
    )
    with everything("a race"):
        merged = OrderMerge.objects.exists()
        assert answers == ["done" if merged else "other_could_not_be_done", "done"]
        assert (read(second).state, read(into).state) == ("cancelled" if merged else "submitted", "failed")


def test_only_who_decides_about_both_may(scene: Scene) -> None:
    first, second = again(scene)
    for name in ("zhou", "wang", "keeper", "director", "supervisor", "mallory"):
        with pytest.raises(NotYourQueue):
            merge_order(actor=scene.actor(name), at=AT, order=second, into=first)
    assert not OrderMerge.objects.exists()


def test_two_are_not_merged_into_each_other(scene: Scene) -> None:
    first, second = again(scene)
    merge_order(actor=scene.actor("li"), at=AT, order=second, into=first)
    with pytest.raises(OtherHasEnded):
        merge_order(actor=scene.actor("li"), at=AT, order=first, into=second)


def test_a_merge_is_never_changed(scene: Scene) -> None:
    first, second = again(scene)
    merge_order(actor=scene.actor("li"), at=AT, order=second, into=first)
    with pytest.raises(DatabaseError), transaction.atomic():
        OrderMerge.objects.update(at=AT + timedelta(days=1))


def test_the_dispatcher_sees_the_other_one_and_merges_on_the_page(scene: Scene) -> None:
    first, second = again(scene)
    li = browser(scene, "li")
    page = f"/console/queue/{second.uuid}/"
    shown = text_of(li.get(page))
    assert "The same person asked for the same in 1 other order" in shown
    assert f'value="{first.uuid}"' in li.get(page).content.decode()
    sent = {"turn": "1", "once": once(), "into": str(first.uuid)}
    answer = li.post(f"{page}merge/", sent)
    assert answer.status_code == 303
    assert "It goes on as order" in text_of(li.get(page))
    assert "was put together with this one" in text_of(li.get(f"/console/queue/{first.uuid}/"))
    own = text_of(browser(scene, "zhou").get(f"/orders/{second.number}/"))
    assert "See the order that goes on" in own
    assert "Put together with another order" in text_of(browser(scene, "zhou").get("/orders/"))


def test_a_private_and_an_open_order_are_told_to_who_sees_both_and_to_nobody_else(scene: Scene) -> None:
    private, open_ = scene.placed(is_private=True), scene.placed()
    told = "The same person asked for the same in 1 other order"
    li = browser(scene, "li")
    for order, other in ((open_, private), (private, open_)):
        page = li.get(f"/console/queue/{order.uuid}/").content.decode()
        assert str(other.uuid) in page
        assert f'name="into" value="{other.uuid}"' not in page
        assert "they stay apart" in page
        rows = li.get(f"/api/v1/orders/{order.number}/alike").json()
        assert [row["number"] for row in rows] == [other.number]
    for name in ("supervisor", "director", "keeper"):
        answer = browser(scene, name).get(f"/console/queue/{open_.uuid}/")
        page = answer.content.decode()
        assert answer.status_code == 200, name
        assert told not in page, name
        assert str(private.uuid) not in page, name
        assert private.number not in page, name


def of_household(scene: Scene, *, phone: str = "", count: int = 1, **how: Any) -> list[Order]:
    """Let people place an order each who have the telephone of Zhou, or another one."""
    zhou = Account.objects.get(pk=scene.accounts["zhou"])
    found = []
    for nth in range(count):
        person = Person.unscoped.create(
            name=f"家人{nth}", home_place=scene.station, county=scene.center, created_at=AT,
            contact_phone=phone or zhou.phone, contact_phone_hash=phone or zhou.phone,
        )  # fmt: skip
        found.append(scene.placed(**how))
        Order.unscoped.filter(pk=found[-1].pk).update(requester=person)
    return found


def test_two_of_a_household_with_one_telephone_are_told_and_stay_two(scene: Scene) -> None:
    order = scene.placed()
    (other,), (stranger,) = of_household(scene), of_household(scene, phone="12900000777")
    told = "Somebody with the same telephone number asked for the same in 1 other order"
    li = browser(scene, "li")
    for one, two in ((order, other), (other, order)):
        page = li.get(f"/console/queue/{one.uuid}/")
        assert told in text_of(page)
        assert str(two.uuid) in page.content.decode()
        assert f'name="into" value="{two.uuid}"' not in page.content.decode()
        assert str(stranger.uuid) not in page.content.decode()
        rows = li.get(f"/api/v1/orders/{one.number}/alike?whose=household").json()
        assert [row["number"] for row in rows] == [two.number]
        assert li.get(f"/api/v1/orders/{one.number}/alike").json() == []
    with pytest.raises(NotAlike):
        merge_order(actor=scene.actor("li"), at=AT, order=read(other), into=read(order))


def test_two_orders_of_a_person_whose_rows_were_merged_are_alike_and_may_become_one(scene: Scene) -> None:
    order = scene.placed()
    (other,) = of_household(scene)
    Person.unscoped.filter(pk=read(other).requester_id).update(canonical=order.requester)
    for one, two in ((order, other), (other, order)):
        assert [each.pk for each in queries.alike_orders(order=read(one))] == [two.pk]
        assert queries.alike_in_household(order=read(one)) == []
    person_id, at = read(other).requester_id, later(days=1)
    assert {each.pk for each in queries.asked_lately(person_id=person_id, at=at)} == {order.pk, other.pk}
    merge_order(actor=scene.actor("li"), at=AT, order=read(other), into=read(order))
    assert queries.merged_into(order=order) == [other.number]


def test_a_private_order_of_the_household_is_told_to_who_sees_it_only(scene: Scene) -> None:
    order = scene.placed()
    (other,) = of_household(scene, is_private=True)
    assert str(other.uuid) in browser(scene, "li").get(f"/console/queue/{order.uuid}/").content.decode()
    page = browser(scene, "supervisor").get(f"/console/queue/{order.uuid}/")
    assert "Somebody with the same telephone number" not in text_of(page)
    assert str(other.uuid) not in page.content.decode()


def test_the_number_of_an_office_makes_no_household(scene: Scene) -> None:
    order = scene.placed()
    of_household(scene, count=7)
    assert len(queries.alike_in_household(order=read(order))) == 5
    of_household(scene)
    assert queries.alike_in_household(order=read(order)) == []


def test_after_two_weeks_it_is_another_need(scene: Scene) -> None:
    first, second = again(scene)
    Order.unscoped.filter(pk=first.pk).update(created_at=AT - timedelta(days=15))
    assert queries.alike_orders(order=read(second)) == []
    with scoped(scope_for(scene.actor("mallory"))):
        assert queries.alike_orders(order=second) == []


def test_the_resident_is_told_before_ordering_again_and_may(scene: Scene) -> None:
    url = f"/services/{scene.project.uuid}/order/"
    told = "You asked for this a short while ago:"
    client = browser(scene, "zhou")
    assert told not in text_of(client.get(url))
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(created_at=now() - timedelta(days=2))
    assert told in text_of(client.get(url))
    assert told not in text_of(browser(scene, "wang").get(url))
    asked = client.get(f"/api/v1/orders/mine/alike?project={scene.project.uuid}")
    assert [row["number"] for row in asked.json()] == [order.number]


def test_whoever_enters_an_order_sees_what_was_asked_lately(scene: Scene) -> None:
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(created_at=now() - timedelta(days=2))
    page = browser(scene, "keeper").get(f"/console/orders/new/{order.requester.uuid}/")
    assert "Asked for lately:" in text_of(page)
    assert "Show " not in text_of(page).partition("Asked for lately:")[2].partition("When does it suit")[0]


def test_what_was_asked_lately_stands_below_the_services_three_open_and_the_rest_folded(scene: Scene) -> None:
    orders = [scene.placed() for _nth in range(4)]
    for nth, order in enumerate(orders, start=1):
        Order.unscoped.filter(pk=order.pk).update(created_at=now() - timedelta(days=5 - nth))
    page = browser(scene, "keeper").get(f"/console/orders/new/{orders[0].requester.uuid}/").content.decode()
    marks = ('name="service_words"', 'id="services"', "Asked for lately:", "Show 1 more")
    search, hits, lately, folded = (page.find(mark) for mark in marks)
    assert -1 < search < hits < lately < folded
    rest = page.find("</details>", folded)
    assert page[lately:folded].count("<li") == 3
    assert page[folded:rest].count("<li") == 1


def test_the_api_merges_too(scene: Scene) -> None:
    first, second = again(scene)
    client = browser(scene, "li")
    alike = client.get(f"/api/v1/orders/{second.number}/alike").json()
    assert [row["number"] for row in alike] == [first.number]
    told = client.post(
        f"/api/v1/orders/{second.number}/merge",
        json.dumps({"into": first.number}),
        content_type="application/json",
    )
    assert told.json()["state"] == "cancelled"
    assert client.get(f"/api/v1/orders/{second.number}").json()["merged_into"] == first.number


def test_the_resident_reads_who_looked_and_others_do_not(scene: Scene) -> None:
    order = scene.placed()
    url = f"/orders/{order.number}/"
    assert "Nobody so far." in text_of(browser(scene, "zhou").get(url))
    look_at_contact(actor=scene.actor("li"), at=AT, order=order)
    look_at_contact(actor=scene.actor("zhou"), at=AT, order=order)
    shown = text_of(browser(scene, "zhou").get(url))
    assert "Who looked at your contact or code 李文 · address and telephone" in shown
    mine = browser(scene, "zhou").get(f"/api/v1/orders/{order.number}").json()["looks"]
    assert [look["who"] for look in mine] == ["李文"]
    assert browser(scene, "li").get(f"/api/v1/orders/{order.number}").json()["looks"] == []


def test_a_team_s_look_is_told_like_any_other(scene: Scene) -> None:
    held = scene.accepted()
    look_at_contact(actor=scene.actor("wang"), at=AT, order=held.order)
    looks = queries.looks_at(order=held.order, reader=scene.actor("zhou"))
    assert [look.who for look in looks] == ["王建国"]
    other = scene.placed()
    assert queries.looks_at(order=other, reader=scene.actor("zhou")) == []
