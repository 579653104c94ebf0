"""What the loop answers over the API."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from sidan.audit.telling import LookOut
from sidan.core.danger import numbers_to_call
from sidan.orders.models import Assignment, Order, TakeOver, Visit
from sidan.orders.queries import NamedMember, Offer, OpenTask, PartShare, TimelineEntry
from sidan.people.organisations import OrganisationOut
from sidan.places.references import PlaceRef


class OrderOut(Schema):
    """An order without anything personal; the title is in the reader's language, as on the pages."""

    id: UUID
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
    """Until when the present state should last at the longest; none where nothing limits it.

    Of an order that was split, when the first of its parts is due.
    """
    half_at: datetime | None
    """From when on the time is called short."""
    organisation: OrganisationOut | None = None
    turn: int
    """How often it has moved; sent back with a decision, it says which wish was read."""

    @classmethod
    def of(cls, order: Order) -> "OrderOut":
        return cls.model_construct(
            id=order.uuid, number=order.number, title=order.full_title, category=order.category_id,
            is_private=order.is_private,
            state=order.state, state_since=order.state_since, urgency=order.urgency, wished_from=order.wished_from,
            wished_to=order.wished_to, created_at=order.created_at,
            due_at=order.due_at, half_at=order.half_at, organisation=OrganisationOut.of(order),
            turn=order.turn,
        )  # fmt: skip


class PlacedOut(OrderOut):
    """An order about which something was said, and whom to call before anything else."""

    call_now: list[str]
    """Emergency numbers by what was said, the most urgent first; empty where nothing speaks of danger."""

    @classmethod
    def of_placed(cls, order: Order, words: str) -> "PlacedOut":
        return cls.model_construct(**dict(OrderOut.of(order)), call_now=list(numbers_to_call(words)))


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
    from_place: str
    """Of a step by which the order was handed on, or help was asked: by which place; of any other nothing."""
    to_place: str
    """To which place, or which one was asked."""

    @classmethod
    def of(cls, entry: TimelineEntry) -> "StepOut":
        return cls(
            at=entry.at, verb=entry.verb, state=entry.state, team=entry.team_name, reason=entry.reason_code,
            words=entry.words, from_place=entry.from_place_name, to_place=entry.place_name,
        )  # fmt: skip


class VisitOut(Schema):
    id: UUID
    state: str
    planned_from: datetime
    planned_to: datetime

    @classmethod
    def of(cls, visit: Visit) -> "VisitOut":
        return cls(
            id=visit.uuid, state=visit.state, planned_from=visit.planned_from, planned_to=visit.planned_to
        )


class AssignmentOut(Schema):
    id: UUID
    state: str
    team: str
    team_id: UUID
    order_number: str
    part: str = ""
    """Of an order that was split: which part of it."""
    visit: VisitOut | None = None

    @classmethod
    def of(cls, assignment: Assignment, visit: Visit | None = None) -> "AssignmentOut":
        return cls(
            id=assignment.uuid, state=assignment.state, team=assignment.team.name, team_id=assignment.team.uuid,
            order_number=assignment.order.number, part=assignment.part.shown_title if assignment.part else "",
            visit=VisitOut.of(visit) if visit else None,
        )  # fmt: skip


class CallingTeamOut(Schema):
    id: UUID
    name: str
    has_applied: bool
    is_outdated: bool
    """It offered before the wish was changed, and cannot be chosen until it offers anew."""


class CallOut(Schema):
    """An open call as a team reads it: nothing personal."""

    id: UUID
    title: str
    category: str
    place: str
    wished_from: datetime
    wished_to: datetime
    people_needed: int
    part: str = ""
    """Of an order that was split: which part of it."""
    way: str
    until: datetime
    is_over: bool
    """Its time is over, and the office chooses: an offer can be taken back, or made anew after a change."""
    turn: int
    """Sent back with the answer, it says what was read."""
    teams: list[CallingTeamOut]
    """Those of my teams that it reaches, and those that have offered."""

    @classmethod
    def of(cls, task: OpenTask) -> "CallOut":
        call, order, work = task.call, task.call.order, task.call.work
        teams = [
            CallingTeamOut(
                id=team.uuid,
                name=team.name,
                has_applied=team in task.applied,
                is_outdated=team in task.outdated,
            )
            for team in task.teams
        ]
        return cls(
            id=call.uuid, title=order.shown_title, category=work.category_id, place=order.origin_place.name,
            wished_from=order.wished_from, wished_to=order.wished_to, people_needed=work.people_needed,
            part=call.part.shown_title if call.part else "", way=call.way, until=call.until,
            is_over=task.is_over, turn=order.turn, teams=teams,
        )  # fmt: skip


class TakeOverOut(Schema):
    """A request to take an order over, as the team that is asked reads it: nothing personal."""

    id: UUID
    title: str
    part: str
    """Which part of an order that was split; else empty."""
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
        order, part, work = asked.order, asked.assignment.part, asked.assignment.work
        return cls(
            id=asked.uuid, title=order.shown_title, part=part.shown_title if part else "",
            category=work.category_id, wished_from=order.wished_from,
            wished_to=order.wished_to, people_needed=work.people_needed, from_team=asked.from_team.name,
            to_team=asked.to_team.name if asked.to_team else "", reason=asked.reason_code, until=asked.until,
            state=asked.state,
        )  # fmt: skip


class HeardOut(Schema):
    """Whom to call before anything else."""

    call_now: list[str]
    """Emergency numbers by what was said, the most urgent first; empty where nothing speaks of danger."""

    @classmethod
    def of_words(cls, words: str) -> "HeardOut":
        return cls(call_now=list(numbers_to_call(words)))


class DispatchedOut(AssignmentOut, HeardOut):
    """What was offered, and whom to call before anything else."""

    @classmethod
    def of_dispatched(cls, assignment: Assignment, words: str) -> "DispatchedOut":
        return cls(**AssignmentOut.of(assignment).dict(), call_now=list(numbers_to_call(words)))


class AskedOut(TakeOverOut, HeardOut):
    """What was asked, and whom to call before anything else."""

    @classmethod
    def of_asked(cls, asked: TakeOver) -> "AskedOut":
        return cls(**TakeOverOut.of(asked).dict(), call_now=list(numbers_to_call(asked.words)))


class OfferOut(Schema):
    """A team that would take an order that was called openly."""

    team: UUID
    name: str
    words: str
    open_assignments: int | None
    """What it has to do already; unknown where it no longer serves this kind here."""
    is_outdated: bool
    """It was made before the wish was changed: the team cannot be chosen until it offers anew."""

    @classmethod
    def of(cls, offer: Offer) -> "OfferOut":
        team = offer.answer.team
        load = offer.fit.load if offer.fit else None
        return cls(
            team=team.uuid, name=team.name, words=offer.answer.words, open_assignments=load,
            is_outdated=offer.is_outdated,
        )  # fmt: skip


class ReviewOut(Schema):
    """What the resident said."""

    outcome: str
    stars: int | None
    words: str
    at: datetime


class NamedMemberOut(Schema):
    """Somebody who is named to go; the id is what a leader checks others in by."""

    id: UUID
    name: str

    @classmethod
    def of(cls, member: NamedMember) -> "NamedMemberOut":
        return cls(id=member.uuid, name=member.name)


class ResultOut(Schema):
    """An answer of a report, in the reader's language."""

    code: str
    kind: str
    label: str
    value: str


class PartOut(Schema):
    """One part of an order that was split, and who has it."""

    id: UUID
    words: str
    category: str
    people_needed: int
    state: str
    due_at: datetime | None
    """Until when its present state should last at the longest; none where nothing limits it."""
    half_at: datetime | None
    """From when on the time is called short."""
    called_until: datetime | None
    """While it is called openly: until when."""
    assignment: AssignmentOut | None

    @classmethod
    def of(cls, share: PartShare) -> "PartOut":
        part = share.part
        assignment = AssignmentOut.of(share.assignment, share.visit) if share.assignment else None
        return cls(
            id=part.uuid, words=part.words, category=part.category_id, people_needed=part.people_needed,
            state=part.state, due_at=part.due_at, half_at=part.half_at,
            called_until=share.call.until if share.call else None, assignment=assignment,
        )  # fmt: skip


class MadePartOut(PartOut):
    """A part that was made just now, and whom to call before anything else."""

    call_now: list[str]
    """Emergency numbers by what the part is called, the most urgent first; empty where nothing speaks of danger."""

    @classmethod
    def of_made(cls, share: PartShare) -> "MadePartOut":
        return cls.model_construct(
            **dict(PartOut.of(share)), call_now=list(numbers_to_call(share.part.words))
        )


class VisitReportOut(Schema):
    """What the team told of one visit. An order that is opened again goes another round."""

    at: datetime
    round: int
    """From 1 on."""
    rounds: int
    """How many rounds the order has gone so far: a report of a lower round is from before it was opened again."""
    words: str
    """As in `reports`; empty where only results were told."""
    results: list[ResultOut]


class OrderDetailOut(OrderOut):
    """An order with its history; address and telephone are asked for separately and each look is recorded."""

    holder: PlaceRef
    """The place that decides about it now."""
    people_needed: int
    members: list[NamedMemberOut]
    """Who is named to go, in the order of naming."""
    steps: list[StepOut]
    assignment: AssignmentOut | None
    """The team that has all of it; of an order that was split nobody."""
    parts: list[PartOut]
    """Of an order that was split; empty where one team does all of it."""
    may_see_contact: bool
    reports: list[str]
    """What the team wrote of each visit; numbers are masked for whom the contact is."""
    results: list[list[ResultOut]]
    """What each report says by the template of its kind of service."""
    visit_reports: list[VisitReportOut]
    """The same visit by visit, oldest first: words and results together, and of which round they are."""
    pictures: list[UUID]
    """The pictures of the visits: /files/{id}/ shows one."""
    review: ReviewOut | None
    merged_into: str | None
    """The number of the order that goes on instead, of one that was put together with another."""
    looks: list[LookOut]
    """Who looked at contact or code, newest first; for the resident alone."""


class FullContactOut(Schema):
    name: str
    phone: str
    address: str
    need: str
    notes: list[str]
    """Words of the history in which numbers stand; elsewhere they are masked."""
    entered_by: str = ""
    """Where there is no telephone: who entered the order for the resident, through whom they are reached."""


class CodeOut(Schema):
    code: str
    seconds: int


class TeamChoiceOut(Schema):
    id: UUID
    name: str
    place: str
    open_assignments: int


class BoardOut(Schema):
    to_take: list[AssignmentOut]
    planned: list[AssignmentOut]
    under_way: list[AssignmentOut]
    to_report: list[AssignmentOut]
