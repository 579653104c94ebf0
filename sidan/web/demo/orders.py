"""Six months of orders: who asks for what and when, told by `script`, written as rows in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sidan.attendance.enums import Way
from sidan.attendance.models import Mark
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.search import search_terms
from sidan.evidence.enums import CauseKind
from sidan.evidence.models import Cause
from sidan.notify.models import Notice
from sidan.orders.enums import Channel, HandoverKind, Machine, OrderState, Urgency
from sidan.orders.models import (
    Assignment,
    AssignmentMember,
    CallAnswer,
    OpenCall,
    Order,
    OrderChange,
    OrderHandover,
    OrderNote,
    OrderParty,
    OrderStep,
    OrderText,
    Review,
    ReviewText,
    Visit,
    VisitReport,
)
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.places.models import Place, PlaceLink
from sidan.web.demo.catalogue import Offer
from sidan.web.demo.draw import Draw, awake, before_night
from sidan.web.demo.people import Crew, People
from sidan.web.demo.script import Script, Staging
from sidan.web.demo.sizes import SMALL, Size
from sidan.web.demo.story import BY_HAND, Story
from sidan.web.demo.told import ToldStep
from sidan.web.demo.writing import Tell, number_rows, write

ON_BEHALF: Final = 0.4
"""Of the orders of a village with a practitioner; they do much of the entry (R-Z4)."""
STAGED_SINCE: Final = 36
"""Hours: of this time are the staged orders and those that wait, so the others are older and no day stands out."""
NOTICES_FOR: Final = timedelta(days=21)
CHUNK: Final = 1000
"""Stories told before their rows are written: bounds the memory of the full county."""

STAGED: Final = tuple(
    OrderState(state)
    for state in (
        "dispatched", "dispatched", "accepted", "scheduled", "under_way", "done", "closed", "closed", "submitted",
        "refused", "cancelled", "failed", "reopened", "admitted",
    )
)  # fmt: skip
"""The orders of the demo resident, all for the demo leader's team: something to do for everybody who signs in."""

WAITING: Final = (
    (OrderState.SUBMITTED, 7), (OrderState.ADMITTED, 5), (OrderState.DISPATCHED, 3), (OrderState.FAILED, 2),
    (OrderState.REOPENED, 2), (OrderState.UNDER_WAY, 2),
)  # fmt: skip
"""What waits in the small county besides; in the full one as many more as there are more orders."""
FRESH: Final = frozenset({OrderState.SUBMITTED, OrderState.ADMITTED})


@dataclass
class Told:
    """A story with the order it belongs to."""

    order: Order
    story: Story
    need: str


@dataclass
class Rows:
    """Rows by model, in the order in which they are written."""

    by_model: dict[type, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: Any) -> Any:
        """Keep a row and hand it back."""
        self.by_model[type(row)].append(row)
        return row


WRITTEN: Final = (
    Order, OrderText, OrderParty, Assignment, AssignmentMember, Cause, Visit, VisitReport, Mark, OrderStep, OrderNote,
    OrderChange, OrderHandover, OpenCall, CallAnswer, Review, ReviewText, Notice,
)  # fmt: skip
NUMBERED: Final = (Order, Assignment, Cause, Visit, OrderStep, OpenCall, Review)


def make_orders(
    *, draw: Draw, people: People, offers: Sequence[Offer], size: Size, now: datetime, tell: Tell
) -> int:
    """Write the orders with all that belongs to them; return how many."""
    desk = _Desk(draw=draw, people=people, offers=offers, now=now)
    done = 0
    for told in _chunks(desk.stories(size), CHUNK):
        _write(told, draw=draw, now=now)
        done += len(told)
        tell("orders", done, size.orders)
    return done


class _Desk:
    """Draws who asks for what."""

    def __init__(self, *, draw: Draw, people: People, offers: Sequence[Offer], now: datetime) -> None:
        self.draw, self.people, self.now = draw, people, now
        self.handler = people.by_role[Role.DISPATCHER]
        self.by_area = defaultdict[int, list[Offer]](list)
        self.crews_for = defaultdict[tuple[str, int], list[Crew]](list)
        for offer in offers:
            self.by_area[offer.project.area_id].append(offer)
            crews = self.crews_for[offer.project.category_id, offer.project.area_id]
            if offer.crew not in crews:
                crews.append(offer.crew)
        self.above = defaultdict[int, list[int]](list)
        self.places = {place.pk: place for place in Place.objects.select_related("parent")}
        links = PlaceLink.objects.filter(during__upper_inf=True).order_by("depth")
        for ancestor, descendant in links.values_list("ancestor_id", "descendant_id"):
            self.above[descendant].append(ancestor)

    def stories(self, size: Size) -> Iterator[Told]:
        """Tell the staged orders of the demo accounts, then all the others in the order in which they came."""
        staged = [*self._staged(), *self._waiting(size)][: size.orders]
        moments = sorted(self._moment(size.days) for _nth in range(size.orders - len(staged)))
        for at in moments:
            yield self._drawn(at)
        yield from staged

    def _moment(self, days: int) -> datetime:
        at = self.now - timedelta(minutes=self.draw.number(STAGED_SINCE * 60, days * 24 * 60))
        # Nobody orders at night; the evening before is soon enough.
        return min(awake(at, minutes=self.draw.number(0, 600)), self.now - timedelta(minutes=5))

    def _drawn(self, at: datetime) -> Told:
        resident = self.draw.one(self.people.residents)
        return self._told(self.draw.one(self._offers_at(resident)), resident, at=at, staging=None)

    def _offers_at(self, resident: Account) -> list[Offer]:
        areas = self.above[resident.person.home_place_id or 0]
        return [offer for area in areas for offer in self.by_area[area]]

    def _waiting(self, size: Size) -> Iterator[Told]:
        """Tell orders of the last hours that wait for somebody: a dispatcher's day begins with a queue."""
        for until, count in WAITING:
            for nth in range(count * size.orders // SMALL.orders):
                resident = self.draw.one(self.people.residents[1:])
                offer = self.draw.one(self._offers_at(resident))
                hours = self.draw.number(1, 9) if until in FRESH else 30 + nth % 12
                minutes = self.draw.number(1, 50)
                at = before_night(self.now - timedelta(hours=hours, minutes=minutes), minutes=minutes)
                yield self._told(offer, resident, at=at, staging=Staging(until))

    def _staged(self) -> Iterator[Told]:
        resident = self.people.by_role[Role.RESIDENT]
        crew = self.people.crews[0]
        mine = [offer for offer in self._offers_at(resident) if offer.crew is crew]
        for nth, until in enumerate(STAGED if mine else ()):
            hours = 30 + nth * 3 if until != OrderState.SUBMITTED else 1
            at = before_night(self.now - timedelta(hours=hours), minutes=15 * (nth + 1))
            yield self._told(mine[nth % len(mine)], resident, at=at, staging=Staging(until))

    def _told(self, offer: Offer, resident: Account, *, at: datetime, staging: Staging | None) -> Told:
        draw, project = self.draw, offer.project
        origin = resident.person.home_place
        assert origin is not None, "every resident of the demo lives somewhere"
        placed_by, channel = resident, Channel.PORTAL
        practitioner = self.people.practitioners.get(origin.pk)
        if staging is None and practitioner is not None and draw.chance(ON_BEHALF):
            placed_by, channel = practitioner, Channel.ON_BEHALF
        story = Script(
            draw=draw, crews=self._crews(offer, staging), at=at, now=self.now,
            story=Story(
                requester=resident, placed_by=placed_by, handler=self.handler,
                holder=self.places[project.place_id], window=self._wish(at, staging),
            ),
            center=self.places[project.county_id or project.place_id], township=self.places.get(origin.parent_id or 0),
            minutes=project.duration_minutes, people=project.people_needed, staging=staging,
        ).tell()  # fmt: skip
        order = Order(
            uuid=draw.uuid(at), number=draw.order_number(), project=project, category=project.category,
            requester=resident.person, placed_by=placed_by, channel=channel, origin_place=origin,
            county_id=origin.county_id, holder_place=story.holder, mode=project.mode,
            urgency=Urgency.URGENT if draw.chance(0.03) else Urgency.NORMAL, people_needed=project.people_needed,
            wished_from=story.window[0], wished_to=story.window[1], state=story.state, state_since=story.state_since,
            turn=len(story.steps), created_at=at,
        )  # fmt: skip
        return Told(order=order, story=story, need=offer.kind.need if draw.chance(0.7) else "")

    def _crews(self, offer: Offer, staging: Staging | None) -> list[Crew]:
        if staging is not None:
            return [offer.crew]
        others = self.crews_for[offer.project.category_id, offer.project.area_id]
        return [offer.crew, *(crew for crew in others if crew is not offer.crew)]

    def _wish(self, at: datetime, staging: Staging | None) -> tuple[datetime, datetime]:
        """Return the window wished for: half a day, one to nine days ahead; staged visits begin just now."""
        if staging is not None:
            soon = (
                self.now + timedelta(hours=14)
                if staging.until == OrderState.SCHEDULED
                else at + timedelta(hours=3)
            )
            under_way = staging.until == OrderState.UNDER_WAY
            begins = self.now - timedelta(minutes=30) if under_way else _by_day(soon)
            return begins, begins + timedelta(hours=3)
        day = at.astimezone(BUSINESS_ZONE) + timedelta(days=self.draw.number(1, 9))
        begins = day.replace(hour=self.draw.one([9, 9, 14, 15]), minute=0, second=0, microsecond=0)
        return begins, begins + timedelta(hours=3)


def _by_day(at: datetime) -> datetime:
    """Return the moment itself, or nine o'clock of the next morning: nobody wishes for a visit at night."""
    local = at.astimezone(BUSINESS_ZONE)
    if 8 <= local.hour < 18:
        return local.replace(minute=0, second=0, microsecond=0)
    return (local + timedelta(hours=12)).replace(hour=9, minute=0, second=0, microsecond=0)


def _chunks(told: Iterable[Told], size: int) -> Iterator[list[Told]]:
    chunk: list[Told] = []
    for one in told:
        chunk.append(one)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _write(told: Sequence[Told], *, draw: Draw, now: datetime) -> None:
    rows = Rows()
    for one in told:
        rows.add(one.order)
    number_rows(rows.by_model[Order])
    for one in told:
        _Book(rows=rows, told=one, draw=draw, now=now).keep()
    for numbered in NUMBERED[1:]:
        number_rows(rows.by_model[numbered])
    _copy_ids(rows)
    for written in WRITTEN:
        write(rows.by_model[written])


def _copy_ids(rows: Rows) -> None:
    """Let rows point at the ids that their targets have by now; Django copies an id only when it is assigned."""
    pointers = {
        AssignmentMember: ("assignment",), Visit: ("assignment", "cause"), VisitReport: ("visit",), Mark: ("cause",),
        OrderNote: ("step",), OrderChange: ("step",), OrderHandover: ("step",), CallAnswer: ("call",),
        ReviewText: ("review",),
    }  # fmt: skip
    for model, names in pointers.items():
        for row in rows.by_model[model]:
            for name in names:
                setattr(row, name, getattr(row, name))
    for step in rows.by_model[OrderStep]:
        share, visit = step.told
        step.assignment_id = share.pk if share else None
        step.team_id = share.team_id if share else None
        step.visit_id = visit.pk if visit else None


class _Book:
    """Turns one story into rows."""

    def __init__(self, *, rows: Rows, told: Told, draw: Draw, now: datetime) -> None:
        self.rows, self.order, self.story, self.draw, self.now = rows, told.order, told.story, draw, now
        self.need = told.need
        self.shares: dict[int, Assignment] = {}
        self.visits: dict[int, Visit] = {}

    def keep(self) -> None:
        """Add everything that belongs to the order."""
        self._text()
        self._parties()
        self._work()
        self._history()
        self._calls()
        self._reviews()
        self._notices()

    def _parties(self) -> None:
        for team, since, until in self.story.parties:
            self.rows.add(OrderParty(order=self.order, team=team, since=since, until=until))
        for step in self.story.steps:
            if step.handover:
                # Whoever helps, or handed it over, sees it from then on.
                way = step.handover
                place = way.target if way.kind == HandoverKind.ASK_HELP else way.source
                self.rows.add(OrderParty(order=self.order, place=place, since=step.at))

    def _text(self) -> None:
        person = self.order.requester
        self.rows.add(
            OrderText(
                order=self.order, need=self.need, search=search_terms(self.need), contact_name=person.name,
                contact_phone=str(person.contact_phone), address=str(person.address),
            )
        )  # fmt: skip

    def _work(self) -> None:
        for share in self.story.assignments:
            row = Assignment(
                uuid=self.draw.uuid(share.offered_at), order=self.order, team=share.team, state=share.state,
                offered_at=share.offered_at, offered_by=share.offered_by, answered_at=share.answered_at,
                ended_at=share.ended_at,
            )  # fmt: skip
            self.shares[id(share)] = self.rows.add(row)
            for member, named_at in share.members:
                self.rows.add(AssignmentMember(assignment=row, person=member.person, named_at=named_at))
        for visit in self.story.visits:
            uuid = self.draw.uuid(visit.agreed_at)
            cause = self.rows.add(
                Cause(
                    uuid=self.draw.uuid(visit.agreed_at), kind=CauseKind.VISIT, reference=str(uuid),
                    place_id=self.order.origin_place_id, county_id=self.order.county_id, at=visit.agreed_at,
                )
            )  # fmt: skip
            kept = Visit(
                uuid=uuid, assignment=self.shares[id(visit.assignment)], cause=cause, state=visit.state,
                planned_from=visit.planned_from, planned_to=visit.planned_to,
            )  # fmt: skip
            self.visits[id(visit)] = self.rows.add(kept)
            self._marks(visit.marks, cause)
            if visit.report:
                words, by, at = visit.report
                self.rows.add(VisitReport(visit=kept, words=words, reported_by=by, reported_at=at))

    def _marks(self, marks: Sequence[Any], cause: Cause) -> None:
        for mark in marks:
            self.rows.add(
                Mark(
                    uuid=self.draw.uuid(mark.at), cause=cause, person=mark.who.person, direction=mark.direction,
                    at=mark.at, recorded_at=mark.at, recorded_by=mark.by, way=mark.way,
                    reason_code=BY_HAND if mark.way == Way.HAND else "", place_id=self.order.origin_place_id,
                    county_id=self.order.county_id,
                )
            )  # fmt: skip

    def _history(self) -> None:
        for told in self.story.steps:
            step = OrderStep(
                uuid=self.draw.uuid(told.at), order=self.order, turn=told.turn, machine=told.machine, verb=told.verb,
                from_state=told.source, to_state=told.target, actor=told.actor,
                place_id=(told.holder or self.order.holder_place).pk,
                county_id=self.order.county_id, reason_code=told.reason if told.machine == Machine.ORDER else "",
                at=told.at,
            )  # fmt: skip
            # Kept on the row until the ids of share and visit are known.
            step.told = (  # type: ignore[attr-defined] # a note of ours, not a column
                self.shares.get(id(told.assignment)),
                self.visits.get(id(told.visit)),
            )
            self.rows.add(step)
            if told.words:
                self.rows.add(OrderNote(step=step, words=told.words))
            self._beside(step, told)

    def _beside(self, step: OrderStep, told: ToldStep) -> None:
        """What stands beside a step: how a wish was before, or from where to where the order went."""
        if told.change:
            before = told.change
            self.rows.add(
                OrderChange(
                    step=step, wished_from_before=before.wished_from, wished_to_before=before.wished_to,
                    need_changed=False, contact_changed=False,
                )
            )  # fmt: skip
        if told.handover:
            way = told.handover
            self.rows.add(
                OrderHandover(
                    step=step, order=self.order, kind=way.kind, from_place=way.source, to_place=way.target,
                    reason_code=told.reason, by=told.actor, at=told.at,
                )
            )  # fmt: skip

    def _calls(self) -> None:
        for told in self.story.calls:
            call = OpenCall(
                uuid=self.draw.uuid(told.opened_at), order=self.order, way=told.way, area=told.area, until=told.until,
                state=told.state, opened_at=told.opened_at, opened_by=told.opened_by, ended_at=told.ended_at,
            )  # fmt: skip
            self.rows.add(call)
            for answer in told.answers:
                self.rows.add(
                    CallAnswer(
                        uuid=self.draw.uuid(answer.at), call=call, team=answer.team, state=answer.state,
                        words=answer.words, answered_at=answer.at, answered_by=answer.leader,
                    )
                )  # fmt: skip

    def _reviews(self) -> None:
        for told in self.story.reviews:
            review = self.rows.add(
                Review(
                    order=self.order,
                    turn=told.turn,
                    outcome=told.outcome,
                    stars=told.stars,
                    by=told.by,
                    at=told.at,
                )
            )
            if told.words:
                self.rows.add(ReviewText(review=review, words=told.words))

    def _notices(self) -> None:
        for told in self.story.notices:
            if self.now - told.at > NOTICES_FOR:
                continue
            facts = {"number": self.order.number, "title": self.order.title, **told.more}
            is_read = self.now - told.at > timedelta(days=2)
            self.rows.add(
                Notice(
                    uuid=self.draw.uuid(told.at), account=told.account, kind=told.kind, facts=facts,
                    link=f"/orders/{self.order.number}/", at=told.at,
                    read_at=told.at + timedelta(hours=3) if is_read else None,
                )
            )  # fmt: skip
