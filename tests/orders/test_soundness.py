"""What breaks the rules of the data is found, and nothing else."""

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from sidan.analytics.models import Rollup
from sidan.core.soundness import look_at_all
from sidan.orders.models import Assignment, OpenCall, Order, OrderStep, OrderText
from sidan.orders.operations import apply_for_call, open_call
from tests.orders.scene import AT, Scene, later


def broken() -> set[str]:
    return {kept.rule.code for kept in look_at_all() if kept.broken}


def test_what_the_operations_write_keeps_every_rule(scene: Scene) -> None:
    scene.placed()
    scene.offered()
    scene.scheduled()
    assert broken() == set()


def _turn(order: Order) -> None:
    Order.unscoped.filter(pk=order.pk).update(turn=order.turn + 3)


def _state(order: Order) -> None:
    Order.unscoped.filter(pk=order.pk).update(state="done", turn=order.turn + 1)
    _step(order, turn=order.turn + 1, verb="admit", source="submitted", target="admitted")


def _unknown(order: Order) -> None:
    Order.unscoped.filter(pk=order.pk).update(turn=order.turn + 1)
    _step(order, turn=order.turn + 1, verb="finish", source=order.state, target=order.state)


def _jump(order: Order) -> None:
    Order.unscoped.filter(pk=order.pk).update(turn=order.turn + 1, state="closed", state_since=AT)
    _step(order, turn=order.turn + 1, verb="review", source="done", target="closed")


def _lost(order: Order) -> None:
    Assignment.objects.filter(order=order).update(state="withdrawn")


def _textless(order: Order) -> None:
    OrderText.objects.filter(order=order).delete()


def _counter(order: Order) -> None:
    Rollup.objects.create(
        place=order.origin_place, grain="all", start="2000-01-01", figure="orders.placed", count=1
    )


def _step(order: Order, *, turn: int, verb: str, source: str, target: str) -> None:
    OrderStep.objects.create(
        order=order, turn=turn, machine="order", verb=verb, from_state=source, to_state=target,
        place_id=order.holder_place_id, at=AT,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("harm", "rules"),
    [
        (_turn, {"orders.steps_are_numbered"}),
        (_state, {"orders.state_is_the_last", "orders.steps_join", "orders.held"}),
        (_unknown, {"orders.steps_are_known"}),
        (_jump, {"orders.steps_join", "orders.held"}),
        (_lost, {"orders.held"}),
        (_textless, {"orders.texts"}),
        (_counter, {"analytics.sums", "analytics.grains", "analytics.once"}),
    ],
)
def test_each_kind_of_harm_is_told_by_its_rule(
    scene: Scene, harm: Callable[[Order], None], rules: set[str]
) -> None:
    harm(scene.offered().order)
    assert broken() == rules


@pytest.mark.parametrize(("call_state", "answer"), [("choosing", "taken_back"), ("ended", "applied")])
def test_a_choice_without_offers_and_an_offer_without_a_call_are_told(
    scene: Scene, call_state: str, answer: str
) -> None:
    order = scene.admitted()
    call = open_call(
        actor=scene.actor("li"), at=AT, order=order, way="best_fit", area=scene.center, until=later(days=1)
    )
    apply_for_call(actor=scene.actor("wang"), at=AT, call=call, team=scene.team)
    OpenCall.objects.filter(pk=call.pk).update(state=call_state)
    taken_back_at = AT if answer == "taken_back" else None
    call.answers.update(state=answer, taken_back_at=taken_back_at)
    assert "orders.offers" in broken()


def test_the_command_tells_it_to_people_and_to_the_doctor(scene: Scene) -> None:
    _textless(scene.placed())
    told = StringIO()
    call_command("check_data", "--json", stdout=told)
    assert [count for _holds, count in json.loads(told.getvalue()) if count] == [1]
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_data", stdout=told)
    assert "1 WRONG" in told.getvalue()
    assert connection.is_usable()
