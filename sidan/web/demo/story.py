"""The history of one order, walked through the tables of `orders/states.py`: nothing here can take a wrong step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from sidan.attendance.enums import Direction, Way
from sidan.core.transitions import START
from sidan.orders.enums import (
    LIVE_ASSIGNMENT,
    AnswerState,
    AssignmentState,
    CallState,
    CallWay,
    HandoverKind,
    Machine,
    OrderState,
    Outcome,
    Reason,
    VisitState,
)
from sidan.orders.states import KEEPING, MACHINES, SEEKING, WAITS_ON
from sidan.people.models import Account, Team
from sidan.places.models import Place
from sidan.web.demo.told import (
    ToldAnswer,
    ToldAssignment,
    ToldCall,
    ToldChange,
    ToldHandover,
    ToldMark,
    ToldNotice,
    ToldReview,
    ToldStep,
    ToldVisit,
)

BY_HAND: Final = "no_phone"
UNTOLD: Final = datetime.min.replace(tzinfo=UTC)
"""The moment of a story that has not begun."""


class WrongStep(RuntimeError):
    """The generator asked for a step that the table of states does not have: a fault of the generator."""


@dataclass
class Story:
    """An order with all that happened to it."""

    requester: Account
    placed_by: Account
    handler: Account
    holder: Place
    window: tuple[datetime, datetime]
    """The time wished for, as it stands now."""
    state: str = START
    state_since: datetime = UNTOLD
    waits_since: datetime = UNTOLD
    """Since when it stood where it is before a team was looked for; an offer in vain takes nothing from it."""
    steps: list[ToldStep] = field(default_factory=list)
    assignments: list[ToldAssignment] = field(default_factory=list)
    visits: list[ToldVisit] = field(default_factory=list)
    parties: list[tuple[Team, datetime, datetime | None]] = field(default_factory=list)
    calls: list[ToldCall] = field(default_factory=list)
    reviews: list[ToldReview] = field(default_factory=list)
    notices: list[ToldNotice] = field(default_factory=list)

    # --- what the place that holds it does ---

    def submit(self, *, at: datetime) -> None:
        self._order("submit", self.placed_by, at)
        self._tell(self.handler, "order_submitted", at)

    def admit(self, *, at: datetime) -> None:
        self._order("admit", self.handler, at)
        self._tell(self.requester, "order_admitted", at)

    def refuse(self, *, at: datetime, reason: str, words: str) -> None:
        self._order("refuse", self.handler, at, reason=reason, words=words)
        self._tell(self.requester, "order_refused", at)

    def dispatch(self, *, at: datetime, team: Team, leader: Account) -> None:
        share = ToldAssignment(team=team, offered_at=at, offered_by=self.handler)
        self.assignments.append(share)
        self._join(team, at)
        self._share(share, "offer", self.handler, at)
        self._order("dispatch", self.handler, at, assignment=share)
        self._tell(leader, "order_offered", at)
        self._tell(self.requester, "order_dispatched", at, team=team.name)

    def withdraw(self, *, at: datetime) -> None:
        share = self.live()
        self._share(share, "withdraw", self.handler, at)
        self._order("withdraw_offer", self.handler, at, assignment=share)
        share.ended_at = at
        self._leave(share.team, at)

    def close(self, *, at: datetime) -> None:
        self._order("close", self.handler, at)
        self._tell(self.requester, "order_closed", at)

    def reopen(self, *, at: datetime) -> None:
        self._order("reopen", self.handler, at)
        self._tell(self.requester, "order_reopened", at)

    def hand(self, *, at: datetime, kind: HandoverKind, to: Place, reason: Reason) -> None:
        """Let the order go to another place, or let another place help; those who handle it are the center's."""
        source = self.holder
        self._order(kind.value, self.handler, at, reason=reason)
        self.steps[-1].handover = ToldHandover(kind, source, to)
        if kind == HandoverKind.ASK_HELP:
            return
        self.holder = to
        told = "order_passed_up" if kind == HandoverKind.PASS_UP else "order_sent_down"
        self._tell(self.requester, told, at, place=to.short_name)

    # --- an open call ---

    def call(self, *, at: datetime, way: CallWay, area: Place, until: datetime) -> None:
        self._order("call", self.handler, at)
        self.calls.append(ToldCall(way, area, until, opened_at=at, opened_by=self.handler))
        self._tell(self.requester, "order_called_to_resident", at)

    def claim(self, *, at: datetime, team: Team, leader: Account) -> None:
        call = self.calls[-1]
        call.answers.append(ToldAnswer(team, leader, at, AnswerState.WON))
        self._give(call, team, leader, at, verbs=("claim", "accept"))
        self._tell(self.handler, "order_claimed", at, team=team.name)

    def apply(self, *, at: datetime, team: Team, leader: Account, words: str) -> None:
        self.calls[-1].answers.append(ToldAnswer(team, leader, at, AnswerState.APPLIED, words))
        self._tell(self.handler, "order_applied", at, team=team.name)

    def pick(self, *, at: datetime, team: Team) -> None:
        call = self.calls[-1]
        for answer in call.answers:
            is_chosen = answer.team == team
            answer.state = AnswerState.WON if is_chosen else AnswerState.PASSED_OVER
            self._tell(answer.leader, "order_picked" if is_chosen else "order_passed_over", at)
        self._give(call, team, self.handler, at, verbs=("pick", "pick"))

    def end_call(self, *, at: datetime) -> None:
        call = self.calls[-1]
        self._order("end_call", self.handler, at)
        call.state, call.ended_at = CallState.ENDED, at
        for answer in call.answers:
            answer.state = AnswerState.PASSED_OVER
            self._tell(answer.leader, "order_passed_over", at)

    def _give(
        self, call: ToldCall, team: Team, actor: Account, at: datetime, *, verbs: tuple[str, str]
    ) -> None:
        """The team that won has agreed already: its share begins as accepted."""
        share = ToldAssignment(
            team=team, offered_at=call.opened_at, offered_by=call.opened_by, answered_at=at
        )
        self.assignments.append(share)
        self._join(team, at)
        self._share(share, verbs[0], actor, at)
        self._order(verbs[1], actor, at, assignment=share)
        call.state, call.ended_at = CallState.TAKEN, at
        self._tell(self.requester, "order_accepted", at, team=team.name)

    # --- what the team does ---

    def accept(self, *, at: datetime, leader: Account) -> None:
        share = self.live()
        self._share(share, "accept", leader, at)
        self._order("accept", leader, at, assignment=share)
        share.answered_at = at
        self._tell(self.requester, "order_accepted", at, team=share.team.name)

    def decline(self, *, at: datetime, leader: Account, reason: str) -> None:
        share = self.live()
        self._share(share, "decline", leader, at, reason=reason)
        self._order("decline", leader, at, assignment=share, reason=reason)
        share.answered_at = share.ended_at = at
        self._leave(share.team, at)
        self._tell(self.handler, "order_declined", at, team=share.team.name)

    def name(self, *, at: datetime, members: Sequence[Account]) -> None:
        share = self.live()
        share.members = [(member, at) for member in members]
        for member in members:
            self._tell(member, "order_named", at)

    def schedule(
        self, *, at: datetime, leader: Account, planned_from: datetime, planned_to: datetime
    ) -> None:
        share = self.live()
        for former in self.visits:
            if former.state == VisitState.PLANNED:
                self._visit(former, "call_off", leader, at)
        visit = ToldVisit(share, planned_from, planned_to, agreed_at=at)
        self.visits.append(visit)
        self._visit(visit, "plan", leader, at)
        self._order("schedule", leader, at, assignment=share)
        self._tell(self.requester, "order_scheduled", at)

    def begin(self, *, at: datetime, leader: Account, by_hand: frozenset[int]) -> None:
        """Those named come a minute apart; `by_hand` are the places in their list of who has no phone."""
        visit, share = self.visits[-1], self.live()
        first = share.members[0][0]
        self._visit(visit, "begin", first, at)
        self._order("begin", first, at, assignment=share)
        for nth, (member, _named) in enumerate(share.members):
            self._mark(
                visit, member, Direction.IN, at + timedelta(minutes=nth), leader, is_hand=nth in by_hand
            )

    def leave(self, *, at: datetime, leader: Account, by_hand: frozenset[int]) -> None:
        for nth, (member, _named) in enumerate(self.live().members):
            self._mark(self.visits[-1], member, Direction.OUT, at, leader, is_hand=nth in by_hand)

    def finish(self, *, at: datetime, words: str) -> None:
        visit, share = self.visits[-1], self.live()
        first = share.members[0][0]
        self._visit(visit, "finish", first, at)
        self._share(share, "finish", first, at, visit=visit)
        self._order("finish", first, at, assignment=share)
        share.ended_at, visit.report = at, (words, first, at)
        self._tell(self.requester, "order_done", at)

    def go_on(self, *, at: datetime, words: str) -> None:
        """Report a visit after which one more is needed; the team keeps the order."""
        visit, share = self.visits[-1], self.live()
        first = share.members[0][0]
        self._visit(visit, "finish", first, at)
        self._order("go_on", first, at, assignment=share)
        visit.report = (words, first, at)
        self._tell(self.requester, "order_goes_on", at)

    def release(self, *, at: datetime, leader: Account, reason: str) -> None:
        """Give the order back before the first visit."""
        share = self.live()
        for visit in self.visits:
            if visit.state == VisitState.PLANNED:
                self._visit(visit, "call_off", leader, at)
        self._share(share, "release", leader, at, reason=reason)
        self._order("release", leader, at, assignment=share, reason=reason)
        share.ended_at = at
        self._leave(share.team, at)
        self._tell(self.handler, "order_released", at, team=share.team.name)
        self._tell(self.requester, "order_released_to_resident", at, team=share.team.name)

    def fail(self, *, at: datetime, leader: Account, reason: str) -> None:
        share = self.live()
        for visit in self.visits:
            if visit.assignment is share and visit.state in {VisitState.PLANNED, VisitState.UNDER_WAY}:
                self._visit(visit, "fail", leader, at, reason=reason)
        self._share(share, "fail", leader, at, reason=reason)
        self._order("fail", leader, at, assignment=share, reason=reason)
        share.ended_at = at
        self._leave(share.team, at)
        self._tell(self.requester, "order_failed", at)
        self._tell(self.handler, "order_failed_to_office", at, team=share.team.name)

    # --- what the resident does ---

    def review(self, *, at: datetime, outcome: Outcome, stars: int | None, words: str) -> None:
        self._order("review", self.requester, at)
        self.reviews.append(ToldReview(len(self.steps), outcome, stars, self.requester, at, words))

    def change(self, *, at: datetime, window: tuple[datetime, datetime]) -> None:
        """Wish for another time, before a team has accepted."""
        before, self.window = ToldChange(*self.window), window
        self._order("change", self.placed_by, at)
        self.steps[-1].change = before
        self._tell(self.handler, "order_changed", at)

    def cancel(self, *, at: datetime, reason: str) -> None:
        for visit in self.visits:
            if visit.state == VisitState.PLANNED:
                self._visit(visit, "call_off", self.requester, at, reason=reason)
        for share in self.assignments:
            if share.state in LIVE_ASSIGNMENT:
                self._share(share, "withdraw", self.requester, at, reason=reason)
                share.ended_at = at
                self._leave(share.team, at)
        self._order("cancel", self.requester, at, reason=reason)

    # --- how it is done ---

    def live(self) -> ToldAssignment:
        """Return the share that is offered or held now."""
        return next(share for share in reversed(self.assignments) if share.state in LIVE_ASSIGNMENT)

    def _order(
        self, verb: str, actor: Account, at: datetime, *, assignment: ToldAssignment | None = None,
        reason: str = "", words: str = "",
    ) -> None:  # fmt: skip
        target = self._step(Machine.ORDER, verb, self.state, actor, at, assignment, None, reason, words)
        self.state = OrderState(target)
        if verb in KEEPING:
            return
        self.state_since = self.waits_since if verb in WAITS_ON else at
        if verb not in SEEKING:
            self.waits_since = at

    def _share(
        self, share: ToldAssignment, verb: str, actor: Account, at: datetime, *, visit: ToldVisit | None = None,
        reason: str = "",
    ) -> None:  # fmt: skip
        target = self._step(Machine.ASSIGNMENT, verb, share.state, actor, at, share, visit, reason, "")
        share.state = AssignmentState(target)

    def _visit(self, visit: ToldVisit, verb: str, actor: Account, at: datetime, *, reason: str = "") -> None:
        target = self._step(Machine.VISIT, verb, visit.state, actor, at, visit.assignment, visit, reason, "")
        visit.state = VisitState(target)

    def _step(
        self, machine: Machine, verb: str, source: str, actor: Account, at: datetime,
        assignment: ToldAssignment | None, visit: ToldVisit | None, reason: str, words: str,
    ) -> str:  # fmt: skip
        transition = MACHINES[machine][verb]
        if source not in transition.sources:
            raise WrongStep(f"{machine} cannot {verb} from {source!r}")
        turn, target = len(self.steps) + 1, transition.reached_from(source)
        self.steps.append(
            ToldStep(
                turn, machine, verb, source, target, actor, at, assignment, visit, reason, words, self.holder
            )
        )
        return target

    def _mark(
        self,
        visit: ToldVisit,
        who: Account,
        direction: Direction,
        at: datetime,
        leader: Account,
        *,
        is_hand: bool,
    ) -> None:
        by, way = (leader, Way.HAND) if is_hand else (who, Way.CODE)
        visit.marks.append(ToldMark(who, direction, at, by, way))

    def _join(self, team: Team, at: datetime) -> None:
        if not any(party[0] == team and party[2] is None for party in self.parties):
            self.parties.append((team, at, None))

    def _leave(self, team: Team, at: datetime) -> None:
        self.parties = [
            (other, since, at if other == team and until is None else until)
            for other, since, until in self.parties
        ]

    def _tell(self, account: Account, kind: str, at: datetime, **more: str) -> None:
        self.notices.append(ToldNotice(account, kind, at, more))
