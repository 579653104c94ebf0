"""Random people do random things to random orders, many times over: nothing is lost, nothing impossible happens."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sidan.attendance.models import Mark
from sidan.core.actor import SYSTEM
from sidan.core.errors import DomainError
from sidan.core.scope import everything, scoped
from sidan.limits.operations import Terms, set_limit
from sidan.limits.tasks import fire
from sidan.orders import operations
from sidan.orders.enums import ENDED, LIVE_ASSIGNMENT, LIVE_CALL
from sidan.orders.models import (
    Assignment,
    CallAnswer,
    OpenCall,
    Order,
    OrderHandover,
    OrderParty,
    OrderStep,
    TakeOver,
    Visit,
    WorkPart,
)
from sidan.orders.states import MACHINES, PART, UNDIVIDED, state_of_parts
from sidan.orders.tasks import end_take_overs
from sidan.people.access import scope_for
from tests.loop.looking import (
    each_moment_of_a_clock_did_its_work_once,
    what_is_open_has_its_clock_and_what_has_ended_none,
)
from tests.orders.scene import AT, Scene
from tests.orders.verbs import VERBS, parts_of
from tests.orders.who_may import (
    FITTING,
    HANDLING,
    MAY,
    ON_ENDED,
    PEOPLE,
    TAKEN_ANEW,
    WAY_ROUND,
    WHILE_SPLIT,
)


class AnyOrderOfActs(RuleBasedStateMachine):
    """One county, three orders at most, and everybody trying everything."""

    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.at: datetime = AT
        self.numbers: list[str] = []
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(how_many=st.integers(1, 2))
    def begin(self, how_many: int) -> None:
        for _order in range(how_many):
            self.place()

    @rule()
    def place(self) -> None:
        if len(self.numbers) < 3:
            wish = self.scene.wish(wished_from=self.at, wished_to=self.at + timedelta(hours=3))
            self.numbers.append(
                operations.place_order(actor=self.scene.actor("zhou"), at=self.at, wish=wish).number
            )

    @rule(who=st.sampled_from(PEOPLE), verb=st.sampled_from(sorted(MAY)), which=st.integers(0, 2))
    def act(self, who: str, verb: str, which: int) -> None:
        if not self.numbers:
            return
        number = self.numbers[which % len(self.numbers)]
        self.at += timedelta(minutes=1)
        before, may = self._picture(number), self._may(verb, number)
        try:
            with transaction.atomic(), scoped(scope_for(self.scene.actor(who))):
                VERBS[verb](self, self.scene, who, number)
        except DomainError:
            assert self._picture(number) == before, f"{who}'s refused {verb} changed something"
            return
        assert who in may, f"{who} must not succeed with {verb} here"

    def _may(self, verb: str, number: str) -> set[str]:
        """Return who may succeed with a verb now, by where the order lies."""
        holder = Order.unscoped.values_list("holder_place", flat=True).get(number=number)
        may = set(MAY[verb])
        if verb in HANDLING and holder in {self.scene.town.pk, self.scene.station.pk}:
            may.add("director")
        if verb in HANDLING and holder == self.scene.station.pk:
            may.add("keeper")
        return may

    @rule(nth=st.sampled_from(range(28)), which=st.integers(0, 1))
    def the_right_one_acts(self, nth: int, which: int) -> None:
        """Whoever may, does something that fits: every verb of the table is reached by this."""
        verb = self._fitting(which, nth)
        right = sorted(self._may(verb, self.numbers[which % len(self.numbers)]))
        self.act(who=right[nth % len(right)], verb=verb, which=which)

    @rule(who=st.sampled_from(PEOPLE), nth=st.sampled_from(range(28)), which=st.integers(0, 1))
    def anyone_tries_what_fits(self, who: str, nth: int, which: int) -> None:
        """Anyone tries a verb that somebody could do now: this is where a missing right would show."""
        self.act(who=who, verb=self._fitting(which, nth), which=which)

    def _fitting(self, which: int, nth: int) -> str:
        number = self.numbers[which % len(self.numbers)]
        if parts_of(number) and Order.unscoped.get(number=number).state not in ENDED | {"done"}:
            return WHILE_SPLIT[nth % len(WHILE_SPLIT)]
        fitting = FITTING[Order.unscoped.values_list("state", flat=True).get(number=number)]
        return fitting[nth % len(fitting)]

    @rule(which=st.integers(0, 2), far=st.sampled_from((2, 3, 5, 7, 10)))
    def hurry_one_along(self, which: int, far: int) -> None:
        """Help chance: the right people take the next steps in the right order, so that late states are reached."""
        for who, verb in WAY_ROUND[:far]:
            self.act(who=who, verb=verb, which=which)

    @rule(who=st.sampled_from(("wang", "zhao", "qian", "sun")), which=st.integers(0, 1))
    def old_pages_are_sent_when_a_team_has_the_order_anew(self, who: str, which: int) -> None:
        """What was handed back has ended for good, although its order is with a team again."""
        for each, step in TAKEN_ANEW:
            self.act(who=each, verb=step, which=which)
        for verb in ON_ENDED:
            self.act(who=who, verb=verb, which=which)

    def _picture(self, number: str) -> tuple[object, ...]:
        with everything("comparing before and after"):
            order = Order.unscoped.get(number=number)
            return (
                order.state,
                order.holder_place_id,
                OrderParty.objects.filter(order=order, until=None).count(),
                order.turn,
                OrderStep.objects.filter(order=order).count(),
                sorted(Assignment.objects.filter(order=order).values_list("id", "state")),
                sorted(Visit.objects.filter(assignment__order=order).values_list("id", "state")),
                Mark.objects.filter(cause__visit__assignment__order=order).count(),
                sorted(OpenCall.objects.filter(order=order).values_list("id", "state")),
                sorted(CallAnswer.objects.filter(call__order=order).values_list("id", "state")),
                sorted(TakeOver.objects.filter(order=order).values_list("id", "state")),
                sorted(WorkPart.objects.filter(order=order).values_list("id", "state", "ended_at")),
            )

    @invariant()
    def every_history_is_whole_and_walks_the_tables(self) -> None:
        for number in self.numbers:
            order = Order.unscoped.get(number=number)
            steps = list(OrderStep.objects.filter(order=order))
            assert [step.turn for step in steps] == list(range(1, order.turn + 1))
            present: dict[tuple[str, int | None], str] = {}
            for step in steps:
                thing = (
                    step.machine,
                    {"assignment": step.assignment_id, "visit": step.visit_id}.get(step.machine),
                )
                rule_ = (MACHINES[step.machine] | (PART if step.part_id else {}))[step.verb]
                assert step.from_state == present.get(thing, "")
                if not (step.machine == "order" and step.part_id):
                    assert step.from_state in rule_.sources
                    assert step.to_state == rule_.reached_from(step.from_state)
                present[thing] = step.to_state
            assert present.pop(("order", None)) == order.state
            for (machine, key), state in present.items():
                model: Any = Assignment if machine == "assignment" else Visit
                assert model.objects.get(pk=key).state == state

    @invariant()
    def an_order_lies_where_its_last_hand_over_put_it_and_counts_where_it_arose(self) -> None:
        for number in self.numbers:
            order = Order.unscoped.get(number=number)
            moved = OrderHandover.objects.filter(order=order).exclude(kind="ask_help").order_by("step__turn")
            last = moved.last()
            assert order.holder_place_id == (last.to_place_id if last else self.scene.center.pk)
            assert order.origin_place_id == self.scene.station.pk
            gave = set(moved.values_list("from_place", flat=True))
            still = OrderParty.objects.filter(order=order, until=None).values_list("place", flat=True)
            assert gave <= set(still), "whoever handed over still sees it"

    @invariant()
    def one_team_at_a_time_and_nobody_leaves_before_coming(self) -> None:
        for number in self.numbers:
            if parts_of(number):
                continue
            live = Assignment.objects.filter(order__number=number, state__in=LIVE_ASSIGNMENT)
            assert live.count() <= 1
            state = Order.unscoped.values_list("state", flat=True).get(number=number)
            calling = OpenCall.objects.filter(order__number=number, state__in=LIVE_CALL).count()
            assert calling + live.filter(state="offered").count() == (state == "dispatched")
            assert (calling + live.count() == 1) == (
                state in {"dispatched", "accepted", "scheduled", "under_way"}
            )
        came = set(Mark.objects.filter(direction="in").values_list("cause", "person"))
        assert set(Mark.objects.filter(direction="out").values_list("cause", "person")) <= came

    @invariant()
    def a_split_order_stands_where_its_parts_let_it(self) -> None:
        for number in self.numbers:
            order, parts = Order.unscoped.get(number=number), parts_of(number)
            if not parts or order.state in ENDED:
                continue
            for part in parts:
                live = part.assignments.filter(state__in=LIVE_ASSIGNMENT)
                calling = OpenCall.objects.filter(part=part, state__in=LIVE_CALL).count()
                assert calling + live.filter(state="offered").count() == (part.state == "dispatched")
                with_team = {"dispatched", "accepted", "scheduled", "under_way"}
                assert calling + live.count() == (part.state in with_team)
            derived = state_of_parts([part.state for part in parts])
            assert order.state == derived or (derived == "admitted" and order.state in UNDIVIDED)
            assert not Assignment.objects.filter(order=order, part=None, state__in=LIVE_ASSIGNMENT).exists()

    @invariant()
    def a_request_to_take_over_stands_only_beside_a_share_that_is_held(self) -> None:
        for asked in TakeOver.objects.filter(order__number__in=self.numbers):
            if asked.state == "open":
                assert asked.assignment.state == "accepted"
            if asked.state == "accepted":
                assert asked.assignment.state == ("passed_on" if asked.to_team_id else "released")
        passed_on = Assignment.objects.filter(order__number__in=self.numbers, state="passed_on").count()
        taken = TakeOver.objects.filter(state="accepted", to_team__isnull=False)
        assert taken.count() == passed_on

    @invariant()
    def an_offer_stands_while_its_call_does_and_who_chooses_has_something_to_choose(self) -> None:
        for call in OpenCall.objects.filter(order__number__in=self.numbers):
            standing = call.answers.filter(state="applied").count()
            assert standing <= (2 if call.state in LIVE_CALL else 0)
            assert standing or call.state != "choosing"

    @invariant()
    def what_is_open_has_a_clock_each_part_its_own_and_no_moment_comes_twice(self) -> None:
        each_moment_of_a_clock_did_its_work_once()
        for order in Order.unscoped.filter(number__in=self.numbers):
            what_is_open_has_its_clock_and_what_has_ended_none(order)

    @rule(hours=st.sampled_from((1, 5, 13, 40)))
    def time_passes_and_clocks_and_requests_end(self, hours: int) -> None:
        """What a clock does may start another whose time is short; they come to rest."""
        self.at += timedelta(hours=hours)
        for _twice in range(2):
            end_take_overs.run(at=self.at)
        for _turn in range(20):
            if not fire.run(at=self.at):
                break
        else:
            raise AssertionError("clocks never come to rest")
        assert not TakeOver.objects.filter(state="open", until__lte=self.at).exists()
        assert not OpenCall.objects.filter(state="open", until__lte=self.at).exists()


@pytest.mark.django_db
def test_whatever_people_do_the_loop_stays_whole(scene: Scene) -> None:
    AnyOrderOfActs.scene = scene
    for step, at_end in (("accept", "widen"), ("contact", "to_pool"), ("visit", "up")):
        terms = Terms(30, "hours", "who_acts", at_end)
        set_limit(actor=SYSTEM, at=AT, place=scene.center, step=step, terms=terms, reason="试行")
    run_state_machine_as_test(
        AnyOrderOfActs,
        settings=settings(
            max_examples=15,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
            deadline=None,
        ),
    )
