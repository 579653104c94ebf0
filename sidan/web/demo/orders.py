"""Six months of orders: who asks for what and when, told by `script`, written by `book`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sidan.core.clock import BUSINESS_ZONE
from sidan.orders.enums import Channel, OrderState, Urgency
from sidan.orders.models import Order
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.places.models import Place, PlaceLink
from sidan.web.demo.begun import BEGUN, PLACED_LATER, asking, neighbours, phone_of
from sidan.web.demo.book import Told, made_ready, rows_of, templates_by_category
from sidan.web.demo.catalogue import Offer
from sidan.web.demo.diary import Diary
from sidan.web.demo.draw import Draw, awake, before_night
from sidan.web.demo.people import Crew, People
from sidan.web.demo.rows import write_rows
from sidan.web.demo.script import Script, Staging
from sidan.web.demo.sizes import SMALL, Size
from sidan.web.demo.story import Story
from sidan.web.demo.writing import (
    Behind,
    Tell,
    drafted,
    in_chunks,
    little_garbage,
    next_ids,
    session_beside,
)

ON_BEHALF: Final = 0.4
"""Of the orders of a village with a practitioner; they do much of the entry (R-Z4)."""
STAGED_SINCE: Final = 36
"""Hours: of this time are the staged orders and those that wait, so the others are older and no day stands out."""
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
"""What waits in the small county besides; in others as many more as there are more orders a day."""
FRESH: Final = frozenset({OrderState.SUBMITTED, OrderState.ADMITTED})

FORGOTTEN: Final = 2
"""Of each of these, how many have waited for longer than they should: a queue shows what is late."""
FORGOTTEN_SINCE: Final = 5 * 24
"""Hours: more than a working day, whatever week-end or short holiday lies in between."""


def make_orders(
    *, draw: Draw, people: People, offers: Sequence[Offer], size: Size, now: datetime, tell: Tell
) -> dict[str, Order]:
    """Write the orders with all that belongs to them; return those that `tales` go on with, by what for."""
    desk = _Desk(draw=draw, people=people, offers=offers, now=now)
    total, done = size.orders - PLACED_LATER, 0
    ids, templates = iter(next_ids(Order, total)), templates_by_category()
    with Behind() as writer, session_beside() as beside, little_garbage() as swept:
        for told in in_chunks(desk.stories(size), CHUNK):
            for one in told:
                one.order.pk = next(ids)
            rows = rows_of(told, draw=draw, now=now, templates=templates)
            writer.begin(partial(write_rows, made_ready(rows, session=beside), now=now))
            done += len(told)
            tell("orders", done, total)
            swept()
    return desk.begun


BEFORE_VISIT: Final = frozenset(
    {
        OrderState.SUBMITTED,
        OrderState.ADMITTED,
        OrderState.DISPATCHED,
        OrderState.ACCEPTED,
        OrderState.SCHEDULED,
    }
)


class _Desk:
    """Draws who asks for what."""

    def __init__(self, *, draw: Draw, people: People, offers: Sequence[Offer], now: datetime) -> None:
        self.draw, self.people, self.now = draw, people, now
        self.handler = people.by_role[Role.DISPATCHER]
        self.begun: dict[str, Order] = {}
        self.diary = Diary()
        self.by_area = defaultdict[int, list[Offer]](list)
        self.crews_for = defaultdict[tuple[str, int], list[Crew]](list)
        for offer in offers:
            self.by_area[offer.project.area_id].append(offer)
            crews = self.crews_for[offer.project.category_id, offer.project.area_id]
            if offer.crew not in crews:
                crews.append(offer.crew)
        self.above = defaultdict[int, list[int]](list)
        self.offers_at = dict[int, list[Offer]]()
        self.places = {place.pk: place for place in Place.objects.select_related("parent")}
        links = PlaceLink.objects.filter(during__upper_inf=True).order_by("depth")
        for ancestor, descendant in links.values_list("ancestor_id", "descendant_id"):
            self.above[descendant].append(ancestor)

    def stories(self, size: Size) -> Iterator[Told]:
        """Tell the staged orders of the demo accounts, then all the others in the order in which they came."""
        orders = size.orders - PLACED_LATER
        staged = [*self._staged(), *self._waiting(size), *self._begun()][:orders]
        moments = sorted(self._moment(size.days) for _nth in range(orders - len(staged)))
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
        home = resident.person.home_place_id or 0
        if home not in self.offers_at:
            self.offers_at[home] = [offer for area in self.above[home] for offer in self.by_area[area]]
        return self.offers_at[home]

    def _waiting(self, size: Size) -> Iterator[Told]:
        """Tell orders of the last hours that wait for somebody: a dispatcher's day begins with a queue."""
        for until, wanted in WAITING:
            for nth in range(wanted * size.orders * SMALL.days // (SMALL.orders * size.days)):
                resident = self.draw.one(self.people.residents[1:])
                offer = self.draw.one(self._offers_at(resident))
                hours = self.draw.number(1, 9) if until in FRESH else 30 + nth % 12
                if until in FRESH and nth < FORGOTTEN:
                    hours = FORGOTTEN_SINCE + 24 * nth
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

    def _begun(self) -> Iterator[Told]:
        """Tell in bulk how those begin that go on in `tales`; not in a county that is too small for them."""
        near = neighbours(self.people)
        offers = self._offers_at(near[0])
        for nth, begun in enumerate(BEGUN):
            who = asking(begun=begun, nth=nth, people=self.people, near=near, offers=offers, draw=self.draw)
            if who is None:
                continue
            at = (self.now - timedelta(days=begun.days)).replace(hour=begun.hour, minute=10 + nth)
            told = self._told(who.offer, who.resident, at=at, staging=Staging(begun.until))
            if begun.purpose == "team_phone":
                told.phone = phone_of(who.offer.crew)
            self.begun[begun.purpose] = told.order
            yield told

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
            minutes=project.duration_minutes, people=project.people_needed, diary=self.diary,
            staging=staging,
        ).tell()  # fmt: skip
        order = drafted(
            Order, uuid=draw.uuid(at), number=draw.order_number(), project=project, category=project.category,
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
        """Return the window wished for: half a day, one to nine days ahead.

        What waits for a team or a time is wished for from tomorrow on, what is agreed on today; a visit under way
        begins just now. The county's clock stands at the evening before.
        """
        if staging is not None:
            days = 0 if staging.until == OrderState.SCHEDULED else 1 + at.minute % 4
            ahead = timedelta(hours=14, days=days)
            soon = self.now + ahead if staging.until in BEFORE_VISIT else at + timedelta(hours=3)
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
