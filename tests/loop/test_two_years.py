"""Every verb of the loop on a random tree for two years: limits run, days are corrected, places move, workers die.

Another dozen runs each time; one that fails is told with what repeats it. How to go deeper stands in docs/testing.md.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sidan.analytics.operations import catch_up
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.errors import DomainError
from sidan.core.scope import everything, scoped
from sidan.limits.tasks import count_days_off, fire, start_missing
from sidan.notify.operations import fill_outbox
from sidan.orders import operations
from sidan.orders.models import Order, OrderStep, WorkPart
from sidan.orders.states import MACHINES
from sidan.orders.tasks import end_calls, end_take_overs
from sidan.people.access import scope_for
from sidan.people.models import Person
from sidan.reviews.tasks import check_missing
from sidan.talk.operations import say
from tests.figures import ENDED
from tests.loop import looking
from tests.loop.county import ENTERING, County, grow
from tests.loop.killing import killed_at
from tests.orders.scene import Scene, build_scene
from tests.orders.verbs import VERBS
from tests.orders.who_may import FITTING, HANDLING, MAY, WAY_ROUND, WHILE_SPLIT

BEGINS = datetime(2025, 1, 13, 9, 0, tzinfo=BUSINESS_ZONE)
MONTHS = 34
MOST_ORDERS = 3
DYING = st.sampled_from([0, 0, 1, 2, 3, 5, 8])
"""At which of its statements a process dies; 0 is not at all."""
WAITS = (1, 13, 30, 100, 260, 700)
"""Hours."""
EVENTS = (
    "time_passes", "time_passes", "someone_asks", "a_job_runs_twice", "one_is_hurried_along",
    "staff_correct_the_calendar", "a_station_moves", "everybody_looks", "anyone_tries",
)  # fmt: skip
JOBS: dict[str, Callable[[datetime], object]] = {
    "fire": lambda at: fire.run(at=at),
    "start_missing": lambda at: start_missing.run(at=at),
    "end_calls": lambda at: end_calls.run(at=at),
    "end_take_overs": lambda at: end_take_overs.run(at=at),
    "check_missing": lambda at: check_missing.run(at=at),
    "fill_outbox": lambda at: fill_outbox(at=at),
    "catch_up": lambda _at: catch_up(),
}
SAID = {"half": 3, "done": 5, "not_done": 1, "still_needed": 2}
OVER = ENDED | {"done"}
ALSO = {"review_for": "done", "review_by_code": "done", "talk": "accepted"}
"""What the table of the other machine does not have, and where it fits."""


WAYS = (
    "li:admit li:dispatch wang:accept wang:name wang:schedule zhao:check_in zhao:check_out zhao:go_on wang:schedule"
    " zhao:check_in zhao:check_out zhao:report li:review_for",
    "li:admit li:dispatch wang:decline li:dispatch li:withdraw_offer li:call li:end_call li:call wang:claim"
    " wang:schedule wang:release li:call_to_fit wang:apply wang:take_offer_back wang:apply li:pick wang:ask_take_over"
    " sun:keep wang:ask_take_over sun:take_over sun:ask_office li:leave sun:ask_office li:take_back"
    " li:dispatch wang:accept wang:name wang:schedule zhao:check_in zhao:check_out wang:give_up li:close"
    " li:reopen li:change",
    "li:send_down li:pass_up li:ask_help li:refuse",
    "li:admit zhou:change li:cancel_for",
    "li:admit li:split li:join li:split li:leave_out li:dispatch wang:accept",
    "li:admit li:cannot li:dispatch",
    "li:admit zhou:danger",
    "! + li:merge",
    "zhou:cancel",
)
"""Who does what, one after the other, so that every verb of the tables is walked.

"+" is one more order, "!" an urgent one to begin with.
"""


class TwoYears(RuleBasedStateMachine):
    """One county with a tree of its own, at most three orders, and everything that happens to them."""

    scene: Scene

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[str] = []
        self.clocks: set[int] = set()
        self.refused: DomainError | None = None
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        try:
            if self.numbers:
                looking.every_place_has_its_own_and_its_children_s_figures(self.county)
                looking.the_counters_are_what_counting_anew_gives()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @initialize(
        month=st.integers(0, MONTHS), towns=st.integers(0, 2), under=st.lists(st.integers(0, 2), max_size=3),
        home=st.integers(0, 5),
    )  # fmt: skip
    def begin(self, month: int, towns: int, under: list[int], home: int) -> None:
        self.at = BEGINS + timedelta(days=30 * month)
        self.county: County = grow(self.scene, towns=towns, under=under, home=home)
        self.place()

    def place(self, nth: int = 0) -> None:
        """Somebody asks, for herself or by the office, in private or not."""
        if len(self.numbers) == MOST_ORDERS:
            return
        wish = self.scene.wish(
            wished_from=self.at, wished_to=self.at + timedelta(hours=3), is_private=nth % 4 == 3,
            urgency="urgent" if nth % 3 == 1 else "normal",
        )  # fmt: skip
        self.numbers.append(self._placed(wish, nth).number)

    def _placed(self, wish: operations.Wish, nth: int) -> Order:
        if nth % 5 != 4:
            return operations.place_order(actor=self.scene.actor("zhou"), at=self.at, wish=wish)
        zhou = Person.unscoped.get(account=self.scene.accounts["zhou"])
        return operations.place_order_for(
            actor=self.scene.actor("li"), at=self.at, wish=wish, person=zhou, consent=operations.SPOKEN
        )

    @rule(
        which=st.integers(0, 2), turns=st.lists(st.integers(0, 60), min_size=2, max_size=8), dies=DYING,
        event=st.sampled_from(EVENTS), nth=st.integers(0, 60),
    )  # fmt: skip
    def life_goes_on(self, which: int, turns: list[int], dies: int, event: str, nth: int) -> None:
        """Whoever may does what fits; then something happens. A process may die at any of its statements, and then it
        is done again. One rule for all of it: an example that leaves out a kind of event reaches little.
        """
        number = self._number(which)
        for turn in turns:
            self._right_one_acts(number, turn, dies)
        getattr(self, event)(nth, dies)

    def _right_one_acts(self, number: str, nth: int, dies: int) -> None:
        verb = self._fitting(number, nth)
        right = sorted(self._may(verb, number)) or ["li"]
        who = right[nth % len(right)]
        if dies:
            before = self._picture(number)
            if killed_at(dies, partial(self._try, verb, who, number)):
                assert self._picture(number) == before, f"{verb} was killed and left something"
        self.act(who, verb, number)

    def someone_asks(self, nth: int, _dies: int) -> None:
        self.place(nth)

    def anyone_tries(self, nth: int, _dies: int) -> None:
        for who in sorted(self.scene.accounts):
            number = self._number(nth)
            self.act(who, self._fitting(number, nth), number)

    def one_is_hurried_along(self, nth: int, _dies: int) -> None:
        for who, verb in WAY_ROUND[: 3 + nth % 7]:
            self.act(who, verb, self._number(nth))

    def time_passes(self, nth: int, dies: int) -> None:
        """A worker comes by, late or not, dies or not; another comes until there is nothing to do."""
        self.at += timedelta(hours=WAITS[nth % len(WAITS)])
        if dies:
            killed_at(dies, lambda: fire.run(at=self.at))
            looking.each_moment_of_a_clock_did_its_work_once()
        for _turn in range(20):
            if not fire.run(at=self.at):
                return
        raise AssertionError("clocks never come to rest")

    def a_job_runs_twice(self, nth: int, dies: int) -> None:
        job = sorted(JOBS)[nth % len(JOBS)]
        if dies:
            killed_at(dies, lambda: JOBS[job](self.at))
        for _twice in range(2):
            JOBS[job](self.at)

    def staff_correct_the_calendar(self, nth: int, dies: int) -> None:
        """The job that follows may die and run twice; no clock ends earlier by it, or on a day that is free now."""
        places = self.county.places[1:]
        day = business_date(self.at) + timedelta(days=nth % 12)
        kind = ("works", "rests", "as_above")[nth % 3]
        place = places[nth % len(places)]
        self.county.correct_day(place, day, kind=kind, at=self.at)
        before = looking.ends_of_clocks()
        count = partial(
            count_days_off.run, at=self.at, place=place.pk, first=day.isoformat(), last=day.isoformat()
        )
        if dies:
            killed_at(dies, count)
        for _twice in range(2):
            count()
        looking.clocks_end_later_or_as_before(self.county, before, place=place, day=day)

    def a_station_moves(self, nth: int, _dies: int) -> None:
        """From today on, or dated back, when what it takes along is counted or is not."""
        for _twice in range(nth % 3):
            catch_up()
        county = self.county
        moved = county.stations[nth % len(county.stations)]
        county.reorganise(moved, county.towns[nth // 3 % len(county.towns)], at=self.at, days_back=nth % 4)

    def everybody_looks(self, nth: int, _dies: int) -> None:
        order = Order.unscoped.get(number=self._number(nth))
        looking.whoever_may_sees_it_and_nobody_else(self.county, order)

    def walk(self, way: str) -> None:
        """Walk one way with a new order: each act must succeed, and all is looked at after it."""
        self.numbers = []
        # Each way chooses the same places, however long the way before it was.
        self.at += timedelta(minutes=(12 - self.at.minute) % 60)
        urgent = way.startswith("!")
        self.place(nth=1 if urgent else 0)
        for said in way.lstrip("!").split():
            if said == "+":
                self.place()
                continue
            who, verb = said.split(":")
            # Tables of others choose the team and the place by the minute.
            self.at += timedelta(minutes=(-self.at.minute) % 12)
            before = self._picture(self.numbers[0])
            self.act(who, verb, self.numbers[0])
            assert self._picture(self.numbers[0]) != before, f"{said}: {self.refused!r}, on {way}"
            self.the_loop_is_whole()
        self.everybody_looks(0, 0)

    def act(self, who: str, verb: str, number: str) -> None:
        """Do it or be refused; who is refused has changed nothing, and who may not is refused."""
        self.at += timedelta(minutes=1)
        before, may = self._picture(number), self._may(verb, number)
        try:
            with transaction.atomic(), scoped(scope_for(self.scene.actor(who))):
                self._do(verb, who, number)
        except DomainError as refusal:
            assert self._picture(number) == before, f"{who}'s refused {verb} changed something"
            self.refused = refusal
            return
        assert who in may, f"{who} must not succeed with {verb} here"

    def _try(self, verb: str, who: str, number: str) -> None:
        """Do it in no transaction but the operation's own: who is killed in it must leave nothing."""
        try:
            self._do(verb, who, number)
        except DomainError:
            return

    def _do(self, verb: str, who: str, number: str) -> None:
        if verb in VERBS and verb != "send_down":
            VERBS[verb](self, self.scene, who, number)
            return
        order, actor = Order.unscoped.get(number=number), self.scene.actor(who)
        outcome = sorted(SAID)[self.at.minute % len(SAID)]
        said = operations.Said(outcome, SAID[outcome], "", "早点来")
        if verb == "review_for":
            operations.review_order_for(actor=actor, at=self.at, order=order, said=said, channel="telephone")
        elif verb == "review_by_code":
            operations.review_order_by_code(at=self.at, order=order, said=said, channel="paper")
        elif verb == "talk":
            say(actor=actor, at=self.at, order=order, words="我们下午来")
        else:
            below = [*self.county.towns, *self.county.stations]
            to = below[self.at.minute % len(below)]
            operations.send_down_order(actor=actor, at=self.at, order=order, to=to, reason="nearer")

    def _number(self, which: int) -> str:
        return self.numbers[which % len(self.numbers)]

    def _fitting(self, number: str, nth: int) -> str:
        state = Order.unscoped.values_list("state", flat=True).get(number=number)
        if WorkPart.objects.filter(order__number=number, ended_at=None).exists() and state not in OVER:
            return WHILE_SPLIT[nth % len(WHILE_SPLIT)]
        fits = [*FITTING[state], *(verb for verb, where in ALSO.items() if where == state)]
        return fits[nth % len(fits)]

    def _may(self, verb: str, number: str) -> set[str]:
        """Return who may succeed with a verb, by where the order lies and arose."""
        order = Order.unscoped.get(number=number)
        if verb in {"talk", "danger"}:
            return looking.should_talk(self.county, order)
        if verb == "review_by_code":
            return set(self.scene.accounts)
        places = (order.holder_place_id, order.origin_place_id)
        if verb in {"review_for", "cancel_for", "change"}:
            return looking.offices(self.county, order, ENTERING, *places) | MAY.get(verb, set())
        if verb in HANDLING:
            return looking.deciders(self.county, order)
        return MAY[verb]

    def _picture(self, number: str) -> tuple[Any, ...]:
        with everything("comparing before and after"):
            order = Order.unscoped.get(number=number)
            return (
                order.state,
                order.holder_place_id,
                order.turn,
                order.due_at,
                order.half_at,
                looking.rows_of(order),
            )

    @invariant()
    def the_loop_is_whole(self) -> None:
        if not self.numbers:
            return
        looking.no_rule_of_the_data_is_broken()
        looking.each_moment_of_a_clock_did_its_work_once()
        looking.new_clocks_end_on_days_that_are_worked(self.county, self.clocks)
        looking.nobody_is_told_twice()
        for order in Order.unscoped.filter(number__in=self.numbers):
            looking.every_step_stands_in_the_tables(order)
            looking.what_is_open_has_its_clock_and_what_has_ended_none(order)


@pytest.fixture
def county() -> Iterator[None]:
    """The scene, in sight of everything; the counters are kept by a job that believes all others to have ended.

    All of it is one transaction, for whose end the job would wait.
    """
    TwoYears.scene = build_scene()
    with everything("a test of the loop"), patch("sidan.analytics.operations._have_ended", return_value=True):
        yield


@pytest.mark.django_db
def test_whatever_happens_in_two_years_the_loop_stays_whole(county: None) -> None:
    deep = settings.get_current_profile_name() == "deep"
    run_state_machine_as_test(
        TwoYears,
        settings=settings(
            max_examples=1500 if deep else 12, stateful_step_count=25 if deep else 10, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), print_blob=True, phases=(Phase.generate, Phase.shrink),
        ),
    )  # fmt: skip


@pytest.mark.django_db
def test_every_verb_of_the_tables_can_be_walked_and_leaves_the_loop_whole(county: None) -> None:
    run = TwoYears()
    try:
        run.begin(month=3, towns=1, under=[0, 1], home=0)
        for way in WAYS:
            run.walk(way)
        walked = {(machine, verb) for machine, table in MACHINES.items() for verb in table}
        missing = walked - set(OrderStep.objects.values_list("machine", "verb"))
        assert not missing, f"give them a way to go in WAYS: {sorted(missing)}"
    finally:
        run.teardown()
