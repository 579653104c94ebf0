"""The shape of plans over the API."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.activities.models import Activity
from sidan.bookings.policies import Span
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Input
from sidan.people.models import Team
from sidan.plans.enums import MOST_LINES, MOST_TIMES
from sidan.plans.models import Plan, PlanStep
from sidan.plans.operations import LineFacts, NewPlan, PlanText, Prepared
from sidan.plans.policies import Days, Tally
from sidan.plans.queries import Compared, LineTold

KindCode = Literal["activity", "lecture", "fair", "class", "training"]
TaskCode = Literal["theory", "policy", "values", "culture", "customs"]
PlatformCode = Literal["theory", "education", "culture", "science", "sport"]
AudienceCode = Literal["elder", "child", "left_behind", "disabled", "hardship", "woman", "veteran"]
PeriodCode = Literal["year", "month", "week"]
PlanChip = Literal["", "draft", "submitted", "approved", "published", "dropped"]


def _line(most: int) -> CleanText:
    return CleanText(max_length=most, min_length=0)


class PlanTextIn(Input):
    """The head of a plan."""

    theme: Annotated[str, CleanText(max_length=60)]
    theme_en: Annotated[str, _line(120)] = ""
    goals: Annotated[str, CleanText(max_length=500, min_length=0, lines="many")] = ""

    def text(self) -> PlanText:
        return PlanText(theme=self.theme, theme_en=self.theme_en, goals=self.goals)


class NewPlanIn(PlanTextIn):
    """A plan of a place or of one of its teams, for the year, month or week in which `day` lies."""

    place: UUID
    team: UUID | None = None
    period: PeriodCode
    day: date

    def new(self, *, team: Team | None) -> NewPlan:
        """Return it as operations take it."""
        return NewPlan(period=self.period, day=self.day, text=self.text(), team=team)


class CopyIn(Input):
    """A day of the period into which a plan is copied."""

    day: date


class PlanLineIn(Input):
    """A line; without `last_day` it is on one day. A whole month says that the day is not known yet."""

    first_day: date
    last_day: date | None = None
    theme: Annotated[str, CleanText(max_length=60)]
    kind: KindCode = "activity"
    task: TaskCode
    platform: PlatformCode | Literal[""] = ""
    audience: Annotated[list[AudienceCode], Field(max_length=20)] = []
    lecturer: Annotated[str, _line(40)] = ""
    venue: Annotated[str, _line(80)] = ""
    answers: Annotated[str, _line(40)] = ""
    times: Annotated[int, Field(ge=1, le=MOST_TIMES)] = 1

    def facts(self) -> LineFacts:
        """Return it as operations take it."""
        return LineFacts(
            days=Days(self.first_day, self.last_day or self.first_day), theme=self.theme, kind=self.kind,
            task=self.task, platform=self.platform, audience=list(dict.fromkeys(self.audience)),
            lecturer=self.lecturer, venue=self.venue, answers=self.answers, times=self.times,
        )  # fmt: skip


class PlanLinesIn(Input):
    """Lines that are added, or that take the place of those there are; all of them or none."""

    lines: Annotated[list[PlanLineIn], Field(min_length=1, max_length=MOST_LINES)]
    mode: Literal["add", "replace"] = "add"


class PlanWordsIn(Input):
    """Why: read by those whom it concerns."""

    words: Annotated[str, CleanText(max_length=200, min_length=0, lines="many")] = ""


class PlanStepIn(PlanWordsIn):
    """The `turn` of the plan that was read: nobody approves what was changed since then."""

    turn: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class PrepareIn(Input):
    """When a line is held, and where if not as it says."""

    begins: datetime
    ends: datetime
    venue: Annotated[str, _line(80)] = ""

    def prepared(self) -> Prepared:
        return Prepared(span=Span(aware(self.begins), aware(self.ends)), venue=self.venue)


class LinkIn(Input):
    """Which activity carries a line out."""

    activity: UUID


class LinkSeriesIn(Input):
    """What comes again and carries a line out."""

    series: UUID


class EraseNameIn(Input):
    """Which name is taken out."""

    part: Literal["lecturer", "answers"]


class PlanTallyOut(Schema):
    """How often something was meant to be held, was held, and is still to come."""

    planned: int
    done: int
    coming: int

    @classmethod
    def of(cls, tally: Tally) -> Self:
        return cls(planned=tally.planned, done=tally.done, coming=tally.coming)


class PlanOut(Schema):
    id: UUID
    place: UUID
    team: UUID | None
    period: str
    first_day: date
    last_day: date
    theme: str
    theme_en: str
    goals: str
    state: str
    published_at: datetime | None
    is_late: bool
    turn: int

    @classmethod
    def of(cls, plan: Plan) -> Self:
        return cls(
            id=plan.uuid, place=plan.place.uuid, team=plan.team.uuid if plan.team else None, period=plan.period,
            first_day=plan.first_day, last_day=plan.last_day, theme=plan.theme, theme_en=plan.theme_en,
            goals=plan.goals, state=plan.state, published_at=plan.published_at, is_late=plan.is_late, turn=plan.turn,
        )  # fmt: skip


class PlanPageOut(Schema):
    items: list[PlanOut]
    next_cursor: str | None


class PlanLineOut(Schema):
    """A line with the activities that carry it out, and what that comes to."""

    id: UUID
    first_day: date
    last_day: date
    theme: str
    kind: str
    task: str
    platform: str
    audience: list[str]
    lecturer: str
    venue: str
    answers: str
    times: int
    left_out_why: str
    activities: list[UUID]
    tally: PlanTallyOut

    @classmethod
    def of(cls, told: LineTold, activities: Sequence[Activity]) -> Self:
        line = told.line
        return cls(
            id=line.uuid, first_day=line.first_day, last_day=line.last_day, theme=line.theme, kind=line.kind,
            task=line.task, platform=line.platform, audience=line.audience, lecturer=line.lecturer, venue=line.venue,
            answers=line.answers, times=line.times, left_out_why=line.left_out_why,
            activities=[one.uuid for one in activities], tally=PlanTallyOut.of(told.tally),
        )  # fmt: skip


class PublicPlanOut(PlanOut):
    """A plan that is published, with its lines; of what carries them out only what is announced."""

    lines: list[PlanLineOut]


class PlanTaskOut(Schema):
    task: str
    tally: PlanTallyOut


class PlanStepOut(Schema):
    verb: str
    to_state: str
    at: datetime
    words: str

    @classmethod
    def of(cls, step: PlanStep) -> Self:
        note = getattr(step, "note", None)
        return cls(verb=step.verb, to_state=step.to_state, at=step.at, words=str(note.words) if note else "")


class OfficePlanOut(PublicPlanOut):
    """A plan beside what was done: by line, by task, in all, and what was held without being planned."""

    tasks: list[PlanTaskOut]
    whole: PlanTallyOut
    percent: int | None
    beside: list[UUID]
    steps: list[PlanStepOut]

    @classmethod
    def compared(cls, plan: Plan, told: Compared, steps: Sequence[PlanStep]) -> Self:
        return cls(
            **PlanOut.of(plan).dict(), lines=[PlanLineOut.of(one, one.activities) for one in told.lines],
            tasks=[PlanTaskOut(task=one.task, tally=PlanTallyOut.of(one.tally)) for one in told.tasks],
            whole=PlanTallyOut.of(told.whole), percent=told.percent, beside=[one.uuid for one in told.beside],
            steps=list(map(PlanStepOut.of, steps)),
        )  # fmt: skip


class PreparedOut(Schema):
    """The activity whose draft was written."""

    activity: UUID
