"""The shape of the loop's input and output over the API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import model_validator

from sidan.attendance.operations import Proof, Reading
from sidan.core.clock import aware
from sidan.core.inputs import CleanText, Input
from sidan.orders.models import Assignment, Order, TakeOver, Visit
from sidan.orders.operations import Change, Contact, Said, Wish
from sidan.orders.policies import MOST_PEOPLE, numbers_to_call
from sidan.orders.queries import NamedMember, Offer, OpenTask, TimelineEntry
from sidan.orders.saying import ReviewIn, Text1000
from sidan.places.coordinates import Point

Text500 = Annotated[str, CleanText(max_length=500, min_length=0, lines="many")]
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

    def wish(self) -> Wish:
        return Wish(
            project_uuid=self.project, wished_from=aware(self.wished_from), wished_to=aware(self.wished_to),
            need=self.need, contact=Contact(**self.contact.dict()), urgency=self.urgency,
            is_private=self.is_private,
        )  # fmt: skip


class OrderForIn(OrderIn):
    """The same for a resident, by the person's public id."""

    person: UUID
    consent: Literal["spoken", "signed"]
    """How the resident agreed; a picture of the paper is added on the page."""


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


class DispatchIn(Input):
    team: UUID
    words: Text500 = ""


class CallIn(Input):
    """An open call: teams whose own place lies in the area may answer until a moment."""

    area: UUID
    way: Literal["first_come", "best_fit"] = "first_come"
    until: datetime


class PickIn(Input):
    team: UUID


class AnswerIn(Input):
    """For which of the teams that one leads."""

    team: UUID
    words: Text500 = ""


class AskTakeOverIn(ReasonIn):
    """Whom to ask to take an order over, and until when; without a team the office is asked to take it back."""

    team: UUID | None = None
    until: datetime


class MembersIn(Input):
    people: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class VisitTimeIn(Input):
    """When the team comes. A time without an offset is read as China's own (Asia/Shanghai, +08:00)."""

    planned_from: datetime
    planned_to: datetime


class ReadingIn(Input):
    """Where a telephone says it is, once."""

    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    accuracy: Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]
    system: Literal["wgs84", "gcj02", "bd09"] = "wgs84"

    def told(self) -> Reading:
        point = Point(longitude=self.longitude, latitude=self.latitude, system=self.system)
        return Reading(point=point, accuracy_m=self.accuracy)


class MarkIn(Input):
    """By the resident's six digits, by place with consent, or by hand with a reason.

    The leader may name another member, by hand.
    """

    way: Literal["code", "place", "hand"]
    code: Annotated[str, Field(pattern=r"^[0-9]{0,6}$")] = ""
    reason: Literal["", "no_phone", "cannot_show", "no_network", "forgotten", "other"] = ""
    person: UUID | None = None
    reading: ReadingIn | None = None

    def proof(self) -> Proof:
        reading = self.reading.told() if self.reading else None
        return Proof(way=self.way, code=self.code, reason_code=self.reason, reading=reading)


class ReviewForIn(ReviewIn):
    channel: Literal["telephone", "paper"]

    def told(self) -> Said:
        return Said(**self.dict(exclude={"channel"}))


class OrderOut(Schema):
    """An order without anything personal; the title is in the reader's language, as on the pages."""

    uuid: UUID
    number: str
    title: str
    category: str
    state: str
    state_since: datetime
    urgency: str
    is_private: bool
    wished_from: datetime
    wished_to: datetime
    created_at: datetime
    due_at: datetime | None
    """Until when the present state should last at the longest; none where nothing limits it."""
    half_at: datetime | None
    """From when on the time is called short."""

    @classmethod
    def of(cls, order: Order) -> "OrderOut":
        return cls.model_construct(
            uuid=order.uuid, number=order.number, title=order.full_title, category=order.category_id,
            is_private=order.is_private,
            state=order.state, state_since=order.state_since, urgency=order.urgency, wished_from=order.wished_from,
            wished_to=order.wished_to, created_at=order.created_at,
            due_at=order.due_at, half_at=order.half_at,
        )  # fmt: skip


class PlacedOut(OrderOut):
    """What was placed, and whom to call before anything else."""

    call_now: list[str]
    """Emergency numbers by the words of the order, the most urgent first; empty where nothing speaks of danger."""

    @classmethod
    def of_placed(cls, order: Order, words: str) -> "PlacedOut":
        return cls.model_construct(**OrderOut.of(order).dict(), call_now=list(numbers_to_call(words)))


class OrderPageOut(Schema):
    items: list[OrderOut]
    next_cursor: str | None


class StepOut(Schema):
    """One step of the history; its words are for those who may see the order."""

    at: datetime
    verb: str
    state: str
    team: str
    reason: str
    words: str

    @classmethod
    def of(cls, entry: TimelineEntry) -> "StepOut":
        return cls(
            at=entry.at, verb=entry.verb, state=entry.state, team=entry.team_name, reason=entry.reason_code,
            words=entry.words,
        )  # fmt: skip


class VisitOut(Schema):
    uuid: UUID
    state: str
    planned_from: datetime
    planned_to: datetime

    @classmethod
    def of(cls, visit: Visit) -> "VisitOut":
        return cls(
            uuid=visit.uuid, state=visit.state, planned_from=visit.planned_from, planned_to=visit.planned_to
        )


class AssignmentOut(Schema):
    uuid: UUID
    state: str
    team: str
    team_uuid: UUID
    order_number: str
    visit: VisitOut | None = None

    @classmethod
    def of(cls, assignment: Assignment, visit: Visit | None = None) -> "AssignmentOut":
        return cls(
            uuid=assignment.uuid, state=assignment.state, team=assignment.team.name, team_uuid=assignment.team.uuid,
            order_number=assignment.order.number, visit=VisitOut.of(visit) if visit else None,
        )  # fmt: skip


class CallingTeamOut(Schema):
    uuid: UUID
    name: str
    has_applied: bool


class CallOut(Schema):
    """An open call as a team reads it: nothing personal."""

    uuid: UUID
    title: str
    category: str
    place: str
    wished_from: datetime
    wished_to: datetime
    people_needed: int
    way: str
    until: datetime
    teams: list[CallingTeamOut]
    """Those of my teams that it reaches."""

    @classmethod
    def of(cls, task: OpenTask) -> "CallOut":
        call, order = task.call, task.call.order
        teams = [
            CallingTeamOut(uuid=team.uuid, name=team.name, has_applied=team in task.applied)
            for team in task.teams
        ]
        return cls(
            uuid=call.uuid, title=order.shown_title, category=order.category_id, place=order.origin_place.name,
            wished_from=order.wished_from, wished_to=order.wished_to, people_needed=order.people_needed,
            way=call.way, until=call.until, teams=teams,
        )  # fmt: skip


class TakeOverOut(Schema):
    """A request to take an order over, as the team that is asked reads it: nothing personal."""

    uuid: UUID
    title: str
    category: str
    wished_from: datetime
    wished_to: datetime
    people_needed: int
    from_team: str
    to_team: str
    """Empty where the office is asked."""
    reason: str
    until: datetime
    state: str

    @classmethod
    def of(cls, asked: TakeOver) -> "TakeOverOut":
        order = asked.order
        return cls(
            uuid=asked.uuid, title=order.shown_title, category=order.category_id, wished_from=order.wished_from,
            wished_to=order.wished_to, people_needed=order.people_needed, from_team=asked.from_team.name,
            to_team=asked.to_team.name if asked.to_team else "", reason=asked.reason_code, until=asked.until,
            state=asked.state,
        )  # fmt: skip


class OfferOut(Schema):
    """A team that would take an order that was called openly."""

    team: UUID
    name: str
    words: str
    open_assignments: int | None
    """What it has to do already; unknown where it no longer serves this kind here."""

    @classmethod
    def of(cls, offer: Offer) -> "OfferOut":
        team = offer.answer.team
        load = offer.fit.load if offer.fit else None
        return cls(team=team.uuid, name=team.name, words=offer.answer.words, open_assignments=load)


class ReviewOut(Schema):
    """What the resident said."""

    outcome: str
    stars: int | None
    words: str
    at: datetime


class NamedMemberOut(Schema):
    """Somebody who is named to go; the id is what a leader checks others in by."""

    uuid: UUID
    name: str

    @classmethod
    def of(cls, member: NamedMember) -> "NamedMemberOut":
        return cls(uuid=member.uuid, name=member.name)


class LookOut(Schema):
    """Somebody looked at the contact."""

    at: datetime
    who: str


class ResultOut(Schema):
    """An answer of a report, in the reader's language."""

    code: str
    kind: str
    label: str
    value: str


class OrderDetailOut(OrderOut):
    """An order with its history; address and telephone are asked for separately and each look is recorded."""

    people_needed: int
    members: list[NamedMemberOut]
    """Who is named to go, in the order of naming."""
    steps: list[StepOut]
    assignment: AssignmentOut | None
    may_see_contact: bool
    reports: list[str]
    """What the team wrote of each visit; numbers are masked for whom the contact is."""
    results: list[list[ResultOut]]
    """What each report says by the template of its kind of service."""
    pictures: list[UUID]
    """The pictures of the visits: /files/{id}/ shows one."""
    review: ReviewOut | None
    merged_into: str | None
    """The number of the order that goes on instead, of one that was put together with another."""
    looks: list[LookOut]
    """Who looked at address and telephone, newest first; for the resident alone."""


class FullContactOut(Schema):
    name: str
    phone: str
    address: str
    need: str
    notes: list[str]
    """Words of the history in which numbers stand; elsewhere they are masked."""


class CodeOut(Schema):
    code: str
    seconds: int


class TeamChoiceOut(Schema):
    uuid: UUID
    name: str
    place: str
    open_assignments: int


class BoardOut(Schema):
    to_take: list[AssignmentOut]
    planned: list[AssignmentOut]
    under_way: list[AssignmentOut]
    to_report: list[AssignmentOut]
