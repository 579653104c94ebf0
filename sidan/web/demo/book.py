"""The order book: turns stories into rows, and writes them in bulk."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper

from sidan.attendance.enums import Grade, Way
from sidan.attendance.models import Mark
from sidan.catalogue.models import ResultTemplate
from sidan.catalogue.policies import kept_answers
from sidan.core.search import search_terms
from sidan.evidence.enums import CauseKind
from sidan.evidence.models import Cause
from sidan.notify.models import Notice
from sidan.orders.enums import Channel, ConsentWay, HandoverKind
from sidan.orders.models import (
    Assignment,
    AssignmentMember,
    CallAnswer,
    OpenCall,
    Order,
    OrderChange,
    OrderConsent,
    OrderHandover,
    OrderNote,
    OrderParty,
    OrderStep,
    OrderText,
    Review,
    ReviewText,
    Visit,
    VisitCount,
    VisitReport,
)
from sidan.orders.operations.reporting import numbers_of
from sidan.people.models import Account
from sidan.web.demo.draw import Draw
from sidan.web.demo.results import answers_of
from sidan.web.demo.rows import Layout, Ready, Rows, link_rows, pack_rows
from sidan.web.demo.story import BY_HAND, Story
from sidan.web.demo.told import ToldStep

NOTICES_FOR: Final = timedelta(days=21)
Templates = dict[str, ResultTemplate]
"""What a report asks for, by the category of the service."""


@dataclass
class Told:
    """A story with the order it belongs to."""

    order: Order
    story: Story
    need: str
    phone: str = ""
    """Whom to call, where it is not the resident."""


LAYOUT: Final = Layout(
    written=(
        Order, OrderConsent, OrderText, OrderParty, Assignment, AssignmentMember, Cause, Visit, VisitReport, VisitCount,
        Mark, OrderStep, OrderNote, OrderChange, OrderHandover, OpenCall, CallAnswer, Review, ReviewText, Notice,
    ),
    pointed_at=(Assignment, Cause, Visit, OrderStep, OpenCall, Review),
    pointers={
        AssignmentMember: ("assignment",), Visit: ("assignment", "cause"), VisitReport: ("visit",), Mark: ("cause",),
        VisitCount: ("visit",), OrderNote: ("step",), OrderChange: ("step",), OrderHandover: ("step",),
        CallAnswer: ("call",), ReviewText: ("review",),
    },
)  # fmt: skip


def rows_of(told: Sequence[Told], *, draw: Draw, now: datetime, templates: Templates) -> Rows:
    """Turn some stories into rows; their orders have their ids already."""
    rows = Rows()
    for one in told:
        rows.keep(one.order)
        _Book(rows=rows, told=one, draw=draw, now=now, templates=templates).keep()
    return rows


def templates_by_category() -> Templates:
    """Return what a report of each kind of service asks for."""
    return {template.category_id: template for template in ResultTemplate.objects.all()}


def made_ready(rows: Rows, *, session: BaseDatabaseWrapper) -> Ready:
    """Number what `rows_of` made by a session that is free, let the rows point at each other, and pack them."""
    # As they would have been written: a later number is a later review.
    rows.by_model[Review].sort(key=attrgetter("at"))
    link_rows(rows, layout=LAYOUT, session=session)
    for step in rows.by_model[OrderStep]:
        share, visit = step.told
        step.assignment_id = share.pk if share else None
        step.team_id = share.team_id if share else None
        step.visit_id = visit.pk if visit else None
    return pack_rows(rows, layout=LAYOUT, session=session, proven_by=rows.by_model[Cause])


class _Book:
    """Turns one story into rows."""

    def __init__(self, *, rows: Rows, told: Told, draw: Draw, now: datetime, templates: Templates) -> None:
        self.templates = templates
        self.rows, self.order, self.story, self.draw, self.now = rows, told.order, told.story, draw, now
        self.need, self.phone = told.need, told.phone
        self.shares: dict[int, Assignment] = {}
        self.visits: dict[int, Visit] = {}

    def keep(self) -> None:
        """Add everything that belongs to the order."""
        self._text()
        self._consent()
        self._parties()
        self._work()
        self._history()
        self._calls()
        self._reviews()
        self._notices()

    def _parties(self) -> None:
        for team, since, until in self.story.parties:
            self.rows.add(OrderParty, order_id=self.order.pk, team_id=team.pk, since=since, until=until)
        for step in self.story.steps:
            if step.handover:
                # Whoever helps, or handed it over, sees it from then on.
                way = step.handover
                place = way.target if way.kind == HandoverKind.ASK_HELP else way.source
                self.rows.add(OrderParty, order_id=self.order.pk, place_id=place.pk, since=step.at)

    def _consent(self) -> None:
        if self.order.channel == Channel.ON_BEHALF:
            # By its number, not drawn: the stories told after it stay what they were.
            way = ConsentWay.SIGNED if int(self.order.number) % 3 == 0 else ConsentWay.SPOKEN
            by, at = self.order.placed_by, self.order.created_at
            self.rows.add(OrderConsent, order=self.order, way=way, by=by, at=at)

    def _text(self) -> None:
        person = self.order.requester
        self.rows.add(
            OrderText, order_id=self.order.pk, need=self.need, search=search_terms(self.need),
            contact_name=person.name, contact_phone=self.phone or str(person.contact_phone),
            address=str(person.address),
        )  # fmt: skip

    def _work(self) -> None:
        for share in self.story.assignments:
            row = self.rows.add(
                Assignment, uuid=self.draw.uuid(share.offered_at), order_id=self.order.pk, team_id=share.team.pk,
                state=share.state, offered_at=share.offered_at, offered_by_id=share.offered_by.pk,
                answered_at=share.answered_at, ended_at=share.ended_at,
            )  # fmt: skip
            self.shares[id(share)] = row
            for member, named_at in share.members:
                self.rows.add(AssignmentMember, assignment=row, person_id=member.person_id, named_at=named_at)
        for visit in self.story.visits:
            uuid = self.draw.uuid(visit.agreed_at)
            cause = self.rows.add(
                Cause, uuid=self.draw.uuid(visit.agreed_at), kind=CauseKind.VISIT, reference=str(uuid),
                place_id=self.order.origin_place_id, county_id=self.order.county_id, at=visit.agreed_at,
            )  # fmt: skip
            kept = self.rows.add(
                Visit, uuid=uuid, assignment=self.shares[id(visit.assignment)], cause=cause, state=visit.state,
                planned_from=visit.planned_from, planned_to=visit.planned_to,
            )  # fmt: skip
            self.visits[id(visit)] = kept
            self._marks(visit.marks, cause)
            if visit.report:
                words, by, at = visit.report
                self._report(kept, words, by, at)

    def _report(self, visit: Visit, words: str, by: Account, at: datetime) -> None:
        template = self.templates.get(self.order.category_id)
        answers = kept_answers(answers_of(template, visit=visit.uuid)) if template else {}
        self.rows.add(
            VisitReport, visit=visit, words=words, reported_by=by, reported_at=at, template=template,
            results=json.dumps(answers, ensure_ascii=False) if answers else None,
        )  # fmt: skip
        if template:
            for number in numbers_of(visit=visit, template=template, answers=answers, at=at):
                self.rows.keep(number)

    def _marks(self, marks: Sequence[Any], cause: Cause) -> None:
        for mark in marks:
            self.rows.add(
                Mark, uuid=self.draw.uuid(mark.at), cause=cause, person_id=mark.who.person_id,
                direction=mark.direction, at=mark.at, recorded_at=mark.at, recorded_by_id=mark.by.pk, way=mark.way,
                grade=Grade.WEAK if mark.way == Way.HAND else Grade.STRONG,
                reason_code=BY_HAND if mark.way == Way.HAND else "", place_id=self.order.origin_place_id,
                county_id=self.order.county_id,
            )  # fmt: skip

    def _history(self) -> None:
        order_id, county_id = self.order.pk, self.order.county_id
        for told in self.story.steps:
            holder = told.holder or self.order.holder_place
            step = self.rows.add(
                OrderStep, uuid=self.draw.uuid(told.at), order_id=order_id, turn=told.turn, machine=told.machine,
                verb=told.verb, from_state=told.source, to_state=told.target, actor_id=told.actor.id,
                place_id=holder.id, county_id=county_id, reason_code=told.reason, at=told.at,
            )  # fmt: skip
            # Kept on the row until the ids of share and visit are known.
            step.told = (
                self.shares.get(id(told.assignment)),
                self.visits.get(id(told.visit)),
            )
            if told.words:
                self.rows.add(OrderNote, step=step, words=told.words)
            self._beside(step, told)

    def _beside(self, step: OrderStep, told: ToldStep) -> None:
        """What stands beside a step: how a wish was before, or from where to where the order went."""
        if told.change:
            before = told.change
            self.rows.add(
                OrderChange, step=step, wished_from_before=before.wished_from, wished_to_before=before.wished_to,
                need_changed=False, contact_changed=False,
            )  # fmt: skip
        if told.handover:
            way = told.handover
            self.rows.add(
                OrderHandover, step=step, order_id=self.order.pk, kind=way.kind, from_place_id=way.source.pk,
                to_place_id=way.target.pk, reason_code=told.reason, by_id=told.actor.pk, at=told.at,
            )  # fmt: skip

    def _calls(self) -> None:
        for told in self.story.calls:
            call = self.rows.add(
                OpenCall, uuid=self.draw.uuid(told.opened_at), order=self.order, way=told.way, area=told.area,
                until=told.until, state=told.state, opened_at=told.opened_at, opened_by=told.opened_by,
                ended_at=told.ended_at,
            )  # fmt: skip
            for answer in told.answers:
                self.rows.add(
                    CallAnswer, uuid=self.draw.uuid(answer.at), call=call, team=answer.team, state=answer.state,
                    words=answer.words, answered_at=answer.at, answered_by=answer.leader,
                )  # fmt: skip

    def _reviews(self) -> None:
        for told in self.story.reviews:
            review = self.rows.add(
                Review,
                order=self.order,
                turn=told.turn,
                outcome=told.outcome,
                stars=told.stars,
                by=told.by,
                at=told.at,
            )
            if told.words:
                self.rows.add(ReviewText, review=review, words=told.words)

    def _notices(self) -> None:
        for told in self.story.notices:
            if self.now - told.at > NOTICES_FOR:
                continue
            facts = {"number": self.order.number, "title": self.order.title, **told.more}
            is_read = self.now - told.at > timedelta(days=2)
            self.rows.add(
                Notice, uuid=self.draw.uuid(told.at), account_id=told.account.pk, kind=told.kind, facts=facts,
                link=f"/orders/{self.order.number}/", at=told.at,
                read_at=told.at + timedelta(hours=3) if is_read else None,
            )  # fmt: skip
