"""Nobody gains time by asking and undoing it; what turns out to be a danger is timed as one; a new team has its own."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from sidan.catalogue.models import Category
from sidan.core.actor import SYSTEM
from sidan.core.scope import everything
from sidan.core.soundness import look_at_all
from sidan.limits.models import Timer
from sidan.limits.operations import Terms, set_limit
from sidan.limits.tasks import fire
from sidan.notify.models import Notice
from sidan.orders.models import Order
from sidan.orders.operations import (
    Change,
    PartWish,
    accept_take_over,
    ask_take_over,
    change_order,
    decline_order,
    dispatch_order,
    end_call,
    join_order,
    merge_order,
    open_call,
    pass_up_order,
    say_cannot,
    split_order,
    withdraw_offer,
)
from sidan.places.operations import set_working_day
from tests.limits.helpers import DAY, HOUR, at_office_end
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided, fresh, offered, share_of, taken

DANGER = "家里煤气泄漏，喘不上气了"


def running(order: Order) -> Timer:
    return Timer.objects.get(order=order, ended_at=None)


def all_is_sound() -> bool:
    return not {kept.rule.code for kept in look_at_all() if kept.broken}


def test_an_offer_that_the_office_takes_back_gains_it_no_time(scene: Scene) -> None:
    order = scene.admitted()
    due, half, since = order.due_at, order.half_at, order.state_since
    li = scene.actor("li")
    for hours in (2, 4):
        dispatch_order(actor=li, at=later(hours=hours), order=order, team=scene.team)
        withdraw_offer(actor=li, at=later(hours=hours + 1), order=order)
        assert (order.due_at, order.half_at, order.state_since) == (due, half, since)
    assert (running(order).due_at, running(order).begun_at, running(order).next_at) == (due, AT, half)
    assert all_is_sound()


def test_nor_does_a_call_that_it_ends_itself(scene: Scene) -> None:
    order = scene.admitted()
    due, since, li = order.due_at, order.state_since, scene.actor("li")
    open_call(
        actor=li, at=later(hours=1), order=order, area=scene.center, way="first_come", until=later(hours=9)
    )
    end_call(actor=li, at=later(hours=2), order=order)
    order = fresh(order)
    assert (order.due_at, order.state_since, running(order).begun_at) == (due, since, AT)
    assert all_is_sound()


def test_what_was_told_at_half_time_is_not_told_again(scene: Scene) -> None:
    order = scene.admitted()
    half, li = order.half_at, scene.actor("li")
    assert half is not None
    fire.run(at=half)
    dispatch_order(actor=li, at=half + HOUR, order=fresh(order), team=scene.team)
    order = withdraw_offer(actor=li, at=half + 2 * HOUR, order=fresh(order))
    assert running(order).next_at == order.due_at
    fire.run(at=half + 2 * HOUR)
    assert Notice.objects.filter(account=scene.accounts["li"], kind="limit_half").count() == 1


def test_a_part_of_a_split_order_gains_none_either(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    due = Timer.objects.get(part=hair, ended_at=None).due_at
    offered(scene, order, hair)
    withdraw_offer(actor=scene.actor("li"), at=later(hours=3), order=fresh(order), part=hair)
    assert {Timer.objects.get(part=part, ended_at=None).due_at for part in (hair, lamp)} == {due}
    assert fresh(order).due_at == due
    assert all_is_sound()


def test_a_place_does_not_inherit_the_time_of_the_one_below(scene: Scene) -> None:
    order = scene.admitted()
    Order.unscoped.filter(pk=order.pk).update(holder_place=scene.town)
    order = pass_up_order(
        actor=scene.actor("director"), at=later(hours=5), order=fresh(order), reason="beyond_us"
    )
    due, li = order.due_at, scene.actor("li")
    dispatch_order(actor=li, at=later(hours=6), order=order, team=scene.team)
    withdraw_offer(actor=li, at=later(hours=7), order=order)
    assert (order.due_at, running(order).begun_at) == (due, later(hours=5))


def test_after_a_no_the_office_looks_again_and_the_resident_has_waited_all_the_time(scene: Scene) -> None:
    share = scene.offered()
    since = AT
    decline_order(
        actor=scene.actor("wang"), at=later(hours=20), assignment=share, reason="no_people", words=""
    )
    order = Order.unscoped.get()
    assert (running(order).begun_at, order.state_since) == (later(hours=20), since)
    assert all_is_sound()


def test_an_answer_that_never_came_is_no_fault_of_the_office(scene: Scene) -> None:
    scene.offered()
    fire.run(at=AT + DAY)
    order = Order.unscoped.get()
    assert (order.state, running(order).begun_at, order.state_since) == ("admitted", AT + DAY, AT)
    assert all_is_sound()


@pytest.mark.parametrize("state", ["submitted", "admitted", "dispatched"])
def test_words_that_come_to_speak_of_danger_have_the_time_of_a_danger(scene: Scene, state: str) -> None:
    order = {
        "submitted": scene.placed, "admitted": scene.admitted, "dispatched": lambda: scene.offered().order
    }[state]()  # fmt: skip
    at = later(hours=1)
    change_order(actor=scene.actor("zhou"), at=at, order=order, change=Change(need=DANGER))
    order = fresh(order)
    assert (order.urgency, order.state, order.due_at) == ("danger", state, at + HOUR / 2)
    assert running(order).due_at == order.due_at


def test_time_that_is_over_sooner_is_not_made_longer(scene: Scene) -> None:
    order = scene.admitted()
    due = order.due_at
    assert due is not None
    change_order(actor=scene.actor("zhou"), at=due - HOUR / 4, order=order, change=Change(need=DANGER))
    assert (fresh(order).urgency, fresh(order).due_at) == ("danger", due)


def test_each_part_that_waits_has_the_time_of_a_danger(scene: Scene) -> None:
    order, (hair, lamp) = divided(scene)
    at = later(hours=1)
    order, other = fresh(order), scene.placed(need=DANGER)
    merge_order(actor=scene.actor("li"), at=at, order=other, into=order)
    assert {Timer.objects.get(part=part, ended_at=None).due_at for part in (hair, lamp)} == {at + HOUR / 2}
    assert fresh(order).due_at == at + HOUR / 2


def test_an_order_that_takes_a_danger_in_is_counted_as_one(scene: Scene) -> None:
    share = scene.accepted()
    other, at = scene.placed(need=DANGER), later(hours=1)
    assert other.urgency == "danger"
    merge_order(actor=scene.actor("li"), at=at, order=other, into=fresh(share.order))
    order = fresh(share.order)
    assert (order.state, order.urgency, order.due_at) == ("accepted", "danger", at + HOUR / 2)
    assert running(order).effect == "contact"


@pytest.mark.parametrize("state", ["accepted", "scheduled"])
def test_the_team_that_takes_over_has_a_first_call_of_its_own(scene: Scene, state: str) -> None:
    share = scene.accepted() if state == "accepted" else scene.scheduled().assignment
    asked = ask_take_over(
        actor=scene.actor("wang"), at=later(hours=20), assignment=share, to_team=scene.other_team,
        until=later(hours=30), reason="no_people",
    )  # fmt: skip
    accept_take_over(actor=scene.actor("sun"), at=later(hours=23), asked=asked)
    order = fresh(share.order)
    assert (running(order).effect, running(order).begun_at) == ("contact", later(hours=23))
    assert order.due_at == later(hours=23) + DAY


def test_so_has_a_team_that_takes_over_a_part(scene: Scene) -> None:
    order, (hair, _lamp) = divided(scene)
    taken(scene, order, hair)
    asked = ask_take_over(
        actor=scene.actor("wang"), at=later(hours=20), assignment=share_of(hair), to_team=scene.other_team,
        until=later(hours=30), reason="no_people",
    )  # fmt: skip
    accept_take_over(actor=scene.actor("sun"), at=later(hours=23), asked=asked)
    clock = Timer.objects.get(part=hair, ended_at=None)
    assert (clock.effect, clock.begun_at) == ("contact", later(hours=23))


def _set(scene: Scene, amount: int, *, category: str | None = None, seen: UUID | None = None) -> UUID:
    terms = Terms(amount, "working_days", "who_acts", "remind")
    return set_limit(
        actor=SYSTEM, at=AT, place=scene.center, step="dispatch", terms=terms, reason="试行", category=category,
        seen=seen,
    ).uuid  # fmt: skip


def _offer_and_take_back(scene: Scene, order: Order) -> None:
    li = scene.actor("li")
    dispatch_order(actor=li, at=later(hours=1), order=order, team=scene.team)
    withdraw_offer(actor=li, at=later(hours=2), order=fresh(order))


def _split_and_join(scene: Scene, order: Order) -> None:
    li, kind = scene.actor("li"), order.category
    wishes = [PartWish("剪头发", kind), PartWish("修电灯", kind)]
    split_order(actor=li, at=later(hours=1), order=order, parts=wishes)
    join_order(actor=li, at=later(hours=2), order=fresh(order))


def _say_cannot(scene: Scene, order: Order) -> None:
    say_cannot(actor=scene.actor("li"), at=later(hours=1), order=order, reason="no_people")


@pytest.mark.parametrize("amount", [1, 4], ids=["shorter", "longer"])
@pytest.mark.parametrize("acts", [_offer_and_take_back, _split_and_join, _say_cannot])
def test_what_goes_on_ends_when_it_would_have_whatever_the_limit_became(
    scene: Scene, acts: Callable[[Scene, Order], None], amount: int
) -> None:
    seen = _set(scene, 2)
    order = scene.admitted()
    before = running(order)
    _set(scene, amount, seen=seen)
    acts(scene, order)
    kept, now = fresh(order), running(order)
    assert (kept.due_at, kept.half_at) == (now.due_at, now.half_at) == (before.due_at, before.half_at)
    assert (now.begun_at, now.limit_id) == (before.begun_at, before.limit_id)
    assert all_is_sound()


@pytest.mark.parametrize(("kind", "gains"), [("works", 0), ("rests", 1)])
@pytest.mark.parametrize("acts", [_offer_and_take_back, _split_and_join, _say_cannot])
def test_nor_does_a_day_that_is_worked_after_all_and_a_day_off_counts_for_nobody(
    scene: Scene, acts: Callable[[Scene, Order], None], kind: str, gains: int
) -> None:
    order = scene.admitted()
    assert order.due_at == at_office_end(date(2026, 11, 23))
    day = date(2026, 11, 21) if kind == "works" else date(2026, 11, 23)
    set_working_day(actor=SYSTEM, at=AT, place_id=scene.center.pk, day=day, kind=kind, reason="大雪")
    acts(scene, order)
    assert fresh(order).due_at == running(order).due_at == at_office_end(date(2026, 11, 23)) + gains * DAY


def test_a_split_into_kinds_with_more_time_gains_none_and_joined_again_all_is_as_before(scene: Scene) -> None:
    order, li = scene.admitted(), scene.actor("li")
    due = order.due_at
    with everything("a kind with more time"):
        slow = Category.objects.create(code="slow", name="慢活")
    _set(scene, 5, category=slow.pk)
    wishes = [PartWish("剪头发", order.category), PartWish("慢慢修", slow)]
    parts = split_order(actor=li, at=later(hours=1), order=order, parts=wishes)
    assert {Timer.objects.get(part=part, ended_at=None).due_at for part in parts} == {due}
    assert fresh(order).due_at == due
    join_order(actor=li, at=later(hours=2), order=fresh(order))
    assert (fresh(order).due_at, running(order).begun_at) == (due, AT)
    assert all_is_sound()
