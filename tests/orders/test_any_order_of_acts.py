"""Random people do random things to random orders, many times over: nothing is lost, nothing impossible happens."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sidan.attendance.models import Mark
from sidan.attendance.operations import Proof
from sidan.core.errors import DomainError, NotFound
from sidan.core.scope import everything, scoped
from sidan.orders import operations, queries
from sidan.orders.enums import ENDED, LIVE_ASSIGNMENT, LIVE_CALL, Reason
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
from sidan.orders.states import MACHINES, UNDIVIDED, state_of_parts
from sidan.orders.tasks import end_take_overs
from sidan.people.access import scope_for
from sidan.people.models import Person
from tests.orders.scene import AT, Scene

PEOPLE = ("zhou", "li", "wang", "zhao", "qian", "sun", "director", "keeper", "supervisor", "mallory")
HAND = Proof(way="hand", reason_code="other")

MAY: dict[str, set[str]] = {
    "admit": {"li"},
    "refuse": {"li"},
    "dispatch": {"li"},
    "withdraw_offer": {"li"},
    "close": {"li"},
    "reopen": {"li"},
    "merge": {"li"},
    "change": {"zhou", "li", "keeper", "director"},
    "cancel": {"zhou"},
    "review": {"zhou"},
    "accept": {"wang", "sun"},
    "decline": {"wang", "sun"},
    "name": {"wang", "sun"},
    "schedule": {"wang", "sun"},
    "check_in": {"zhao", "qian", "wang"},
    "check_out": {"zhao", "qian", "wang"},
    "call": {"li"},
    "call_to_fit": {"li"},
    "claim": {"wang", "sun"},
    "apply": {"wang", "sun"},
    "pick": {"li"},
    "end_call": {"li"},
    "release": {"wang", "sun"},
    "ask_take_over": {"wang", "sun"},
    "ask_office": {"wang", "sun"},
    "take_over": {"wang", "sun"},
    "keep": {"wang", "sun"},
    "withdraw_asked": {"wang", "sun"},
    "take_back": {"li"},
    "leave": {"li"},
    "split": {"li"},
    "join": {"li"},
    "leave_out": {"li"},
    "go_on": {"zhao", "qian", "wang", "sun"},
    "report": {"zhao", "qian", "wang", "sun"},
    "give_up": {"zhao", "qian", "wang", "sun"},
    "pass_up": {"li"},
    "ask_help": {"li"},
    "send_down": {"li"},
}
"""Said a second time and independently of the code: who may ever succeed with a verb in this scene."""

HANDLING = frozenset(
    (
        "admit",
        "refuse",
        "dispatch",
        "withdraw_offer",
        "close",
        "reopen",
        "merge",
        "call",
        "call_to_fit",
        "pick",
        "end_call",
        "take_back",
        "leave",
        "split",
        "join",
        "leave_out",
    )
) | frozenset({"pass_up", "ask_help", "send_down"})
HANDING = frozenset({"pass_up", "ask_help"})
"""What else is allowed where an order was sent down to: the director decides in the town and below, the keeper of the
station hands over what the station holds."""

WAY_ROUND = (
    ("li", "admit"), ("li", "dispatch"), ("wang", "accept"), ("wang", "name"), ("wang", "schedule"),
    ("zhao", "check_in"), ("zhao", "check_out"), ("zhao", "report"), ("zhou", "review"), ("li", "reopen"),
)  # fmt: skip


TAKING_OVER = ["ask_take_over", "ask_office", "take_over", "keep", "withdraw_asked", "take_back", "leave"]
FITTING: dict[str, list[str]] = {
    "submitted": ["admit", "refuse", "cancel", "change", "merge", "send_down", "pass_up", "ask_help"],
    "admitted": [
        "dispatch",
        "call",
        "call_to_fit",
        "split",
        "cancel",
        "change",
        "send_down",
        "pass_up",
        "ask_help",
    ],
    "dispatched": [
        "claim",
        "apply",
        "pick",
        "end_call",
        "accept",
        "decline",
        "withdraw_offer",
        "cancel",
        "change",
    ],
    "accepted": ["name", "schedule", "release", "give_up", "cancel", *TAKING_OVER],
    "scheduled": ["name", "schedule", "check_in", "release", "give_up", "cancel", *TAKING_OVER],
    "under_way": ["check_in", "check_out", "go_on", "report", "give_up", "keep", "withdraw_asked", "leave"],
    "done": ["review", "close"],
    "failed": ["dispatch", "split", "close", "merge"],
    "closed": ["reopen"],
    "reopened": ["dispatch", "split", "change", "send_down", "pass_up", "ask_help"],
    "refused": ["admit"],
    "cancelled": ["cancel"],
}


WHILE_SPLIT = [
    "dispatch", "accept", "name", "schedule", "check_in", "check_out", "report", "go_on", "give_up", "decline",
    "release", "withdraw_offer", "join", "leave_out", "ask_take_over", "take_over",
]  # fmt: skip


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
        if verb in HANDING and holder == self.scene.station.pk:
            may.add("keeper")
        return may

    @rule(nth=st.sampled_from(range(15)), which=st.integers(0, 1))
    def the_right_one_acts(self, nth: int, which: int) -> None:
        """Whoever may, does something that fits: every verb of the table is reached by this."""
        verb = self._fitting(which, nth)
        right = sorted(self._may(verb, self.numbers[which % len(self.numbers)]))
        self.act(who=right[nth % len(right)], verb=verb, which=which)

    @rule(who=st.sampled_from(PEOPLE), nth=st.sampled_from(range(15)), which=st.integers(0, 1))
    def anyone_tries_what_fits(self, who: str, nth: int, which: int) -> None:
        """Anyone tries a verb that somebody could do now: this is where a missing right would show."""
        self.act(who=who, verb=self._fitting(which, nth), which=which)

    def _fitting(self, which: int, nth: int) -> str:
        number = self.numbers[which % len(self.numbers)]
        if _parts(number) and Order.unscoped.get(number=number).state not in ENDED | {"done"}:
            return WHILE_SPLIT[nth % len(WHILE_SPLIT)]
        fitting = FITTING[Order.unscoped.values_list("state", flat=True).get(number=number)]
        return fitting[nth % len(fitting)]

    @rule(which=st.integers(0, 2), far=st.sampled_from((2, 3, 5, 7, 10)))
    def hurry_one_along(self, which: int, far: int) -> None:
        """Help chance: the right people take the next steps in the right order, so that late states are reached."""
        for who, verb in WAY_ROUND[:far]:
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
                rule_ = MACHINES[step.machine][step.verb]
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
            if _parts(number):
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
            order, parts = Order.unscoped.get(number=number), _parts(number)
            if not parts or order.state in ENDED:
                continue
            for part in parts:
                live = part.assignments.filter(state__in=LIVE_ASSIGNMENT).count()
                assert live == (part.state in {"dispatched", "accepted", "scheduled", "under_way"})
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

    @rule(hours=st.sampled_from((1, 13)))
    def time_passes_and_requests_end(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        for _twice in range(2):
            end_take_overs.run(at=self.at)
        assert not TakeOver.objects.filter(state="open", until__lte=self.at).exists()


Act = Callable[[AnyOrderOfActs, Scene, str, str], object]


def _order(number: str) -> Order:
    return queries.order_by_number(number=number)


def _parts(number: str) -> list[WorkPart]:
    return list(WorkPart.objects.filter(order__number=number, ended_at=None))


def _assignment(number: str) -> Assignment:
    """The share that lives, of several in turn; otherwise the last one."""
    order = _order(number)
    live = Assignment.objects.filter(order=order, state__in=LIVE_ASSIGNMENT).order_by("id")
    if uuids := list(live.values_list("uuid", flat=True)):
        return queries.assignment_by_uuid(uuid=uuids[order.turn % len(uuids)])
    found = Assignment.objects.filter(order=order).order_by("-id").values_list("uuid", flat=True)
    return queries.assignment_by_uuid(uuid=found[0] if found else Order.unscoped.get(number=number).uuid)


def _visit(number: str) -> Visit:
    found = (
        Visit.objects.filter(assignment__order=_order(number)).order_by("-id").values_list("uuid", flat=True)
    )
    return queries.visit_by_uuid(uuid=found[0] if found else Order.unscoped.get(number=number).uuid)


def _name(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    people = Person.unscoped.filter(account__in=[scene.accounts["zhao"], scene.accounts["qian"]])
    operations.name_members(
        actor=scene.actor(who),
        at=run.at,
        assignment=_assignment(number),
        person_uuids=[p.uuid for p in people],
    )


def _dispatch(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    team = scene.team if run.at.minute % 4 else scene.other_team
    order = _order(number)
    part = order.parts.filter(ended_at=None, state__in=["admitted", "failed"]).first()
    operations.dispatch_order(actor=scene.actor(who), at=run.at, order=order, team=team, part=part)


def _split(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    kind = scene.project.category
    parts = [operations.PartWish(words, kind) for words in ("剪头发", "修电灯")]
    operations.split_order(actor=scene.actor(who), at=run.at, order=_order(number), parts=parts)


def _leave_out(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    order = _order(number)
    part = order.parts.filter(ended_at=None).order_by("-position").first()
    if part is None:
        raise NotFound
    operations.leave_out_part(actor=scene.actor(who), at=run.at, order=order, part=part, reason=OTHER)


def _change(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    window = (run.at + timedelta(days=2), run.at + timedelta(days=2, hours=2))
    change = operations.Change(window=window, people_needed=1 + run.at.minute % 3)
    operations.change_order(actor=scene.actor(who), at=run.at, order=_order(number), change=change)


def _merge(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    others = [each for each in run.numbers if each != number]
    if not others:
        raise NotFound
    operations.merge_order(actor=scene.actor(who), at=run.at, order=_order(number), into=_order(others[0]))


def _call(way: str) -> Act:
    return lambda run, scene, who, number: operations.open_call(
        actor=scene.actor(who), at=run.at, order=_order(number), area=scene.center, way=way,
        until=run.at + timedelta(hours=4),
    )  # fmt: skip


def _answer(verb: Callable[..., object]) -> Act:
    """Each leader answers for the own team; whoever leads none tries it for Wang's."""

    def act(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> object:
        # Who is called sees the call, not the order.
        call = OpenCall.objects.filter(order__number=number).order_by("-id").first()
        if call is None:
            raise NotFound
        team = scene.other_team if who == "sun" else scene.team
        return verb(actor=scene.actor(who), at=run.at, call=call, team=team)

    return act


def _ask(*, office: bool) -> Act:
    def act(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> object:
        share = _assignment(number)
        other = scene.team if share.team_id == scene.other_team.pk else scene.other_team
        return operations.ask_take_over(
            actor=scene.actor(who), at=run.at, assignment=share, to_team=None if office else other,
            until=run.at + timedelta(hours=12), reason=OTHER,
        )  # fmt: skip

    return act


def _on_asked(verb: Callable[..., object], **more: object) -> Act:
    def act(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> object:
        asked = TakeOver.objects.filter(order__number=number).order_by("-id").first()
        if asked is None:
            raise NotFound
        return verb(actor=scene.actor(who), at=run.at, asked=asked, **more)

    return act


def _keep(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    """Leaders say no for a team; what the office was asked is answered by "leave"."""
    asked = TakeOver.objects.filter(order__number=number, to_team__isnull=False).order_by("-id").first()
    if asked is None:
        raise NotFound
    operations.decline_take_over(actor=scene.actor(who), at=run.at, asked=asked, reason=OTHER)


def _pick(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    answer = CallAnswer.objects.filter(call__order=_order(number), state="applied").first()
    team = answer.team if answer else scene.team
    operations.pick_team(actor=scene.actor(who), at=run.at, order=_order(number), team=team)


def _send_down(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    to = scene.town if run.at.minute % 3 else scene.station
    operations.send_down_order(
        actor=scene.actor(who), at=run.at, order=_order(number), to=to, reason="nearer"
    )


def _schedule(run: AnyOrderOfActs, scene: Scene, who: str, number: str) -> None:
    operations.schedule_visit(
        actor=scene.actor(who), at=run.at, assignment=_assignment(number),
        planned_from=run.at, planned_to=run.at + timedelta(hours=2),
    )  # fmt: skip


def _on_order(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, order=_order(number), **more
    )


def _on_assignment(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, assignment=_assignment(number), **more
    )


def _on_visit(verb: Callable[..., object], **more: object) -> Act:
    return lambda run, scene, who, number: verb(
        actor=scene.actor(who), at=run.at, visit=_visit(number), **more
    )


OTHER = Reason.OTHER
VERBS: dict[str, Act] = {
    "admit": _on_order(operations.admit_order),
    "refuse": _on_order(operations.refuse_order, reason=OTHER),
    "dispatch": _dispatch,
    "withdraw_offer": _on_order(operations.withdraw_offer),
    "close": _on_order(operations.close_order),
    "reopen": _on_order(operations.reopen_order),
    "merge": _merge,
    "change": _change,
    "cancel": _on_order(operations.cancel_order),
    "review": _on_order(operations.review_order, outcome="half", words="还行"),
    "accept": _on_assignment(operations.accept_order),
    "decline": _on_assignment(operations.decline_order, reason=OTHER),
    "call": _call("first_come"),
    "call_to_fit": _call("best_fit"),
    "claim": _answer(operations.claim_call),
    "apply": _answer(operations.apply_for_call),
    "pick": _pick,
    "end_call": _on_order(operations.end_call),
    "release": _on_assignment(operations.release_order, reason=OTHER),
    "ask_take_over": _ask(office=False),
    "ask_office": _ask(office=True),
    "take_over": _on_asked(operations.accept_take_over),
    "keep": _keep,
    "withdraw_asked": _on_asked(operations.withdraw_take_over),
    "take_back": _on_order(operations.take_back_order),
    "leave": _on_order(operations.decline_take_back, reason=OTHER),
    "split": _split,
    "join": _on_order(operations.join_order),
    "leave_out": _leave_out,
    "name": _name,
    "schedule": _schedule,
    "check_in": _on_visit(operations.check_in, proof=HAND),
    "check_out": _on_visit(operations.check_out, proof=HAND),
    "go_on": _on_visit(operations.report_and_go_on, report=operations.Report(words="下次再来")),
    "report": _on_visit(operations.report_visit, report=operations.Report()),
    "give_up": _on_assignment(operations.give_up, reason=OTHER, words="没人在家"),
    "pass_up": _on_order(operations.pass_up_order, reason="beyond_us"),
    "ask_help": _on_order(operations.ask_for_help, reason="beyond_us"),
    "send_down": _send_down,
}


@pytest.mark.django_db
def test_whatever_people_do_the_loop_stays_whole(scene: Scene) -> None:
    AnyOrderOfActs.scene = scene
    run_state_machine_as_test(
        AnyOrderOfActs,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
            deadline=None,
        ),
    )
