"""How an order goes: as orders go in a county, with refusals, declined offers, second tries and late reviews.

The story is told up to the present and stops there, so that orders placed lately stand in every state by themselves.
`Staging` makes one stop in a wanted state instead, for the accounts that a visitor of the demo signs in with.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sidan.orders.enums import CallWay, HandoverKind, OrderState, Outcome, Reason
from sidan.people.models import Account
from sidan.places.models import Place
from sidan.web.demo.diary import Diary
from sidan.web.demo.draw import Draw
from sidan.web.demo.kinds import POOR_WORDS, REPORT_WORDS, REVIEW_WORDS
from sidan.web.demo.people import Crew
from sidan.web.demo.story import UNTOLD, Story

REFUSED, CANCELLED, DECLINED, WITHDRAWN, FAILED, MOVED, POOR = 0.04, 0.05, 0.12, 0.02, 0.03, 0.06, 0.05
HANDED, CHANGED, CALLED, BEST_FIT, UNHEARD, RELEASED, TWO_VISITS = 0.12, 0.08, 0.14, 0.5, 0.2, 0.05, 0.08
"""Beside the way that most orders go: handed between places, changed by the resident, called openly and then chosen
from or answered by nobody, given back by the team, done in two visits."""
HANDED_BACK: Final = 0.3
UNLOOKED: Final = 250
"""Of so many visits one is agreed on without a look into the diary: somebody is written down in two places at once."""
REVIEWED: Final = 0.86
"""The share of finished orders that the resident reviews; the others are closed after a week."""
_REFUSALS: Final = (
    (Reason.NOT_OUR_TASK, "这件事需要专业单位来办，已告诉您该找谁。"), (Reason.OUT_OF_AREA, "您住的地方这个队去不到。"),
    (Reason.DUPLICATE, "您前几天已经点过，那一单正在办。"), (Reason.INCOMPLETE, "请写明要修什么、在哪里，再点一次。"),
)  # fmt: skip
_DECLINES: Final = (Reason.NO_PEOPLE, Reason.NO_PEOPLE, Reason.WRONG_TIME, Reason.NO_SKILL)
_FAILURES: Final = (Reason.NOBODY_HOME, Reason.WRONG_TIME, Reason.NO_SKILL, Reason.NOT_SAFE)
_OFFERS: Final = ("我们队离得近，明天就能去。", "队里有两个人专门会这个。", "这周六我们正好在村里。")
_CANCELS: Final = (Reason.NO_LONGER_NEEDED, Reason.WRONG_TIME)


class _Stop(Exception):
    """The story has come to the present, or to the state it was wanted in."""


@dataclass(frozen=True, slots=True)
class Staging:
    """Where a story shall stop; everything before it happens quickly and for certain."""

    until: OrderState


@dataclass
class Script:
    """Tells one story."""

    draw: Draw
    story: Story
    crews: Sequence[Crew]
    """The teams that can serve it: the project's own first."""
    at: datetime
    now: datetime
    center: Place
    township: Place | None
    """The resident's own township: an order is handed down to it."""
    minutes: int
    people: int
    diary: Diary
    staging: Staging | None = None
    not_before: datetime = UNTOLD
    """No visit is planned before; at first the time that the resident wishes for."""

    def __post_init__(self) -> None:
        self.not_before = self.story.window[0]

    def tell(self) -> Story:
        """Tell the story to its end, to the present, or to the staged state."""
        with suppress(_Stop):
            self._tell()
        return self.story

    def _tell(self) -> None:
        story = self.story
        self._do(lambda: story.submit(at=self.at))
        self._pause(10, 300)
        if self._happens(REFUSED, OrderState.REFUSED):
            reason, words = self.draw.one(_REFUSALS)
            return self._do(lambda: story.refuse(at=self.at, reason=reason, words=words))
        self._do(lambda: story.admit(at=self.at))
        self._maybe_hand()
        self._maybe_change()
        self._maybe_cancel(0.2)
        while not self._serve():
            self._pause(60, 60 * 30)
        self._end()
        return None

    def _serve(self) -> bool:
        """Find a team and let it go; say whether the order was done."""
        story, crew = self.story, self._offer()
        self._maybe_cancel(0.3)
        self._pause(15, 240)
        members = self._members(crew)
        story.name(at=self.at, members=members)
        self._schedule(crew, members)
        if self._happens(MOVED, None):
            self._pause(60, 600)
            self.not_before = max(self.not_before, self.at) + timedelta(days=1)
            self._schedule(crew, members)
        if self._happens(RELEASED, None):
            self._pause(60, 600)
            self._do(lambda: story.release(at=self.at, leader=crew.leader, reason=Reason.NO_PEOPLE))
            return False
        self._maybe_cancel(0.5)
        if self._happens(FAILED, OrderState.FAILED):
            self._wait_for(story.visits[-1].planned_from)
            self._do(lambda: story.fail(at=self.at, leader=crew.leader, reason=self.draw.one(_FAILURES)))
            return False
        return self._visit(crew, members)

    def _offer(self) -> Crew:
        """Offer the order, or call it openly, until a team takes it."""
        story = self.story
        crews = list(self.crews)
        if self._happens(CALLED, None) and (crew := self._called()) is not None:
            return crew
        while True:
            self._pause(5, 200)
            crew = crews[0] if len(crews) == 1 or self.draw.chance(0.8) else self.draw.one(crews[1:])
            self._do(lambda c=crew: story.dispatch(at=self.at, team=c.team, leader=c.leader))  # type: ignore[misc] # bound now
            self._pause(10, 60 * 16)
            if self._happens(WITHDRAWN, None):
                self._do(lambda: story.withdraw(at=self.at))
            elif self._happens(DECLINED, None):
                reason = self.draw.one(_DECLINES)
                self._do(lambda c=crew, r=reason: story.decline(at=self.at, leader=c.leader, reason=r))  # type: ignore[misc] # bound now
            else:
                self._do(lambda c=crew: story.accept(at=self.at, leader=c.leader))  # type: ignore[misc] # bound now
                return crew

    def _called(self) -> Crew | None:
        """Call the order openly; say who has it in the end, nobody where no team answered."""
        story, reached = self.story, list(self.crews)
        self._pause(5, 200)
        way = CallWay.BEST_FIT if self.draw.chance(BEST_FIT) else CallWay.FIRST_COME
        until = self.at + timedelta(days=2)
        story.call(at=self.at, way=way, area=self.center, until=until)
        if self.draw.chance(UNHEARD):
            self._wait_for(until)
            story.end_call(at=self.at)
            return None
        crews = self.draw.some(reached, 1 if way == CallWay.FIRST_COME else 3)
        for crew in crews:
            self._pause(20, 300)
            if self.at >= until:
                self.at = until - timedelta(minutes=5)
            if way == CallWay.FIRST_COME:
                story.claim(at=self.at, team=crew.team, leader=crew.leader)
            else:
                words = self.draw.one(_OFFERS)
                story.apply(at=self.at, team=crew.team, leader=crew.leader, words=words)
        if way == CallWay.BEST_FIT:
            self._pause(20, 300)
            story.pick(at=self.at, team=crews[0].team)
        return crews[0]

    def _schedule(self, crew: Crew, members: Sequence[Account]) -> None:
        begins = self._free(members, max(self.not_before, self.at + timedelta(hours=1)))
        ends = begins + timedelta(minutes=self.minutes)
        self._do(
            lambda: self.story.schedule(at=self.at, leader=crew.leader, planned_from=begins, planned_to=ends)
        )

    def _free(self, members: Sequence[Account], at: datetime) -> datetime:
        """Return when all who are named can go, by day; what is under way or just begins waits for nobody."""
        people, length = [one.pk for one in members], timedelta(minutes=30 + self.minutes * 6 // 5)
        begins = at
        if self.staging is None or self.staging.until not in {OrderState.SCHEDULED, OrderState.UNDER_WAY}:
            if self.diary.entries % UNLOOKED != UNLOOKED - 1:
                begins = self.diary.free_from(people, at=at, length=length)
            while begins.hour >= 19 and (self.staging is None or begins != at):
                next_day = begins.replace(hour=9, minute=30) + timedelta(days=1)
                begins = self.diary.free_from(people, at=next_day, length=length)
        self.diary.take(people, at=begins, length=length)
        return begins

    def _visit(self, crew: Crew, members: Sequence[Account]) -> bool:
        story, visit, count = self.story, self.story.visits[-1], len(members)
        by_hand = frozenset(nth for nth in range(1, count) if self.draw.chance(0.12))
        self._wait_for(visit.planned_from + timedelta(minutes=self.draw.number(-4, 15)))
        if self.at + timedelta(minutes=count) > self.now:
            raise _Stop
        self._do(lambda: story.begin(at=self.at, leader=crew.leader, by_hand=by_hand))
        self._wait_for(self.at + timedelta(minutes=max(10, self.minutes * self.draw.number(70, 120) // 100)))
        story.leave(at=self.at, leader=crew.leader, by_hand=by_hand)
        self._wait_for(self.at + timedelta(minutes=self.draw.number(1, 50)))
        if self._happens(TWO_VISITS, None):
            story.go_on(at=self.at, words=self.draw.one(REPORT_WORDS))
            self._pause(30, 300)
            self.not_before = max(self.not_before, self.at) + timedelta(days=2)
            self._schedule(crew, members)
            return self._visit(crew, members)
        self._do(lambda: story.finish(at=self.at, words=self.draw.one(REPORT_WORDS)))
        return True

    def _end(self) -> None:
        """Let the resident speak, or close it for them; a poor outcome is opened again once."""
        story, draw = self.story, self.draw
        self._pause(60, 60 * 40)
        if not self._happens(REVIEWED, OrderState.CLOSED) and self.staging is None:
            self._wait_for(draw.later(self.at, 60 * 24 * 7, 60 * 24 * 8))
            return self._do(lambda: story.close(at=self.at))
        is_poor = self._happens(POOR, OrderState.REOPENED) and not story.reviews
        outcome = self._poor_outcome() if is_poor else Outcome.DONE
        stars = draw.number(1, 3) if is_poor else draw.weighted([(5, 78), (4, 18), (3, 2), (None, 2)])
        words = draw.one(POOR_WORDS if is_poor else REVIEW_WORDS) if draw.chance(0.55) or is_poor else ""
        self._do(lambda: story.review(at=self.at, outcome=outcome, stars=stars, words=words))
        if is_poor and outcome != Outcome.STILL_NEEDED:
            self._pause(30, 600)
            self._do(lambda: story.reopen(at=self.at))
            while not self._serve():
                self._pause(60, 60 * 30)
            self._end()
        return None

    def _poor_outcome(self) -> Outcome:
        choices = [Outcome.HALF, Outcome.NOT_DONE, Outcome.STILL_NEEDED]
        return Outcome.HALF if self.staging is not None else self.draw.one(choices)

    # --- time and chance ---

    def _do(self, step: Callable[[], None]) -> None:
        step()
        if self.staging is not None and self.story.state == self.staging.until:
            raise _Stop

    def _pause(self, least: int, most: int) -> None:
        """Let some minutes pass, over night if need be; a staged story hurries."""
        if self.staging is not None:
            self._wait_for(self.at + timedelta(minutes=self.draw.number(3, 12)))
        else:
            self._wait_for(self.draw.later(self.at, least, most))

    def _wait_for(self, moment: datetime) -> None:
        if moment > self.now:
            raise _Stop
        self.at = max(self.at, moment)

    def _happens(self, share: float, leads_to: OrderState | None) -> bool:
        """Let chance decide; in a staged story only what leads to its state happens, and then for certain."""
        if self.staging is None:
            return self.draw.chance(share)
        if leads_to == OrderState.CLOSED:
            return True
        return leads_to is not None and leads_to == self.staging.until

    def _maybe_cancel(self, weight: float) -> None:
        if self._happens(CANCELLED * weight, None):
            self._pause(20, 400)
            self._do(lambda: self.story.cancel(at=self.at, reason=self.draw.one(_CANCELS)))
            raise _Stop
        if self.staging is not None and self.staging.until == OrderState.CANCELLED:
            self._do(lambda: self.story.cancel(at=self.at, reason=Reason.NO_LONGER_NEEDED))

    def _maybe_hand(self) -> None:
        """Let the order go where it is done better: up, down to the resident's township, or with help from above."""
        if not self._happens(HANDED, None):
            return
        self._pause(20, 300)
        holder, story = self.story.holder, self.story
        above = holder.parent
        if above is not None and self.draw.chance(0.3):
            story.hand(at=self.at, kind=HandoverKind.ASK_HELP, to=above, reason=Reason.NO_PEOPLE)
        elif holder != self.center and above is not None:
            story.hand(at=self.at, kind=HandoverKind.PASS_UP, to=above, reason=Reason.BEYOND_US)
        elif self.township is not None and self.township != holder:
            story.hand(at=self.at, kind=HandoverKind.SEND_DOWN, to=self.township, reason=Reason.NEARER)
            if self.draw.chance(HANDED_BACK):
                self._pause(20, 300)
                story.hand(at=self.at, kind=HandoverKind.PASS_UP, to=self.center, reason=Reason.BEYOND_US)

    def _maybe_change(self) -> None:
        """Let the resident wish for a later day, before a team has it."""
        if self._happens(CHANGED, None):
            self._pause(20, 300)
            begins, ends = self.story.window
            day = timedelta(days=self.draw.number(1, 3))
            self.story.change(at=self.at, window=(begins + day, ends + day))
            self.not_before = begins + day

    def _members(self, crew: Crew) -> list[Account]:
        wanted = max(1, min(self.people, len(crew.members)))
        # The first member is the one of the demo accounts, where the team is theirs.
        return [crew.members[0], *self.draw.some(crew.members[1:], wanted - 1)]
