"""The rows of activities that are over: what the operations would have written of them, step by step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

from sidan.activities.enums import ActivityKind, PostRole, Reminder, Way
from sidan.activities.models import (
    Activity,
    ActivityStep,
    ActivityText,
    Enrolment,
    EnrolmentNote,
    EnrolmentStep,
    Gathering,
    HeadCount,
    Post,
)
from sidan.activities.operations import Plan
from sidan.activities.operations.planning import columns_of, texts_of
from sidan.activities.states import ACTIVITY, ENROLMENT
from sidan.attendance.enums import Direction, Grade
from sidan.attendance.enums import Way as Proven
from sidan.attendance.models import Mark
from sidan.attendance.policies.door import QUICK_STEP_SECONDS
from sidan.core.transitions import START
from sidan.evidence.enums import CauseKind
from sidan.evidence.models import Cause
from sidan.people.models import Account
from sidan.web.demo.draw import Draw
from sidan.web.demo.enrolments import HEADS, HELPERS, NOT_SEEN, SEATS
from sidan.web.demo.rows import Layout, Ready, Rows, link_rows, pack_rows

LAYOUT: Final = Layout(
    written=(
        Activity, ActivityText, ActivityStep, Post, Enrolment, EnrolmentStep, EnrolmentNote, Cause, Gathering, Mark,
        HeadCount,
    ),
    pointed_at=(Activity, Post, Enrolment, EnrolmentStep, Cause),
    pointers={
        ActivityText: ("activity",), ActivityStep: ("activity",), Post: ("activity",), HeadCount: ("activity",),
        Gathering: ("activity", "helpers", "guests"), Enrolment: ("activity", "post"), EnrolmentStep: ("enrolment",),
        EnrolmentNote: ("step",), Mark: ("cause",),
    },
)  # fmt: skip
DRAFTED_BEFORE: Final = timedelta(days=9)
SUBMITTED_AFTER: Final = timedelta(minutes=20)
ANNOUNCED_AFTER: Final = timedelta(hours=1)
MISSED_AFTER: Final = timedelta(minutes=30)
FILED_AFTER: Final = timedelta(hours=2)
PLACES: Final[dict[str, int]] = {PostRole.AUDIENCE: 40, PostRole.VOLUNTEER: 8}
UNSIGNED: Final = 5
"""So many guests come without having signed up."""


@dataclass(frozen=True, slots=True)
class Held:
    """An activity that is over, and who was there."""

    number: str
    plan: Plan
    keeper: Account
    """Who prepares and files it, and reads the codes of those who come."""
    announcer: Account
    helpers: Sequence[Account]
    guests: Sequence[Account]
    absent: Account
    """Who had signed up and was not there."""
    is_filed: bool


def rows_of(told: Sequence[Held], *, draw: Draw) -> Rows:
    """Turn what was held into rows."""
    rows = Rows()
    for one in told:
        _Book(rows=rows, held=one, draw=draw).keep()
    return rows


def made_ready(rows: Rows, *, session: BaseDatabaseWrapper) -> Ready:
    """Number the rows by a session that is free, let them point at each other, and pack them."""
    link_rows(rows, layout=LAYOUT, session=session)
    helping = [cause for cause in rows.by_model[Cause] if cause.kind == CauseKind.ACTIVITY_HELP]
    return pack_rows(rows, layout=LAYOUT, session=session, proven_by=helping)


class _Book:
    """Turns one activity into rows."""

    def __init__(self, *, rows: Rows, held: Held, draw: Draw) -> None:
        self.rows, self.held, self.draw = rows, held, draw
        self.begins, self.ends = held.plan.span
        self.drafted_at = self.begins - DRAFTED_BEFORE
        self.announced_at = self.drafted_at + ANNOUNCED_AFTER

    def keep(self) -> None:
        """Add everything that belongs to it."""
        steps, held = list(self._steps()), self.held
        plan, team = held.plan, held.plan.team
        assert team is not None, "each is organised by a team"
        self.place_id, self.county_id = team.place_id, team.county_id
        last = steps[-1]
        self.activity: Activity = self.rows.add(
            Activity, uuid=self.draw.uuid(self.drafted_at), number=held.number, place_id=team.place_id,
            county_id=team.county_id, state=last["to_state"], state_since=last["at"], turn=len(steps),
            created_at=self.drafted_at, created_by_id=held.keeper.person_id,
            **columns_of(plan, lead=held.keeper.person),
        )  # fmt: skip
        self.rows.add(ActivityText, activity=self.activity, **texts_of(plan))
        for turn, step in enumerate(steps, start=1):
            self.rows.add(ActivityStep, activity=self.activity, turn=turn, **step)
        self._posts()
        self._there()

    def _steps(self) -> Iterator[dict[str, object]]:
        keeper, announcer, state = self.held.keeper.pk, self.held.announcer.pk, START
        for verb, at, actor in (
            ("draft", self.drafted_at, keeper), ("submit", self.drafted_at + SUBMITTED_AFTER, keeper),
            ("announce", self.announced_at, announcer), ("open", self.announced_at, announcer),
            ("run", self.begins, None), ("end", self.ends, None), ("file", self.ends + FILED_AFTER, keeper),
        ):  # fmt: skip
            if verb != "file" or self.held.is_filed:
                before, state = state, ACTIVITY[verb].reached_from(state)
                yield {"verb": verb, "at": at, "actor_id": actor, "from_state": before, "to_state": state}

    def _posts(self) -> None:
        signed = [*self.held.guests[UNSIGNED:], self.held.absent]
        for plan, coming in ((SEATS, signed), (HELPERS, self.held.helpers)):
            post = self.rows.add(
                Post, uuid=self.draw.uuid(self.announced_at), activity=self.activity, role=plan.role, name=plan.name,
                name_en=plan.name_en, places=PLACES[plan.role], taken=len(coming), tickets=len(coming),
                created_at=self.announced_at,
            )  # fmt: skip
            for ticket, (account, at) in enumerate(zip(coming, self._moments(len(coming)), strict=True), 1):
                self._enrol(post, account, ticket=ticket, at=at)

    def _moments(self, count: int) -> list[datetime]:
        """Draw when so many sign up, until the hours before it."""
        minutes = int((self.begins - self.announced_at) / timedelta(minutes=1))
        drawn = sorted(self.draw.number(1, minutes - 180) for _nth in range(count))
        return [self.announced_at + timedelta(minutes=one) for one in drawn]

    def _enrol(self, post: Post, account: Account, *, ticket: int, at: datetime) -> None:
        steps = [("enrol", account, at)]
        if account is self.held.absent:
            steps.append(("miss", self.held.keeper, self.ends + MISSED_AFTER))
        made: Enrolment = self.rows.add(
            Enrolment, uuid=self.draw.uuid(at), activity=self.activity, post=post, person_id=account.person_id,
            entered_by_id=account.person_id, way=Way.SELF, ticket=ticket, reminded=Reminder.HOURS,
            state=ENROLMENT[steps[-1][0]].target, state_since=steps[-1][2], turn=len(steps), created_at=at,
        )  # fmt: skip
        state = START
        for turn, (verb, actor, moment) in enumerate(steps, start=1):
            before, state = state, ENROLMENT[verb].target
            step = self.rows.add(
                EnrolmentStep, enrolment=made, turn=turn, verb=verb, from_state=before, to_state=state,
                actor_id=actor.pk, at=moment,
            )  # fmt: skip
            if verb == "miss":
                self.rows.add(EnrolmentNote, step=step, words=NOT_SEEN)

    def _there(self) -> None:
        helpers, guests = self._cause(CauseKind.ACTIVITY_HELP), self._cause(CauseKind.ACTIVITY_GUESTS)
        self.rows.add(Gathering, activity=self.activity, helpers=helpers, guests=guests)
        keeper = self.held.keeper
        for one in self.held.helpers:
            came, went = self._around(self.begins, -20, -5), self._around(self.ends, 0, 15)
            self._mark(helpers, one, Direction.IN, came, way=Proven.SCAN, by=keeper)
            self._mark(helpers, one, Direction.OUT, went, way=Proven.SCAN, by=keeper)
        for one in self.held.guests:
            came = self._around(self.begins, -10, 15)
            self._mark(guests, one, Direction.IN, came, way=Proven.CODE, by=one)
        if self.held.plan.kind == ActivityKind.FAIR:
            for after, people in HEADS:
                at = self.begins + after
                self.rows.add(
                    HeadCount, uuid=self.draw.uuid(at), activity=self.activity, at=at, people=people,
                    counted_by_id=keeper.pk, recorded_at=at,
                )  # fmt: skip

    def _around(self, at: datetime, least: int, most: int) -> datetime:
        return at + timedelta(minutes=self.draw.number(least, most))

    def _cause(self, kind: CauseKind) -> Cause:
        made: Cause = self.rows.add(
            Cause, uuid=self.draw.uuid(self.begins), kind=kind, reference=str(self.activity.uuid),
            place_id=self.place_id, county_id=self.county_id, at=self.begins,
        )  # fmt: skip
        return made

    def _mark(
        self, cause: Cause, account: Account, direction: Direction, at: datetime, *, way: Proven, by: Account
    ) -> None:
        self.rows.add(
            Mark, uuid=self.draw.uuid(at), cause=cause, person_id=account.person_id, direction=direction, at=at,
            recorded_at=at, recorded_by_id=by.pk, way=way, grade=Grade.STRONG,
            code_step=int(at.timestamp()) // QUICK_STEP_SECONDS, place_id=self.place_id, county_id=self.county_id,
        )  # fmt: skip
