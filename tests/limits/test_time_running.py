"""Two years pass, with holidays and worked weekends of both, while people act or not, and workers are late or die."""

import os
import signal
from datetime import datetime, timedelta

import pytest
from django.db import connections, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import DomainError
from sidan.core.scope import everything
from sidan.limits.models import Firing, Timer
from sidan.limits.operations import fire_timer
from sidan.limits.policies import STEP_OF_STATE
from sidan.limits.tasks import fire
from sidan.orders.models import Assignment, Order, OrderStep
from sidan.orders.operations import (
    Wish,
    accept_order,
    admit_order,
    decline_order,
    dispatch_order,
    place_order,
)
from sidan.places.operations import read_national_days
from tests.limits.helpers import DAY, HOUR
from tests.orders.scene import Scene, build_scene

BEGINS = datetime(2025, 1, 6, 9, 0, tzinfo=BUSINESS_ZONE)
MONTHS = 34
"""To begin in any of them: two years with weekends that are worked, and a third that has the days of the law only."""
DAYS_OF_LAW = {each.day: each.kind == "works" for each in read_national_days()}


def is_worked(at: datetime) -> bool:
    """Say it a second time and independently of the code: whether a moment's day is worked."""
    day = at.astimezone(BUSINESS_ZONE).date()
    return DAYS_OF_LAW.get(day, day.weekday() not in {5, 6})


class TimeRuns(RuleBasedStateMachine):
    """One county, four orders at most; half of the time nobody does anything."""

    scene: Scene

    @initialize(month=st.integers(0, MONTHS))
    def begin(self, month: int) -> None:
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.at = BEGINS + month * 30 * DAY

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._undo.__exit__(None, None, None)

    @rule(urgency=st.sampled_from(["normal", "urgent"]), ahead=st.integers(1, 20))
    def ask(self, urgency: str, ahead: int) -> None:
        if Order.unscoped.count() < 4:
            wish = Wish(
                self.scene.project.uuid, self.at + ahead * DAY, self.at + ahead * DAY + HOUR, urgency=urgency
            )
            place_order(actor=self.scene.actor("zhou"), at=self.at, wish=wish)

    @rule(number=st.integers(0, 3), verb=st.sampled_from(["admit", "dispatch", "accept", "decline"]))
    def act(self, number: int, verb: str) -> None:
        orders = list(Order.unscoped.select_related("project").order_by("id"))
        if number < len(orders):
            before = self._picture(orders[number])
            try:
                with transaction.atomic():
                    self._do(orders[number], verb)
            except DomainError:
                # It does not fit the state the order is in: then nothing may be different, its clocks neither.
                assert self._picture(orders[number]) == before

    def _picture(self, order: Order) -> tuple[object, ...]:
        fresh = Order.unscoped.get(pk=order.pk)
        clocks = Timer.objects.filter(order=order).order_by("pk").values_list()
        return fresh.state, fresh.turn, fresh.due_at, fresh.half_at, list(clocks)

    def _do(self, order: Order, verb: str) -> None:
        li, wang = self.scene.actor("li"), self.scene.actor("wang")
        if verb == "admit":
            admit_order(actor=li, at=self.at, order=order)
        elif verb == "dispatch":
            dispatch_order(actor=li, at=self.at, order=order, team=self.scene.team)
        else:
            offered = (
                Assignment.objects.filter(order=order, state="offered")
                .select_related("order", "team")
                .first()
            )
            if offered and verb == "accept":
                accept_order(actor=wang, at=self.at, assignment=offered)
            elif offered:
                decline_order(actor=wang, at=self.at, assignment=offered, reason="no_people")

    @rule(hours=st.integers(1, 400))
    def wait(self, hours: int) -> None:
        """Time passes; a worker comes by, late or not, and comes again until there is nothing to do."""
        self.at += timedelta(hours=hours)
        for _turn in range(20):
            if not fire.run(at=self.at):
                left = Timer.objects.filter(ended_at=None, next_at__lte=self.at)
                assert not left.exists(), list(left)
                return
        raise AssertionError("clocks never come to rest")

    @invariant()
    def each_open_order_has_one_clock_and_shows_it(self) -> None:
        for order in Order.unscoped.all():
            running = list(Timer.objects.filter(order=order, ended_at=None))
            step = STEP_OF_STATE.get(order.state)
            assert [timer.effect for timer in running] == ([step] if step else [])
            assert order.due_at == (running[0].due_at if running else None)

    @invariant()
    def what_is_counted_in_working_days_ends_on_one(self) -> None:
        for timer in Timer.objects.select_related("limit").filter(limit__unit="working_days"):
            assert is_worked(timer.due_at)
            assert is_worked(timer.half_at)
            assert timer.begun_at < timer.half_at < timer.due_at

    @invariant()
    def nothing_is_left_undone_and_nothing_done_too_early(self) -> None:
        for firing in Firing.objects.select_related("timer"):
            moment = firing.timer.half_at if firing.kind == "half" else firing.timer.due_at
            assert moment <= firing.at
        expired = OrderStep.objects.filter(reason_code="expired", machine="order").count()
        assert Firing.objects.filter(did="to_pool").count() == expired


@pytest.mark.django_db
def test_whatever_time_does_each_order_has_its_clock(scene: Scene) -> None:
    TimeRuns.scene = scene
    run_state_machine_as_test(
        TimeRuns,
        settings=settings(
            max_examples=15, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_act_and_its_row_leaves_both_to_the_next_one() -> None:
    with everything("a worker that is killed"):
        scene = build_scene()
        order = scene.offered().order
        timer_id = Timer.objects.get(ended_at=None).pk
        connections.close_all()  # a child may not share it
        child = os.fork()
        if child == 0:
            # What follows never returns: the child dies after the order was moved, before it is written down.
            Firing.objects.create = lambda **_row: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign] # the moment of death
            try:
                fire_timer(at=order.created_at + 2 * DAY, timer_id=timer_id)
            finally:
                os._exit(3)
        _pid, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        assert Order.unscoped.get().state == "dispatched"
        assert Firing.objects.count() == 0
        assert fire.run(at=order.created_at + 2 * DAY) == 1
        assert fire.run(at=order.created_at + 2 * DAY) == 0
        assert Order.unscoped.get().state == "admitted"
        assert OrderStep.objects.filter(reason_code="expired", machine="order").count() == 1
