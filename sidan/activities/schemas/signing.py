"""The shape over the API of posts, and of who signs up."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Field, Schema

from sidan.activities.enums import MOST_SEATS, OLDEST
from sidan.activities.models import Enrolment, EntryRules, Post
from sidan.activities.operations import Answers, EntryPlan, PostPlan
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Input

RoleCode = Literal["audience", "volunteer"]
SkillCode = Literal[
    "", "care", "haircut", "repair", "medical", "law", "teaching", "lecture", "arts", "sports", "farming", "computer",
    "psychology", "cooking", "driving", "environment", "rescue",
]  # fmt: skip
EntryCode = Literal["open", "code", "invited"]
PeopleChip = Literal["", "enrolled", "waiting", "absent", "gone"]
Words = Annotated[str, CleanText(max_length=200, min_length=0, lines="many")]


class PostIn(Input):
    """What people sign up for; without `places` for whoever comes. Who helps is always counted."""

    role: RoleCode
    name: Annotated[str, CleanText(max_length=40)]
    name_en: Annotated[str, CleanText(max_length=80, min_length=0)] = ""
    skill: SkillCode = ""
    places: Annotated[int, Field(ge=1, le=MOST_SEATS)] | None = None

    def plan(self) -> PostPlan:
        return PostPlan(
            role=self.role, name=self.name, name_en=self.name_en, skill=self.skill, places=self.places
        )


class EntryIn(Input):
    """Who may sign up, and until when one signs up and off; left out: until it begins."""

    entry: EntryCode
    code: Annotated[str, CleanText(max_length=20, min_length=0)] = ""
    signup_until: datetime | None = None
    signoff_until: datetime | None = None

    def plan(self) -> EntryPlan:
        return EntryPlan(
            entry=self.entry, code=self.code, signup_until=_moment(self.signup_until),
            signoff_until=_moment(self.signoff_until),
        )  # fmt: skip


class EntryOut(Schema):
    entry: str
    signup_until: datetime | None
    signoff_until: datetime | None

    @classmethod
    def of(cls, rules: EntryRules) -> Self:
        return cls(entry=rules.entry, signup_until=rules.signup_until, signoff_until=rules.signoff_until)


class EnrolIn(Input):
    """Oneself, or by `name` somebody of one's family. The age is compared and not kept."""

    name: Annotated[str, CleanText(max_length=60, min_length=0)] = ""
    age: Annotated[int, Field(ge=0, le=OLDEST)] | None = None
    code: Annotated[str, CleanText(max_length=20, min_length=0)] = ""
    words: Words = ""

    def answers(self) -> Answers:
        return Answers(age=self.age, code=self.code, words=self.words)


class EnrolForIn(Input):
    """Somebody who called or came by."""

    person: UUID
    words: Words = ""


class EnrolmentWordsIn(Input):
    """Words with an act; they may be left out where it needs no reason."""

    words: Words = ""


class ShiftIn(Input):
    """Another post of the same activity."""

    post: UUID


class PostOut(Schema):
    """A post; `left` is empty where whoever comes is welcome."""

    id: UUID
    role: str
    name: str
    name_en: str
    skill: str
    places: int | None
    left: int | None
    waiting: int

    @classmethod
    def of(cls, post: Post) -> Self:
        return cls(
            id=post.uuid, role=post.role, name=post.name, name_en=post.name_en, skill=post.skill,
            places=post.places, left=post.left, waiting=post.waiting,
        )  # fmt: skip


class EnrolmentOut(Schema):
    """Who comes, as oneself and the place see it."""

    id: UUID
    activity: UUID
    title: str
    begins: datetime
    ends: datetime
    activity_state: str
    post: UUID
    post_name: str
    person: UUID
    person_name: str
    way: str
    ticket: int
    state: str

    @classmethod
    def of(cls, row: Enrolment) -> Self:
        activity = row.activity
        begins, ends = activity.span
        return cls(
            id=row.uuid, activity=activity.uuid, title=activity.title, begins=begins, ends=ends,
            activity_state=activity.state, post=row.post.uuid, post_name=row.post.name, person=row.person.uuid,
            person_name=row.person.name, way=row.way, ticket=row.ticket, state=row.state,
        )  # fmt: skip


class EnrolmentPageOut(Schema):
    items: list[EnrolmentOut]
    next_cursor: str | None


def _moment(told: datetime | None) -> datetime | None:
    return aware(told) if told else None
