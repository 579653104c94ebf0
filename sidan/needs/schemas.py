"""The shape of needs and surveys over the API."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.catalogue.models import Category
from sidan.catalogue.operations.errors import NoSuchCategory
from sidan.core.danger import numbers_to_call
from sidan.core.inputs import CleanText, Code, Input
from sidan.needs.models import Need, Survey
from sidan.needs.operations import NewNeed
from sidan.needs.policies import LONGEST_KEPT_SECONDS, LONGEST_TEXT, MOST_QUESTIONS
from sidan.needs.queries import CameOfIt, Tally

SourceCode = Literal["visit", "message", "meeting"]
Line = Annotated[str, CleanText(max_length=80)]


class NeedIn(Input):
    """A need of a place, in the office's words; `words` are somebody's own and kept encrypted."""

    place: UUID
    title: Line
    source: SourceCode
    category: Code = ""
    voices: Annotated[int, Field(ge=1, le=9999)] = 1
    words: Annotated[str, CleanText(max_length=1000, min_length=0, lines="many")] = ""
    order: Annotated[str, CleanText(max_length=20, min_length=0)] = ""
    """The number of the order at whose visit, or in whose talk, it was heard; nothing where there is none."""

    def kind(self) -> Category | None:
        return Category.objects.filter(code=self.category).first()


class KindIn(Input):
    """The kind of service that a need without one is of, by its code."""

    category: Annotated[str, CleanText(max_length=40)]

    def kind(self) -> Category:
        """Return it. Raises NoSuchCategory."""
        found = Category.objects.filter(code=self.category, is_active=True).first()
        if found is None:
            raise NoSuchCategory
        return found


class MergeIn(Input):
    """The need that says the same, with which this one is counted."""

    into: UUID


class TraceIn(Input):
    """What came of it: exactly one of the number of an order, a service, or an answer."""

    number: Annotated[str, CleanText(max_length=20, min_length=0)] = ""
    project: UUID | None = None
    answer: Annotated[str, CleanText(max_length=300, min_length=0, lines="many")] = ""

    def is_one(self) -> bool:
        return sum(map(bool, (self.number, self.project, self.answer))) == 1


class TraceOut(Schema):
    """What it led to, once; the number of an order, as which it goes on, is told to who may see that order.

    It `stands` unless nothing came of it: the order is over without ever having been done.
    """

    id: UUID
    kind: str
    number: str | None
    project: UUID | None
    answer: str
    stands: bool
    at: datetime

    @classmethod
    def of(cls, came: CameOfIt) -> Self:
        trace = came.trace
        return cls(
            stands=came.stands, id=trace.uuid, kind=trace.kind, number=came.order.number if came.order else None,
            project=trace.project.uuid if trace.project else None, answer=trace.answer, at=trace.at,
        )  # fmt: skip


class NeedOut(Schema):
    """`voices` are those of the need and of all that are counted with it, which are so many `likes`."""

    id: UUID
    place: UUID
    category: str | None
    title: str
    source: str
    state: str
    voices: int
    likes: int
    same_as: UUID | None
    at: datetime

    @classmethod
    def of(cls, need: Need) -> Self:
        # One that was written down this moment stands alone.
        voices, likes = getattr(need, "all_voices", need.voices), getattr(need, "like_count", 0)
        return cls(
            id=need.uuid, place=need.place.uuid, category=need.category_id, title=need.title, source=need.heard_by,
            state=(need.same_as or need).state, voices=voices, likes=likes, at=need.at,
            same_as=need.same_as.uuid if need.same_as else None,
        )  # fmt: skip


class NotedNeedOut(NeedOut):
    """A need that was written down, and whom to call before anything else."""

    call_now: list[str]
    """Emergency numbers by title and words, the most urgent first; empty where nothing speaks of danger."""

    @classmethod
    def of_noted(cls, need: Need, told: NewNeed) -> Self:
        return cls(**NeedOut.of(need).dict(), call_now=list(numbers_to_call(told.all_words)))


class ListedNeedOut(NeedOut):
    """A line of the list."""

    offers: int
    """How many published services of its category serve its place."""
    traces: int

    @classmethod
    def of(cls, need: Need) -> Self:
        counted: Any = need
        told = NeedOut.of(need).dict()
        return cls(**told, offers=counted.offers, traces=counted.trace_count)


class NeedPageOut(Schema):
    items: list[ListedNeedOut]
    next_cursor: str | None


class OfferedOut(Schema):
    """A service that the library has for a need, and whether residents find it on a menu there today."""

    id: UUID
    title: str
    on_menu: bool


class OneNeedOut(NeedOut):
    """One need with what came of it, and what menu and library offer for it."""

    order: str | None
    """The number of the order at whose visit, or in whose talk, it was heard: to who may see that order."""
    traces: list[TraceOut]
    offered: list[OfferedOut]


class KindNeededOut(Schema):
    """What is needed of one kind (none: without a kind) at a menu's place and below, beside what the menu has."""

    category: str
    name: str
    needs: int
    voices: int
    on_menu: int
    unserved: int
    """For how many of these needs the library has nothing either."""


class QuestionOut(Schema):
    kind: str
    words: str
    choices: list[str]


class SurveyOut(Schema):
    id: UUID
    place: UUID
    title: str
    state: str
    questions: list[QuestionOut]
    created_at: datetime

    @classmethod
    def of(cls, survey: Survey) -> Self:
        asked = [
            QuestionOut(kind=one.kind, words=one.words, choices=list(one.choices)) for one in survey.asked
        ]
        return cls(
            id=survey.uuid, place=survey.place.uuid, title=survey.title, state=survey.state, questions=asked,
            created_at=survey.created_at,
        )  # fmt: skip


class SurveyPageOut(Schema):
    items: list[SurveyOut]
    next_cursor: str | None


class SurveyIn(Input):
    """A short survey; `text` holds a question a line, its choices below it after "-" (one) or "+" (several)."""

    place: UUID
    title: Annotated[str, CleanText(max_length=60)]
    text: Annotated[str, CleanText(max_length=4000, lines="many")]


class SheetIn(Input):
    """What one person answered: by the number of the question, what was chosen or said. `client_id` names the sheet
    on the device that kept it; sent again under the same name it is kept once. `kept_seconds` says how long the device
    kept it: filled in before the survey was closed, and kept for a week at most, it is still taken."""

    place: UUID
    source: Literal["paper", "visit"]
    answers: Annotated[
        dict[
            Annotated[str, Field(pattern=r"^(0|[1-9][0-9]?)$")],
            Annotated[
                list[Annotated[str, CleanText(max_length=LONGEST_TEXT, lines="many")]], Field(max_length=12)
            ],
        ],
        Field(max_length=MOST_QUESTIONS),
    ]
    client_id: UUID | None = None
    kept_seconds: Annotated[int, Field(ge=0, le=LONGEST_KEPT_SECONDS)] = 0


class SheetOut(Schema):
    """A sheet that is kept, and whom to call before anything else."""

    id: UUID
    at: datetime
    call_now: list[str]
    """Emergency numbers by the words of the sheet, the most urgent first; empty where nothing speaks of danger."""


class CountOut(Schema):
    choice: str
    count: int


class TallyOut(Schema):
    """A question with how often each choice was made; answers in words are read on the page of the survey."""

    words: str
    counts: list[CountOut]
    answered_in_words: int

    @classmethod
    def of(cls, tally: Tally) -> Self:
        counts = [CountOut(choice=choice, count=count) for choice, count in tally.counts]
        return cls(words=tally.words, counts=counts, answered_in_words=len(tally.said))


class CountedSurveyOut(SurveyOut):
    answered: int
    tallies: list[TallyOut]
