"""What is sent to the loop over the API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field
from pydantic import model_validator

from sidan.attendance.operations import Proof
from sidan.attendance.reading import ReadingIn
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Code, Input, TypedDigits
from sidan.orders.operations import Change, Contact, Wish
from sidan.orders.policies import FEWEST_PARTS, LONGEST_PART, MOST_PARTS, MOST_PEOPLE
from sidan.orders.saying import ReviewIn, Text1000
from sidan.people.organisations import OrganisationIn, named

Text500 = Annotated[str, CleanText(max_length=500, min_length=0, lines="many")]
Turn = Annotated[int, Field(ge=1, le=1_000_000)]
ReasonCode = Literal[
    "not_our_task", "out_of_area", "incomplete", "duplicate", "no_people", "no_skill", "not_safe", "nobody_home",
    "no_longer_needed", "wrong_time", "beyond_us", "nearer", "other",
]  # fmt: skip


class OrderContactIn(Input):
    """Whom to call and where to go; what is left out is taken from the person's file."""

    name: Annotated[str, CleanText(max_length=60, min_length=0)] = ""
    phone: Annotated[str, CleanText(max_length=30, min_length=0)] = ""
    address: Annotated[str, CleanText(max_length=200, min_length=0)] = ""


class OrderIn(Input):
    """A wish for a project of the menu, by its public id.

    Times should carry their offset. One without is read as China's own time (Asia/Shanghai, +08:00).
    """

    project: UUID
    wished_from: datetime
    wished_to: datetime
    need: Text1000 = ""
    contact: OrderContactIn = OrderContactIn()
    urgency: Literal["normal", "urgent"] = "normal"
    is_private: bool = False
    """Seen by those who handle it only; some kinds of service always are."""
    organisation: OrganisationIn | None = None
    """In whose name, where one asks for a village, a school or an enterprise; never of a private order."""

    def wish(self) -> Wish:
        return Wish(
            project_uuid=self.project, wished_from=aware(self.wished_from), wished_to=aware(self.wished_to),
            need=self.need, contact=Contact(**self.contact.dict()), urgency=self.urgency,
            is_private=self.is_private,
            organisation=named(self.organisation),
        )  # fmt: skip


class OrderForIn(OrderIn):
    """The same for a resident, by the person's public id."""

    person: UUID
    consent: Literal["spoken", "signed", "photo"]
    """How the resident agreed; with a photo goes the `paper` that was kept before."""
    paper: UUID | None = None


class ReasonIn(Input):
    reason: ReasonCode
    words: Text500 = ""


class SendDownIn(ReasonIn):
    """To which place below, by its public id."""

    place: UUID


class WordsIn(Input):
    words: Text500 = ""


class MergeOrderIn(WordsIn):
    """Which order of the same person goes on, by its number."""

    into: Annotated[str, CleanText(max_length=20)]


class ChangeIn(Input):
    """What is to be different; what is left out stays. A wished time is given with its end, or not at all."""

    wished_from: datetime | None = None
    wished_to: datetime | None = None
    people_needed: Annotated[int, Field(ge=1, le=MOST_PEOPLE)] | None = None
    need: Text1000 | None = None
    contact: OrderContactIn = OrderContactIn()
    words: Text500 = ""
    turn: Turn | None = None
    """The `turn` of the order that was read; what somebody else changed since then is not written over."""

    @model_validator(mode="after")
    def _both_or_none(self) -> "ChangeIn":
        if (self.wished_from is None) != (self.wished_to is None):
            raise ValueError("wished_from and wished_to go together")
        return self

    def change(self) -> Change:
        window = None
        if self.wished_from is not None and self.wished_to is not None:
            window = (aware(self.wished_from), aware(self.wished_to))
        return Change(
            window=window,
            people_needed=self.people_needed,
            need=self.need,
            contact=Contact(**self.contact.dict()),
        )


class CancelIn(Input):
    reason: ReasonCode | Literal[""] = ""
    words: Text500 = ""


class CancelForIn(CancelIn):
    asked_by: Literal["telephone", "in_person", "others"]


class DispatchIn(Input):
    """To which team; of an order that was split, which part of it."""

    team: UUID
    part: UUID | None = None
    words: Text500 = ""


class PartIn(Input):
    """One kind of work: nothing personal in its words."""

    words: Annotated[str, CleanText(max_length=LONGEST_PART, min_length=0)] = ""
    """None of a private order, whose parts are named by their kind alone."""
    category: Code
    people_needed: Annotated[int, Field(ge=1, le=MOST_PEOPLE)] = 1


class SplitIn(Input):
    parts: Annotated[list[PartIn], Field(min_length=FEWEST_PARTS, max_length=MOST_PARTS)]


class LeaveOutIn(ReasonIn):
    """Which part, and why; the resident reads it."""

    part: UUID


class WithdrawIn(Input):
    """Of an order that was split, the offer of which part; without one the oldest."""

    part: UUID | None = None
    words: Text500 = ""


class CallIn(Input):
    """An open call: teams whose own place lies in the area may answer until a moment."""

    area: UUID
    way: Literal["first_come", "best_fit"] = "first_come"
    until: datetime
    part: UUID | None = None
    """Of an order that was split: which part of it."""


class PickIn(Input):
    team: UUID


class SeenIn(Input):
    """The `turn` of the order that was read: nobody accepts what was changed since then."""

    turn: Turn | None = None


class ClaimIn(PickIn, SeenIn):
    """For which of the teams that one leads."""


class PickForIn(PickIn):
    """Which team; of an order that was split, for which part."""

    part: UUID | None = None


class EndCallIn(WordsIn):
    """Of an order that was split, the call of which part."""

    part: UUID | None = None


class AnswerIn(SeenIn):
    """For which of the teams that one leads."""

    team: UUID
    words: Text500 = ""


class AskTakeOverIn(ReasonIn):
    """Whom to ask to take an order over, and until when; without a team the office is asked to take it back."""

    team: UUID | None = None
    until: datetime


class TakeBackIn(Input):
    """Which request is answered; it may be left out where only one team asks the office."""

    take_over: UUID | None = None


class TakeFromTeamIn(Input):
    """Why; of an order that was split, from the team of which part."""

    reason: Literal["overdue", "team_gone", "no_people", "other"]
    words: Text500 = ""
    part: UUID | None = None


class LeaveIn(ReasonIn, TakeBackIn):
    """Why the team keeps it, and which request is answered."""


class MembersIn(Input):
    people: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class VisitTimeIn(Input):
    """When the team comes. A time without an offset is read as China's own (Asia/Shanghai, +08:00)."""

    planned_from: datetime
    planned_to: datetime


class MarkIn(Input):
    """By the resident's six digits, by place with consent, or by hand with a reason.

    The leader may name another member, by hand. By hand `at` may say when it was, without an offset in China's own
    time; without it, it is now.
    """

    way: Literal["code", "place", "hand"]
    code: Annotated[str, Field(pattern=r"^[0-9]{0,6}$"), TypedDigits] = ""
    reason: Literal["", "no_phone", "cannot_show", "no_network", "forgotten", "other"] = ""
    person: UUID | None = None
    reading: ReadingIn | None = None
    at: datetime | None = None

    def proof(self) -> Proof:
        reading = self.reading.told() if self.reading else None
        at = aware(self.at) if self.at else None
        return Proof(way=self.way, code=self.code, reason_code=self.reason, reading=reading, at=at)


class ReviewForIn(ReviewIn):
    channel: Literal["telephone", "paper"]
