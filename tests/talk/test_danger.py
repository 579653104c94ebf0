"""Danger to life that is said in the talk: the order is marked once, its history says when, its clock follows."""

import re
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from sidan.audit.models import AuditEntry
from sidan.core.scope import everything
from sidan.core.soundness import look_at_all
from sidan.limits.models import Timer
from sidan.orders.models import Assignment, Order, OrderStep
from sidan.orders.operations import ask_for_help, cancel_order, decline_order, send_down_order
from sidan.orders.queries.route import help_asked
from sidan.talk import operations
from sidan.talk.models import Message
from tests.at_once import all_at_once
from tests.orders.browsing import browser, text_of
from tests.orders.scene import Scene, build_scene, later
from tests.orders.splits import divided, fresh

DANGER = "老人摔倒了起不来"
HALF_AN_HOUR = timedelta(minutes=30)


def say(scene: Scene, name: str, order: Order, words: str, minutes: int = 1) -> Message:
    actor = scene.actor(name)
    return operations.say(actor=actor, at=later(minutes=minutes), order=fresh(order), words=words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "name"), [("admitted", "zhou"), ("admitted", "li"), ("accepted", "wang"), ("accepted", "zhou")]
)
def test_the_clock_follows_whoever_said_it(scene: Scene, state: str, name: str) -> None:
    order = scene.admitted() if state == "admitted" else scene.accepted().order
    say(scene, name, order, DANGER, minutes=40)
    order = fresh(order)
    assert (order.urgency, order.state, order.due_at) == ("danger", state, later(minutes=40) + HALF_AN_HOUR)
    assert Timer.objects.get(order=order, ended_at=None).due_at == order.due_at
    assert not {kept.rule.code for kept in look_at_all() if kept.broken}


@pytest.mark.django_db
def test_so_do_the_clocks_of_the_parts_that_wait(scene: Scene) -> None:
    order, parts = divided(scene)
    say(scene, "zhou", order, DANGER, minutes=40)
    due = {Timer.objects.get(part=part, ended_at=None).due_at for part in parts}
    assert due == {later(minutes=40) + HALF_AN_HOUR}
    assert fresh(order).due_at == later(minutes=40) + HALF_AN_HOUR


@pytest.mark.django_db
def test_the_history_says_when_by_whom_and_where_and_each_reader_sees_it(scene: Scene) -> None:
    order = scene.accepted().order
    say(scene, "zhou", order, DANGER, minutes=40)
    step = OrderStep.objects.get(order=order, verb="danger")
    assert (step.at, step.actor_id, step.place_id) == (
        later(minutes=40), scene.accounts["zhou"], order.holder_place_id
    )  # fmt: skip
    assert AuditEntry.objects.filter(verb="order.danger", subject_id=order.pk).count() == 1
    told = "Danger to life was spoken of"
    pages = (("zhou", f"/orders/{order.number}/"), ("li", f"/console/queue/{order.uuid}/"))
    for name, url in pages:
        assert told in text_of(browser(scene, name).get(url))
    seen = browser(scene, "zhou").get(f"/api/v1/orders/{order.number}").json()["steps"]
    assert seen[-1]["verb"] == "danger"


@pytest.mark.django_db
def test_what_is_said_again_marks_nothing_twice_and_starts_no_time_anew(scene: Scene) -> None:
    order = scene.accepted().order
    for minutes in (10, 20, 30):
        say(scene, "zhou", order, DANGER, minutes=minutes)
    assert OrderStep.objects.filter(order=order, verb="danger").count() == 1
    assert fresh(order).due_at == later(minutes=10) + HALF_AN_HOUR
    assert Timer.objects.filter(order=order, step__verb="danger").count() == 1


@pytest.mark.django_db
def test_what_is_said_calmly_leaves_no_mark(scene: Scene) -> None:
    order = scene.accepted().order
    due = order.due_at
    say(scene, "zhou", order, "门口有狗，别怕")
    assert (fresh(order).urgency, fresh(order).due_at) == ("normal", due)
    assert not OrderStep.objects.filter(order=order, verb="danger").exists()


def numbers_on(scene: Scene, name: str, url: str) -> list[str]:
    return re.findall(r'href="tel:(\d{3})"', browser(scene, name).get(url).content.decode())


@pytest.mark.django_db
def test_office_and_team_read_whom_to_call_while_the_order_is_open(scene: Scene) -> None:
    assignment = scene.accepted()
    order, card = assignment.order, f"/console/board/{assignment.uuid}/"
    say(scene, "zhou", order, DANGER)
    say(scene, "wang", order, "厨房着火了", minutes=2)
    assert fresh(order).calls_heard == "120 119"
    for name, url in (("li", f"/console/queue/{order.uuid}/"), ("wang", card)):
        assert numbers_on(scene, name, url) == ["120", "119"], url
    assert numbers_on(scene, "zhou", f"/orders/{order.number}/") == []
    cancel_order(actor=scene.actor("zhou"), at=later(minutes=3), order=fresh(order))
    for name, url in (("li", f"/console/queue/{order.uuid}/"), ("wang", card)):
        assert numbers_on(scene, name, url) == [], url


@pytest.mark.django_db
def test_a_team_that_gave_the_order_back_is_not_asked_to_call(scene: Scene) -> None:
    assignment = scene.offered()
    say(scene, "zhou", assignment.order, DANGER)
    card = f"/console/board/{assignment.uuid}/"
    assert numbers_on(scene, "wang", card) == ["120"]
    offer = Assignment.objects.get(pk=assignment.pk)
    decline_order(actor=scene.actor("wang"), at=later(minutes=3), assignment=offer, reason="no_people")
    assert numbers_on(scene, "wang", card) == []


@pytest.mark.django_db
def test_where_nobody_knows_which_any_number_may_be_called(scene: Scene) -> None:
    order = scene.admitted()
    Order.unscoped.filter(pk=order.pk).update(urgency="danger")
    assert numbers_on(scene, "li", f"/console/queue/{order.uuid}/") == ["120", "119", "110"]


@pytest.mark.django_db
def test_the_database_keeps_emergency_numbers_only(scene: Scene) -> None:
    order = scene.admitted()
    with pytest.raises(IntegrityError, match="orders_heard_calls_are_emergency_numbers"):
        Order.unscoped.filter(pk=order.pk).update(calls_heard="119 120")


@pytest.mark.django_db
def test_help_that_was_asked_for_is_still_to_come(scene: Scene) -> None:
    order = send_down_order(
        actor=scene.actor("li"), at=later(minutes=1), order=scene.placed(), to=scene.station, reason="nearer"
    )
    ask_for_help(actor=scene.actor("keeper"), at=later(minutes=5), order=order, reason="no_skill")
    say(scene, "zhou", order, DANGER, minutes=9)
    with everything("asked again"):
        assert help_asked(order=fresh(order)) is not None


@pytest.mark.django_db(transaction=True)
def test_two_who_say_it_at_once_are_both_heard_and_it_is_marked_once() -> None:
    scene = build_scene()
    with everything("a race"):
        order = scene.accepted().order
        by = [
            partial(
                operations.say, actor=scene.actor(name), at=later(minutes=9), order=fresh(order), words=DANGER
            )
            for name in ("zhou", "wang", "li")
        ]
        assert all_at_once(*by) == ["done"] * 3
        assert Message.objects.filter(order=order).count() == 3
        assert Order.unscoped.get(pk=order.pk).calls_heard == "120"
        assert OrderStep.objects.filter(order=order, verb="danger").count() == 1
        assert Order.unscoped.get(pk=order.pk).turn == OrderStep.objects.filter(order=order).count()
