"""A private order is seen by those who handle it, and by nobody else; no word of it stands in the open."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidan.catalogue.models import Category
from sidan.core.actor import Actor, Grant
from sidan.core.errors import Forbidden, NotFound
from sidan.core.scope import Scope, current_scope, everything, scope_of, scoped
from sidan.notify.models import Notice
from sidan.orders import queries
from sidan.orders.models import Assignment, Order, OrderText
from sidan.orders.operations import (
    SPOKEN,
    Change,
    Report,
    accept_order,
    admit_order,
    ask_for_help,
    ask_take_over,
    change_order,
    check_in,
    check_out,
    close_order,
    dispatch_order,
    look_at_contact,
    name_members,
    open_call,
    pass_up_order,
    place_order_for,
    reopen_order,
    report_visit,
    schedule_visit,
    send_down_order,
)
from sidan.orders.operations.calling import PrivateIsNotCalled
from sidan.orders.operations.handing import PrivateStaysHere
from sidan.orders.operations.passing import PrivateIsNotPassedOn
from sidan.orders.operations.placing import Contact, ServiceNotOffered
from sidan.orders.permissions import may_handle, may_see_contact
from sidan.orders.queries import QueueFilter
from sidan.orders.queries.live import moved_since, sight_of
from sidan.people.access import scope_for
from sidan.people.enums import DISPATCHING_ROLES, HOLDING_ROLES, ORDER_STAFF_ROLES, Role
from sidan.people.models import Person, RoleGrant
from sidan.people.narrowing import narrowed_to
from tests.orders.browsing import browser, once, text_of
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import HAND

SECRET = "想找人谈谈离婚的事，电话 12099998888"
VEILED = "Private order"


def private(scene: Scene, **changes: object) -> Order:
    return scene.placed(is_private=True, need=SECRET, contact=Contact(name="周婆婆"), **changes)


def sees(actor: Actor, order: Order) -> bool:
    with scoped(scope_for(actor)):
        return Order.objects.filter(pk=order.pk).exists()


def who_sees(scene: Scene, order: Order) -> set[str]:
    return {name for name in scene.accounts if sees(scene.actor(name), order)}


@pytest.fixture
def offered(scene: Scene) -> Assignment:
    order = admit_order(actor=scene.actor("li"), at=AT, order=private(scene))
    return dispatch_order(actor=scene.actor("li"), at=AT, order=order, team=scene.team)


def test_only_the_resident_and_the_keeper_s_own_staff_see_it(scene: Scene) -> None:
    assert who_sees(scene, private(scene)) == {"zhou", "li"}
    assert {"keeper", "director", "supervisor"} <= who_sees(scene, scene.placed())


def test_its_words_stand_sealed_and_are_found_by_nobody(scene: Scene) -> None:
    order = private(scene)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM orders_ordertext t WHERE order_id = %s", [order.pk])
        stored = cursor.fetchone()[0]
    assert "离婚" not in stored
    assert "周婆婆" not in stored
    text = OrderText.objects.get(order=order)
    assert (text.need, text.contact_name, list(text.search), text.numbers) == ("", "", [], "")
    with scoped(scope_for(scene.actor("li"))):
        assert list(queries.queue(chosen=QueueFilter(text="离婚"))) == []


def test_the_database_refuses_its_words_in_the_open_and_its_opening(scene: Scene) -> None:
    order = private(scene)
    for change in (
        lambda: OrderText.objects.filter(order=order).update(need="离婚"),
        lambda: OrderText.objects.filter(order=order).update(contact_name="周婆婆"),
        lambda: Order.unscoped.filter(pk=order.pk).update(is_private=False, keeper_place=None),
        lambda: Order.unscoped.filter(pk=order.pk).update(keeper_place=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_kind_that_is_always_private_makes_it_private(scene: Scene) -> None:
    Category.objects.filter(code="hair").update(is_private=True)
    order = scene.placed(need="剪发")
    assert order.is_private
    assert who_sees(scene, order) == {"zhou", "li"}


def test_a_service_that_is_not_there_is_not_offered_privately_either(scene: Scene) -> None:

    for is_private in (True, False):
        with pytest.raises(ServiceNotOffered):
            scene.placed(project_uuid=uuid4(), is_private=is_private)


def test_who_entered_it_does_not_see_it_any_more(scene: Scene) -> None:
    person = scene.actor("zhou").person_id
    with everything("who asks"):
        resident = Person.unscoped.get(pk=person)
    wish = replace(scene.wish(), is_private=True, need=SECRET)
    order = place_order_for(actor=scene.actor("keeper"), at=AT, wish=wish, person=resident, consent=SPOKEN)
    assert not sees(scene.actor("keeper"), order)


def test_the_leader_sees_the_offer_without_what_it_is_about(scene: Scene, offered: Assignment) -> None:
    order = offered.order
    assert who_sees(scene, order) == {"zhou", "li"}
    client = browser(scene, "wang")
    for url in ("/console/board/", f"/console/board/{offered.uuid}/"):
        page = text_of(client.get(url))
        assert VEILED in page
        assert "上门理发" not in page
        assert "城北社区" not in page
    assert client.get(f"/api/v1/orders/{order.number}").status_code == 404
    assert not may_see_contact(actor=scene.actor("wang"), order=order)


def test_after_accepting_the_leader_and_who_is_named_see_it_until_it_ends(
    scene: Scene, offered: Assignment
) -> None:
    accept_order(actor=scene.actor("wang"), at=AT, assignment=offered)
    assert who_sees(scene, offered.order) == {"zhou", "li", "wang"}
    people = Person.unscoped.filter(account=scene.accounts["zhao"])
    name_members(actor=scene.actor("wang"), at=AT, assignment=offered, person_uuids=[p.uuid for p in people])
    assert who_sees(scene, offered.order) == {"zhou", "li", "wang", "zhao"}
    shown = look_at_contact(actor=scene.actor("wang"), at=AT, order=offered.order)
    assert (shown.need, shown.name) == (SECRET, "周婆婆")
    assert "上门理发" in text_of(browser(scene, "wang").get(f"/console/board/{offered.uuid}/"))
    Order.unscoped.filter(pk=offered.order_id).update(state="closed", turn=99)
    assert who_sees(scene, offered.order) == {"zhou", "li"}


def test_once_it_was_opened_again_the_team_of_the_round_before_sees_it_no_more(
    scene: Scene, offered: Assignment
) -> None:
    li, wang, order = scene.actor("li"), scene.actor("wang"), offered.order
    accept_order(actor=wang, at=AT, assignment=offered)
    people = Person.unscoped.filter(account=scene.accounts["zhao"])
    name_members(actor=wang, at=AT, assignment=offered, person_uuids=[p.uuid for p in people])
    begins, ends = later(days=1), later(days=1, hours=1)
    visit = schedule_visit(actor=wang, at=AT, assignment=offered, planned_from=begins, planned_to=ends)
    check_in(actor=scene.actor("zhao"), at=begins, visit=visit, proof=HAND)
    check_out(actor=scene.actor("zhao"), at=ends, visit=visit, proof=HAND)
    order = report_visit(actor=scene.actor("zhao"), at=ends, visit=visit, report=Report())
    assert who_sees(scene, order) == {"zhou", "li", "wang", "zhao"}, "who reported may be called back"
    order = close_order(actor=li, at=later(days=9), order=order)
    order = reopen_order(actor=li, at=later(days=10), order=order, words="她说还没谈完")
    assert who_sees(scene, order) == {"zhou", "li"}
    anew = dispatch_order(actor=li, at=later(days=11), order=order, team=scene.other_team)
    accept_order(actor=scene.actor("sun"), at=later(days=11), assignment=anew)
    assert who_sees(scene, order) == {"zhou", "li", "sun"}
    for name, own_page in (("wang", f"/console/board/{offered.uuid}/"), ("zhao", f"/tasks/{offered.uuid}/")):
        client = browser(scene, name)
        for url in (f"/api/v1/orders/{order.number}", f"/api/v1/talk/{order.number}",
                    f"/talk/{order.number}/", f"/orders/{order.number}/"):  # fmt: skip
            assert client.get(url).status_code == 404, (name, url)
        assert client.get(own_page).status_code in {303, 404}, "a card that is gone leads back to the board"
        assert order.number not in client.get("/api/v1/orders", {"q": order.number}).content.decode()
        assert not may_see_contact(actor=scene.actor(name), order=order)
        with scoped(scope_for(scene.actor(name))):
            assert not Order.objects.filter(pk=order.pk).exists()
    assert browser(scene, "sun").get(f"/api/v1/orders/{order.number}").status_code == 200


def test_another_team_s_leader_cannot_open_the_offer(scene: Scene, offered: Assignment) -> None:
    for name in ("sun", "zhao", "mallory"):
        with scoped(scope_for(scene.actor(name))), pytest.raises(NotFound):
            queries.assignment_by_uuid(uuid=offered.uuid)


def test_messages_say_that_it_is_private_and_no_more(scene: Scene, offered: Assignment) -> None:
    for notice in Notice.objects.all():
        assert "上门理发" not in str(notice.facts)
    inbox = browser(scene, "wang").get("/notices/")
    assert VEILED in text_of(inbox)


def test_passing_it_up_or_sending_it_down_hands_the_sight_over(scene: Scene) -> None:
    order = private(scene)
    send_down_order(actor=scene.actor("li"), at=AT, order=order, to=scene.town, reason="nearer")
    assert who_sees(scene, order) == {"zhou", "director"}
    pass_up_order(actor=scene.actor("director"), at=AT, order=order, reason="beyond_us")
    assert who_sees(scene, order) == {"zhou", "li"}


def test_a_place_without_anybody_is_kept_by_the_next_above(scene: Scene) -> None:
    order = private(scene)
    RoleGrant.objects.filter(account=scene.accounts["keeper"]).update(ended_at=AT)
    send_down_order(actor=scene.actor("li"), at=AT, order=order, to=scene.station, reason="nearer")
    assert order.keeper_place_id == scene.town.pk
    assert who_sees(scene, order) == {"zhou", "director"}


def test_a_station_keeps_what_it_holds_and_not_what_another_place_holds(scene: Scene) -> None:
    order = private(scene)
    send_down_order(actor=scene.actor("li"), at=AT, order=order, to=scene.station, reason="nearer")
    assert order.keeper_place_id == scene.station.pk
    assert who_sees(scene, order) == {"zhou", "keeper"}
    shown = look_at_contact(actor=scene.actor("keeper"), at=AT, order=order)
    assert (shown.need, shown.name) == (SECRET, "周婆婆")
    pass_up_order(actor=scene.actor("keeper"), at=AT, order=order, reason="beyond_us")
    assert who_sees(scene, order) == {"zhou", "director"}


def test_a_practitioner_at_the_keeper_does_not_see_what_a_place_below_holds(scene: Scene) -> None:
    order = private(scene)
    RoleGrant.objects.filter(account=scene.accounts["keeper"]).update(place=scene.town)
    send_down_order(actor=scene.actor("li"), at=AT, order=order, to=scene.station, reason="nearer")
    assert order.keeper_place_id == scene.town.pk
    assert who_sees(scene, order) == {"zhou", "director"}
    assert not may_handle(actor=scene.actor("keeper"), order=order)
    (*_earlier, moved) = moved_since(after=0, seen=[])
    assert not sight_of(actor=scene.actor("keeper")).holds(moved)


def test_it_is_neither_called_openly_nor_shown_to_helpers(scene: Scene) -> None:
    order = admit_order(actor=scene.actor("li"), at=AT, order=private(scene))
    with pytest.raises(PrivateIsNotCalled):
        open_call(
            actor=scene.actor("li"),
            at=AT,
            order=order,
            area=scene.center,
            way="first_come",
            until=later(hours=5),
        )
    send_down_order(actor=scene.actor("li"), at=AT, order=order, to=scene.town, reason="nearer")
    with pytest.raises(PrivateStaysHere):
        ask_for_help(actor=scene.actor("director"), at=AT, order=order, reason="no_people")


def test_only_the_office_is_asked_to_take_it_back(scene: Scene, offered: Assignment) -> None:
    accept_order(actor=scene.actor("wang"), at=AT, assignment=offered)
    asked = {"actor": scene.actor("wang"), "at": AT, "until": later(hours=5), "reason": "no_people"}
    held = queries.assignment_by_uuid(uuid=offered.uuid)
    with pytest.raises(PrivateIsNotPassedOn):
        ask_take_over(**asked, assignment=held, to_team=scene.other_team)
    assert queries.teams_to_ask(assignment=held) == []
    assert ask_take_over(**asked, assignment=held, to_team=None).to_team_id is None


def test_narrowing_the_console_opens_nothing_private(scene: Scene) -> None:
    order = private(scene)
    send_down_order(actor=scene.actor("li"), at=AT, order=order, to=scene.town, reason="nearer")
    narrowed = narrowed_to(actor=scene.actor("li"), place_id=scene.town.pk)
    assert narrowed is not None
    assert not sees(narrowed.actor, order)
    assert not may_handle(actor=narrowed.actor, order=order)


def test_the_live_view_tells_of_it_to_its_keeper_alone(scene: Scene) -> None:

    private(scene)
    (moved,) = moved_since(after=0, seen=[])
    assert sight_of(actor=scene.actor("li")).holds(moved)
    for name in ("director", "keeper", "supervisor", "mallory"):
        assert not sight_of(actor=scene.actor(name)).holds(moved)


def test_a_change_stays_sealed_and_staff_leave_the_words_alone(scene: Scene) -> None:
    order = private(scene)
    change_order(actor=scene.actor("zhou"), at=AT, order=order, change=Change(need="想谈谈孩子的事"))
    shown = look_at_contact(actor=scene.actor("zhou"), at=AT, order=order)
    assert (shown.need, shown.name) == ("想谈谈孩子的事", "周婆婆")
    change_order(actor=scene.actor("li"), at=AT, order=order, change=Change(people_needed=3))
    assert look_at_contact(actor=scene.actor("zhou"), at=AT, order=order).need == "想谈谈孩子的事"


def test_danger_is_heard_in_a_private_order_too(scene: Scene) -> None:
    order = scene.placed(is_private=True, need="我不想活了")
    assert order.urgency == "danger"
    assert "110" in text_of(browser(scene, "zhou").get(f"/orders/{order.number}/"))


def test_the_pages_carry_it_from_the_box_to_the_keeper(scene: Scene) -> None:
    client = browser(scene, "zhou")
    page = f"/services/{scene.project.uuid}/order/"
    assert "Keep this order private" in text_of(client.get(page))
    sent = {"when": "own", "own_time": "2026-12-05T09:00", "need": SECRET, "name": "周婆婆", "phone": "12010000001",
            "address": "城北路 1 号", "is_private": "on", "once": once()}  # fmt: skip
    assert client.post(page, sent).status_code == 303
    order = Order.unscoped.get()
    assert order.is_private
    queue = browser(scene, "li").get("/console/queue/")
    assert "Private" in text_of(queue)
    assert order.number[:3] not in text_of(browser(scene, "supervisor").get("/console/queue/"))
    open_page = text_of(browser(scene, "li").get(f"/console/queue/{order.uuid}/"))
    assert "离婚" not in open_page
    assert "Ask all teams openly" not in open_page
    looked = browser(scene, "li").post(f"/console/queue/{order.uuid}/contact/")
    assert "离婚" in text_of(looked)


def test_the_api_carries_it(scene: Scene) -> None:
    asked = {"project": str(scene.project.uuid), "wished_from": "2026-12-01T09:00:00+08:00",
             "wished_to": "2026-12-01T11:00:00+08:00", "is_private": True}  # fmt: skip
    told = browser(scene, "zhou").post("/api/v1/orders", json.dumps(asked), content_type="application/json")
    assert told.json()["is_private"] is True
    number = told.json()["number"]
    assert browser(scene, "li").get(f"/api/v1/orders/{number}").status_code == 200
    for name in ("director", "supervisor", "keeper", "mallory", "wang"):
        assert browser(scene, name).get(f"/api/v1/orders/{number}").status_code == 404


GRANTS = st.lists(
    st.tuples(st.sampled_from(list(Role)), st.sampled_from(["center", "town", "station", "far_center"])),
    max_size=4,
)


@given(grants=GRANTS, is_member=st.booleans())
@settings(
    max_examples=60, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_whatever_roles_one_has_a_private_order_is_seen_by_deciding_where_it_is_kept(
    scene: Scene, grants: list[tuple[Role, str]], is_member: bool
) -> None:
    with transaction.atomic():
        order = private(scene)
        places = {name: getattr(scene, name) for name in ("center", "town", "station", "far_center")}
        actor = Actor(
            account_id=0,
            person_id=0,
            grants=tuple(
                Grant(
                    role=role.value,
                    place_id=places[at].pk,
                    county_id=places[at].county_id,
                    kind=places[at].kind,
                )
                for role, at in grants
            ),
            team_ids=(scene.team.pk,) if is_member else (),
        )
        keeps = any(role in DISPATCHING_ROLES | HOLDING_ROLES and at == "center" for role, at in grants)
        assert sees(actor, order) is keeps
        assert may_handle(actor=actor, order=order) is keeps
        assert may_see_contact(actor=actor, order=order) is keeps
        without = scope_of(actor, staff_roles=ORDER_STAFF_ROLES)
        with scoped(without):
            assert not Order.objects.filter(pk=order.pk).exists()
        if not keeps:
            with pytest.raises(Forbidden):
                look_at_contact(actor=actor, at=AT, order=order)
        transaction.set_rollback(True)
    assert isinstance(current_scope(), Scope)
