"""A day that is made free is not counted by the clocks that run already: they end later, and nobody loses time."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date
from sidan.core.scope import everything
from sidan.limits.models import Firing, Running, TaskTimer, Timer, WishTimer
from sidan.limits.operations import Terms, set_limit
from sidan.limits.tasks import count_days_off, fire
from sidan.notify.models import Notice
from sidan.orders.models import Order, WorkPart
from sidan.orders.operations import SPOKEN, admit_order, dispatch_order, place_order_for
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.operations import load_national_days, set_working_day
from sidan.places.operations.working_days import NationalDay
from tests.cast import Cast
from tests.limits.helpers import DAY, HOUR, at_office_end
from tests.limits.test_clocks_of_wishes import again, wished
from tests.loop.killing import killed_at
from tests.orders.scene import AT, Scene, later
from tests.orders.splits import divided

MONDAY = date(2026, 11, 23)
"""The scene is of a Friday: what is to be admitted within a working day is due on this day."""
TUESDAY = MONDAY + DAY


def correct(place: Place, day: date, kind: str) -> None:
    set_working_day(actor=SYSTEM, at=AT, place_id=place.pk, day=day, kind=kind, reason="大雪放假")


def asked_for() -> list[dict[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(task_name="limits.count_days_off").order_by("id")
    return list(jobs.values_list("args", flat=True))


SOON = later(hours=1)


def count_again(*, at: datetime = SOON) -> int:
    """Run every job that was asked for, as a worker does; returns how many clocks were looked at."""
    return sum(int(str(count_days_off.run(at=at, **args))) for args in asked_for())


def ends(order: Order, of: type[Running] = Timer) -> tuple[object, object]:
    """When an order is due, and when its clock ends."""
    timer = of._default_manager.get(order=order, ended_at=None)
    return Order.unscoped.get(pk=order.pk).due_at, timer.due_at


def free(scene: Scene, day: date = MONDAY) -> None:
    correct(scene.center, day, "rests")
    count_again()


def test_an_order_due_on_a_day_that_is_made_free_is_due_on_the_working_day_after(scene: Scene) -> None:
    order = scene.placed()
    half = order.half_at
    assert ends(order) == (at_office_end(MONDAY),) * 2
    free(scene)
    assert ends(order) == (at_office_end(TUESDAY),) * 2
    timer = Timer.objects.get(order=order)
    kept = Order.unscoped.get(pk=order.pk)
    assert half is not None
    assert timer.half_at == timer.next_at == kept.half_at
    assert timer.half_at > half


def test_counted_twice_and_after_a_kill_it_is_later_once(scene: Scene) -> None:
    orders = [scene.placed(), scene.placed()]
    correct(scene.center, MONDAY, "rests")
    [args] = asked_for()
    for dies_at in range(1, 12):
        killed_at(dies_at, partial(count_days_off.run, at=AT, **args))
        for order in orders:
            due, timer = ends(order)
            assert due == timer
    count_again()
    count_again()
    assert [ends(order) for order in orders] == [(at_office_end(TUESDAY),) * 2] * 2


def test_a_day_that_is_worked_after_all_takes_no_time_from_what_runs(scene: Scene) -> None:
    saturday = MONDAY - 2 * DAY
    order = scene.placed()
    correct(scene.center, saturday, "works")
    assert asked_for() == []
    count_days_off.run(at=AT, place=scene.center.pk, first=saturday.isoformat(), last=saturday.isoformat())
    assert ends(order) == (at_office_end(MONDAY),) * 2
    assert scene.placed().due_at == at_office_end(saturday)
    free(scene)
    assert ends(order) == (at_office_end(TUESDAY),) * 2, (
        "no end on a day off, though it was counted shorter by now"
    )


def test_a_day_off_in_between_counts_no_more_and_one_after_the_end_changes_nothing(scene: Scene) -> None:
    terms = Terms(2, "working_days", "who_acts", "remind")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="admit", terms=terms, reason="试行")
    order = scene.placed()
    assert ends(order)[0] == at_office_end(TUESDAY)
    free(scene, MONDAY)
    assert ends(order)[0] == at_office_end(TUESDAY + DAY)
    free(scene, TUESDAY + 2 * DAY)
    assert ends(order)[0] == at_office_end(TUESDAY + DAY)


def test_office_hours_that_fall_on_a_day_off_come_later(scene: Scene) -> None:
    terms = Terms(10, "working_hours", "who_acts", "remind")
    set_limit(actor=SYSTEM, at=AT, place=scene.center, step="admit", terms=terms, reason="试行")
    order = scene.placed()
    assert order.due_at is not None
    assert order.due_at.date() == MONDAY
    free(scene)
    assert ends(order) == (order.due_at + DAY,) * 2


def test_hours_by_the_clock_and_other_places_keep_their_time(scene: Scene) -> None:
    order, urgent = scene.placed(), scene.placed(urgency="urgent")
    urgent = admit_order(actor=scene.actor("li"), at=AT, order=urgent)
    dispatch_order(actor=scene.actor("li"), at=AT, order=urgent, team=scene.team)
    assert urgent.due_at == AT + 2 * HOUR
    correct(scene.far_center, MONDAY, "rests")
    count_again()
    assert ends(order)[0] == at_office_end(MONDAY)
    correct(scene.center, AT.date(), "rests")
    count_again()
    assert ends(urgent)[0] == AT + 2 * HOUR


def test_what_was_told_as_over_is_late_no_more_once_the_day_is_free(scene: Scene) -> None:
    order = scene.placed()
    end = at_office_end(MONDAY)
    assert fire.run(at=end + HOUR) == 1
    correct(scene.center, MONDAY, "rests")
    for _twice in range(2):
        count_again(at=end + 2 * HOUR)
        assert ends(order) == (at_office_end(TUESDAY),) * 2
    wednesday = at_office_end(TUESDAY) + 15 * HOUR
    assert fire.run(at=wednesday - HOUR) == 0, "not on Tuesday morning, as it would have been"
    assert fire.run(at=wednesday) == 1
    told = Notice.objects.filter(account=scene.accounts["li"], kind__startswith="limit_")
    assert list(told.order_by("id").values_list("kind", flat=True)) == ["limit_end", "limit_end"]
    assert list(Firing.objects.order_by("id").values_list("kind", flat=True)) == ["end", "late"]


def test_what_is_late_by_the_corrected_calendar_too_goes_on_being_told(scene: Scene) -> None:
    order = scene.placed()
    fire.run(at=at_office_end(MONDAY))
    timer = Timer.objects.get(order=order)
    correct(scene.center, MONDAY, "rests")
    count_again(at=at_office_end(TUESDAY) + HOUR)
    assert ends(order) == (at_office_end(TUESDAY),) * 2
    assert Timer.objects.get(order=order).next_at == timer.next_at


def test_half_that_was_told_of_is_not_told_of_again(scene: Scene) -> None:
    order = scene.placed()
    assert order.half_at is not None
    fire.run(at=order.half_at)
    free(scene)
    timer = Timer.objects.get(order=order)
    assert timer.next_at == timer.due_at == at_office_end(TUESDAY)
    assert fire.run(at=timer.half_at) == 0


def test_parts_of_an_order_are_set_later_and_it_with_them(scene: Scene) -> None:
    order, _parts = divided(scene)
    before = Order.unscoped.get(pk=order.pk).due_at
    assert before == at_office_end(MONDAY)
    free(scene)
    tuesday = at_office_end(TUESDAY)
    assert set(WorkPart.objects.filter(order=order).values_list("due_at", flat=True)) == {tuesday}
    assert Order.unscoped.get(pk=order.pk).due_at == tuesday


@pytest.mark.django_db
def test_a_wish_is_answered_a_day_later(cast: Cast) -> None:
    wish = wished(cast)
    assert wish.due_at is not None
    correct(wish.county, business_date(wish.due_at), "rests")
    with everything("the job"):
        count_again()
    timer = WishTimer.objects.get(wish=wish)
    assert again(wish).due_at == timer.due_at > wish.due_at
    assert timer.next_at == timer.half_at == again(wish).half_at


def test_what_is_to_be_done_about_an_order_is_due_a_day_later(scene: Scene) -> None:
    zhou = Person.unscoped.get(account=scene.accounts["zhou"])
    order = place_order_for(
        actor=scene.actor("keeper"), at=AT, wish=scene.wish(), person=zhou, consent=SPOKEN
    )
    task = TaskTimer.objects.get(order=order)
    free(scene)
    task.refresh_from_db()
    assert (task.due_at, task.next_at) == (at_office_end(TUESDAY), task.half_at)


def test_what_is_done_meanwhile_is_left_alone(scene: Scene) -> None:
    zhou = Person.unscoped.get(account=scene.accounts["zhou"])
    order = place_order_for(
        actor=scene.actor("keeper"), at=AT, wish=scene.wish(), person=zhou, consent=SPOKEN
    )
    correct(scene.center, MONDAY, "rests")
    TaskTimer.objects.filter(order=order).update(ended_at=AT, next_at=None)
    count_again()
    assert TaskTimer.objects.get(order=order).due_at == at_office_end(MONDAY)


@pytest.mark.parametrize("kind", ["rests", "works"])
def test_days_off_of_the_country_are_counted_for_all_places_at_once(scene: Scene, kind: str) -> None:
    order = scene.placed()
    days = [NationalDay(MONDAY + timedelta(days=nth), kind, "spring_festival") for nth in range(3)]
    load_national_days(actor=SYSTEM, at=AT, days=days)
    assert len(asked_for()) == (1 if kind == "rests" else 0)
    count_again()
    ended = MONDAY + 3 * DAY if kind == "rests" else MONDAY
    assert ends(order) == (at_office_end(ended),) * 2
