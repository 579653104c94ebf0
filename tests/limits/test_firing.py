"""What clocks do when it is time: once for each moment, with two workers too, and never against who is faster."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from sidan.core.actor import SYSTEM
from sidan.core.scope import everything
from sidan.limits.models import Firing, Timer
from sidan.limits.operations import NotDue, Terms, fire_timer, run_clock, set_limit
from sidan.limits.queries import due_timers
from sidan.limits.tasks import fire
from sidan.notify.enums import Topic
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.models import Order, OrderStep
from sidan.orders.operations import accept_order, admit_order, review_order
from tests.limits.helpers import HOUR
from tests.orders.scene import AT, Scene, build_scene, later


def kinds_told(scene: Scene, name: str) -> list[str]:
    return list(
        Notice.objects.filter(account_id=scene.accounts[name]).order_by("id").values_list("kind", flat=True)
    )


def last_step(order: Order) -> OrderStep:
    return OrderStep.objects.filter(order=order, machine="order").latest("turn")


def test_nothing_happens_before_half_of_the_time(scene: Scene) -> None:
    order = scene.placed()
    assert order.half_at is not None
    assert fire.run(at=order.half_at - timedelta(seconds=1)) == 0


def test_at_half_time_who_must_act_is_reminded_once(scene: Scene) -> None:
    order = scene.placed()
    assert order.half_at is not None
    assert fire.run(at=order.half_at) == 1
    assert fire.run(at=order.half_at + HOUR) == 0
    assert kinds_told(scene, "li").count("limit_half") == 1


def test_what_a_team_is_reminded_of_goes_out_as_a_thing_of_its_team(scene: Scene) -> None:
    terms = Terms(24, "hours", "who_acts_and_office", "remind")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="accept", terms=terms, reason="试行")
    scene.offered()
    Notice.objects.all().delete()
    assert [fire.run(at=later(hours=hours)) for hours in (13, 25)] == [1, 1]
    names = {account: name for name, account in scene.accounts.items()}
    rows = Notice.objects.values_list("account_id", "kind")
    assert {(names[account], kind, kind_of(kind).topic) for account, kind in rows} == {
        ("wang", "limit_half_for_team", Topic.TEAM), ("li", "limit_half", Topic.OFFICE),
        ("wang", "limit_end_for_team", Topic.TEAM), ("li", "limit_end", Topic.OFFICE),
    }  # fmt: skip


def test_an_offer_that_nobody_answers_goes_back_to_the_pool(scene: Scene) -> None:
    assignment = scene.offered()
    assert fire.run(at=later(hours=24)) == 1
    order = Order.unscoped.get()
    assignment.refresh_from_db()
    assert (order.state, assignment.state) == ("admitted", "withdrawn")
    step = last_step(order)
    assert (step.verb, step.reason_code, step.actor_id) == ("withdraw_offer", "expired", None)
    assert Timer.objects.get(ended_at=None).effect == "dispatch"
    assert kinds_told(scene, "li")[-1] == "limit_returned"
    assert "order_withdrawn" in kinds_told(scene, "wang")


def test_an_order_that_nobody_admits_goes_one_level_up(scene: Scene) -> None:
    order = scene.placed()
    Order.unscoped.filter(pk=order.pk).update(holder_place=scene.town)
    assert order.due_at is not None
    assert fire.run(at=order.due_at) == 1
    order = Order.unscoped.get()
    assert (order.holder_place_id, order.state) == (scene.center.pk, "submitted")
    assert last_step(order).reason_code == "overdue"
    assert order.due_at is not None
    assert Timer.objects.get(ended_at=None).due_at == order.due_at


def test_where_nobody_stands_above_those_who_must_act_are_told(scene: Scene) -> None:
    order = scene.placed()
    assert order.due_at is not None
    assert fire.run(at=order.due_at) == 1
    assert Firing.objects.get().did == "remind"
    assert Order.unscoped.get().holder_place_id == scene.center.pk
    assert kinds_told(scene, "li").count("limit_end") == 1
    assert fire.run(at=order.due_at + HOUR) == 0


def test_an_order_that_is_not_reviewed_is_closed_as_such(scene: Scene) -> None:
    order = Order.unscoped.get(pk=scene.placed().pk)
    done_by_hand(order)
    assert fire.run(at=later(days=3, hours=12)) == 1
    assert kinds_told(scene, "zhou")[-1] == "limit_review_half"
    assert fire.run(at=later(days=7)) == 1
    order.refresh_from_db()
    assert (order.state, last_step(order).reason_code) == ("closed", "not_reviewed")
    assert order.due_at is None
    assert not order.reviews.exists()


def test_a_named_person_is_told_to_see_to_it(scene: Scene) -> None:
    terms = Terms(2, "hours", "nobody", "to_person", person_id=scene.accounts["li"])
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="admit", terms=terms, reason="专人督办")
    scene.placed()
    assert fire.run(at=later(hours=1)) == 1
    assert "limit_half" not in kinds_told(scene, "li")
    assert fire.run(at=later(hours=2)) == 1
    assert kinds_told(scene, "li")[-1] == "limit_see_to_it"


def test_what_people_did_in_time_is_left_alone(scene: Scene) -> None:
    assignment = scene.offered()
    accept_order(actor=scene.actor("wang"), at=later(hours=23), assignment=assignment)
    fire.run(at=later(hours=24))
    assert Order.unscoped.get().state == "accepted"


def test_a_review_stops_the_clock(scene: Scene) -> None:
    order = Order.unscoped.get(pk=scene.placed().pk)
    done_by_hand(order)
    review_order(actor=scene.actor("zhou"), at=later(days=1), order=order, outcome="done")
    # Some closings are drawn for a call back by chance, and that has a clock of its own.
    fire.run(at=later(days=30))
    assert not Firing.objects.filter(timer__order=order).exists()


def test_a_moment_is_fired_once_whoever_asks(scene: Scene) -> None:
    order = scene.placed()
    timer = Timer.objects.get()
    assert order.half_at is not None
    fire_timer(at=order.half_at, timer_id=timer.pk)
    with pytest.raises(NotDue):
        fire_timer(at=order.half_at, timer_id=timer.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Firing.objects.create(timer=timer, kind="half", did="who_acts", at=AT)


def test_one_broken_clock_does_not_stop_the_others(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.placed()
    second = scene.placed()
    first = Timer.objects.order_by("id")[0].pk

    def breaks(*, at: object, timer_id: int) -> Firing:
        if timer_id == first:
            raise RuntimeError("broken")
        return fire_timer(at=second.half_at, timer_id=timer_id)  # type: ignore[arg-type] # it is due

    monkeypatch.setattr("sidan.limits.operations.fire_timer", breaks)
    with pytest.raises(RuntimeError):
        fire.run(at=second.half_at)  # type: ignore[arg-type] # as above
    assert Firing.objects.count() == 1


def done_by_hand(order: Order) -> None:
    """Bring an order to the end of a visit without one: only its clock is of interest here."""
    Order.unscoped.filter(pk=order.pk).update(state="done", turn=order.turn + 1)
    order.refresh_from_db()
    run_clock(order=order, step_id=last_step_id(order), at=AT)


def last_step_id(order: Order) -> int:
    """A step of the order's own that has no clock yet."""
    timer = Timer.objects.get(order=order)
    OrderStep.objects.create(
        order=order, turn=order.turn, machine="order", verb="finish", from_state="under_way", to_state="done",
        place_id=order.holder_place_id, county_id=order.county_id, at=AT,
    )  # fmt: skip
    assert timer.ended_at is None
    return last_step(order).pk


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_fire_each_moment_once() -> None:
    with everything("two workers"):
        scene = build_scene()
        orders = [scene.placed() for _number in range(6)]
    due = max(order.due_at for order in orders if order.due_at)
    gate = threading.Barrier(2)
    errors: list[Exception] = []

    def work() -> None:
        try:
            gate.wait()
            fire.run(at=due)
        except Exception as exc:  # noqa: BLE001 - whatever a thread meets is shown below
            errors.append(exc)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    fire.run(at=due)  # what both passed over because the other one held it
    assert Firing.objects.count() == len(orders)
    assert due_timers(at=due, most=10) == []


@pytest.mark.django_db(transaction=True)
def test_who_moves_an_order_at_this_moment_is_not_waited_for() -> None:
    with everything("a person and a worker"):
        scene = build_scene()
        order = scene.placed()
        timer_id = Timer.objects.get().pk
        assert order.due_at is not None
        seen: list[str] = []

        def work() -> None:
            try:
                fire_timer(at=order.due_at, timer_id=timer_id)  # type: ignore[arg-type] # checked above
            except NotDue:
                seen.append("not due")
            finally:
                connections.close_all()

        with transaction.atomic():
            admit_order(actor=scene.actor("li"), at=AT, order=order)
            worker = threading.Thread(target=work)
            worker.start()
            worker.join(timeout=20)
            assert seen == ["not due"]
        assert Order.unscoped.get().state == "admitted"
