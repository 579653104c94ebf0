"""What came to press while a team was asked: once the office takes that back, its time counts from then, not before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import pytest

from sidan.core.actor import SYSTEM
from sidan.limits.models import Firing, Timer
from sidan.limits.operations import Terms, set_limit
from sidan.limits.tasks import fire
from sidan.orders.models import Order, WorkPart
from sidan.orders.operations import (
    Change,
    PartWish,
    admit_order,
    change_order,
    dispatch_order,
    end_call,
    join_order,
    merge_order,
    open_call,
    pass_up_order,
    schedule_visit,
    split_order,
    withdraw_offer,
)
from tests.limits.helpers import HOUR
from tests.limits.test_gaining_no_time import DANGER, all_is_sound
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh, offered

ASKED, SAID, BACK = later(minutes=10), later(hours=5), later(hours=5, minutes=5)
"""Admitted at nine, asked soon after, said at two in the afternoon, taken back five minutes later."""
MINUTE: Final = timedelta(minutes=1)
LENGTH: Final = {"danger": HOUR / 2, "urgent": HOUR}


@dataclass
class Asking:
    """How the office asks teams about an order or one part of it, and takes that back."""

    ask: Callable[[Scene, Order, WorkPart | None, datetime], object]
    take_back: Callable[[Scene, Order, WorkPart | None, datetime], Order]


def _offer(scene: Scene, order: Order, part: WorkPart | None, at: datetime) -> object:
    return dispatch_order(actor=scene.actor("li"), at=at, order=fresh(order), team=scene.team, part=part)


def _withdraw(scene: Scene, order: Order, part: WorkPart | None, at: datetime) -> Order:
    return withdraw_offer(actor=scene.actor("li"), at=at, order=fresh(order), part=part)


def _call(scene: Scene, order: Order, part: WorkPart | None, at: datetime) -> object:
    return open_call(
        actor=scene.actor("li"), at=at, order=fresh(order), part=part, area=scene.center, way="best_fit",
        until=at + 24 * HOUR,
    )  # fmt: skip


def _end_call(scene: Scene, order: Order, part: WorkPart | None, at: datetime) -> Order:
    return end_call(actor=scene.actor("li"), at=at, order=fresh(order), part=part)


ASKINGS = {"offer": Asking(_offer, _withdraw), "open_call": Asking(_call, _end_call)}


def limit(scene: Scene, urgency: str, amount: int, *, step: str = "dispatch", at_end: str = "up") -> None:
    set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step=step, urgency=urgency, reason="试行",
        terms=Terms(amount, "minutes", "who_acts", at_end),
    )  # fmt: skip


def pressed(scene: Scene, order: Order, urgency: str, at: datetime) -> Order:
    """Merge another order into one that was marked a danger, or urgent."""
    pressing: dict[str, str] = {"need": DANGER} if urgency == "danger" else {"urgency": urgency}
    merge_order(actor=scene.actor("li"), at=at, order=scene.placed(**pressing), into=fresh(order))
    Timer.objects.filter(order__state="merged").update(next_at=None)
    assert fresh(order).urgency == urgency
    return fresh(order)


def waiting(scene: Scene, of: str) -> tuple[Order, WorkPart | None]:
    """An order that was admitted at an institute, which has somebody above it, or one part of such an order."""
    order, part = (scene.admitted(), None) if of == "whole" else _first_part(scene)
    Order.unscoped.update(holder_place=scene.town)
    return fresh(order), part


def _first_part(scene: Scene) -> tuple[Order, WorkPart]:
    order, (part, _other) = divided(scene)
    return order, part


def clock(order: Order, part: WorkPart | None = None) -> Timer:
    return Timer.objects.get(order=order, part=part, ended_at=None)


@pytest.mark.parametrize("urgency", LENGTH)
@pytest.mark.parametrize("of", ["whole", "part"])
@pytest.mark.parametrize("asking", ASKINGS)
def test_taken_back_it_has_the_time_of_what_presses_from_the_moment_it_was_said(
    scene: Scene, asking: str, of: str, urgency: str
) -> None:
    limit(scene, "urgent", 60)
    order, part = waiting(scene, of)
    ASKINGS[asking].ask(scene, order, part, ASKED)
    pressed(scene, order, urgency, SAID)
    ASKINGS[asking].take_back(scene, order, part, BACK)
    now = clock(order, part)
    assert (now.effect, now.begun_at, now.due_at) == ("dispatch", SAID, SAID + LENGTH[urgency])
    assert now.half_at == now.next_at == SAID + LENGTH[urgency] / 2
    assert fresh(order).due_at == now.due_at
    assert all_is_sound()


@pytest.mark.parametrize("asking", ASKINGS)
def test_nobody_is_told_that_it_was_over_before_it_was_said(scene: Scene, asking: str) -> None:
    order, _none = waiting(scene, "whole")
    ASKINGS[asking].ask(scene, order, None, ASKED)
    change_order(actor=scene.actor("zhou"), at=SAID, order=fresh(order), change=Change(need=DANGER))
    ASKINGS[asking].take_back(scene, order, None, BACK)
    assert fire.run(at=BACK + MINUTE) == 0
    assert fresh(order).holder_place_id == scene.town.pk
    assert not Firing.objects.filter(kind="end").exists()
    assert fire.run(at=SAID + HOUR / 2) == 1
    assert (fresh(order).holder_place_id, Firing.objects.latest("id").did) == (scene.center.pk, "up")


@pytest.mark.parametrize("urgency", LENGTH)
@pytest.mark.parametrize("asking", ASKINGS)
def test_asking_and_taking_back_gains_no_time_then_either(scene: Scene, asking: str, urgency: str) -> None:
    limit(scene, "urgent", 60)
    order, _none = waiting(scene, "whole")
    ASKINGS[asking].ask(scene, order, None, ASKED)
    pressed(scene, order, urgency, SAID)
    for minutes in (0, 8, 16):
        ASKINGS[asking].take_back(scene, order, None, BACK + minutes * MINUTE)
        assert (clock(order).begun_at, clock(order).due_at) == (SAID, SAID + LENGTH[urgency])
        ASKINGS[asking].ask(scene, order, None, BACK + (minutes + 4) * MINUTE)


@pytest.mark.parametrize("urgency", LENGTH)
@pytest.mark.parametrize("of", ["whole", "part"])
@pytest.mark.parametrize("asking", ASKINGS)
def test_a_time_that_was_over_sooner_goes_on_however_often_a_team_is_asked(
    scene: Scene, asking: str, of: str, urgency: str
) -> None:
    limit(scene, "urgent", 60)
    order, part = waiting(scene, of)
    before = clock(order, part)
    said = before.due_at - 10 * MINUTE
    ASKINGS[asking].ask(scene, order, part, ASKED)
    pressed(scene, order, urgency, said)
    for minutes in (1, 3):
        ASKINGS[asking].take_back(scene, order, part, said + minutes * MINUTE)
        now = clock(order, part)
        assert (now.begun_at, now.due_at, now.limit_id) == (AT, before.due_at, before.limit_id)
        ASKINGS[asking].ask(scene, order, part, said + (minutes + 1) * MINUTE)
    assert all_is_sound()


def test_of_urgent_and_later_a_danger_what_is_over_first_holds(scene: Scene) -> None:
    limit(scene, "urgent", 60)
    order, _none = waiting(scene, "whole")
    _offer(scene, order, None, ASKED)
    pressed(scene, order, "urgent", SAID)
    pressed(scene, order, "danger", SAID + 40 * MINUTE)
    _withdraw(scene, order, None, SAID + 45 * MINUTE)
    assert (clock(order).begun_at, clock(order).due_at) == (SAID, SAID + HOUR)


def test_where_the_danger_is_over_first_that_holds(scene: Scene) -> None:
    limit(scene, "urgent", 60)
    order, _none = waiting(scene, "whole")
    _offer(scene, order, None, ASKED)
    pressed(scene, order, "urgent", SAID)
    pressed(scene, order, "danger", SAID + 10 * MINUTE)
    _withdraw(scene, order, None, SAID + 15 * MINUTE)
    assert (clock(order).begun_at, clock(order).due_at) == (SAID + 10 * MINUTE, SAID + 40 * MINUTE)


@pytest.mark.parametrize("urgency", LENGTH)
def test_split_and_joined_again_it_is_not_over_before_it_was_said(scene: Scene, urgency: str) -> None:
    limit(scene, "urgent", 60)
    order, li = scene.admitted(), scene.actor("li")
    before = clock(order)
    said = before.due_at - 10 * MINUTE
    order = pressed(scene, order, urgency, said)
    assert order.due_at == before.due_at
    wishes = [PartWish("剪头发", order.category), PartWish("修电灯", order.category)]
    parts = split_order(actor=li, at=said + MINUTE, order=order, parts=wishes)
    assert {clock(order, part).due_at for part in parts} == {before.due_at}
    join_order(actor=li, at=said + 2 * MINUTE, order=fresh(order))
    assert (clock(order).begun_at, clock(order).due_at) == (AT, before.due_at)
    assert all_is_sound()


def test_a_place_that_has_a_part_from_another_counts_from_what_was_said_since(scene: Scene) -> None:
    order, part = waiting(scene, "part")
    assert part is not None
    offered(scene, order, part)
    pass_up_order(actor=scene.actor("director"), at=ASKED, order=fresh(order), reason="beyond_us")
    pressed(scene, order, "danger", SAID)
    _withdraw(scene, order, part, BACK)
    assert (clock(order, part).begun_at, clock(order, part).due_at) == (SAID, SAID + HOUR / 2)


def test_a_visit_agreed_anew_is_not_over_before_the_danger_was_heard_of(scene: Scene) -> None:
    limit(scene, "danger", 60, step="visit", at_end="remind")
    visit = scene.scheduled()
    before = clock(visit.assignment.order)
    said = before.due_at - 10 * MINUTE
    visit.assignment.order = pressed(scene, visit.assignment.order, "danger", said)
    schedule_visit(
        actor=scene.actor("wang"), at=said + MINUTE, assignment=visit.assignment,
        planned_from=said + 4 * HOUR, planned_to=said + 5 * HOUR,
    )  # fmt: skip
    now = clock(visit.assignment.order)
    assert (now.begun_at, now.due_at) == (said, said + HOUR)


def test_what_was_a_danger_from_the_first_word_counts_from_where_it_began(scene: Scene) -> None:
    order = admit_order(actor=scene.actor("li"), at=AT, order=scene.placed(need=DANGER))
    _offer(scene, order, None, ASKED)
    _withdraw(scene, order, None, ASKED + MINUTE)
    assert (clock(order).begun_at, clock(order).due_at) == (AT, AT + HOUR / 2)
