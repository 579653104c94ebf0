"""Years of activities that are over: where they were held, by whom, who helped and who came; written by `held_book`."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain, islice
from typing import Final

from sidan.activities.enums import ActivityKind
from sidan.activities.models import Activity
from sidan.activities.queries import PAST_ACTIVITIES
from sidan.activities.words import kind_in
from sidan.analytics.policies import months_back
from sidan.attendance.models import Interval
from sidan.bookings.policies import Span
from sidan.core.actor import SYSTEM
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.hours.operations import write_history
from sidan.people.enums import Role, VolunteerState
from sidan.people.models import Account, Volunteer
from sidan.web.demo.activities import OF_ANYBODY
from sidan.web.demo.draw import Draw
from sidan.web.demo.held_book import Held, made_ready, rows_of
from sidan.web.demo.hours import WRITTEN_AFTER
from sidan.web.demo.people import Crew, People
from sidan.web.demo.rows import write_rows
from sidan.web.demo.sizes import Size
from sidan.web.demo.writing import Behind, Tell, in_chunks, little_garbage, session_beside

A_MONTH: Final = 694
"""25,000 in three years."""
HELPERS: Final = 6
GUESTS: Final = (19, 29)
"""With those who help thirty come, on average."""
CHUNK: Final = 200
UNFILED: Final = 8
"""Of the last month one in so many waits to be filed."""
SATURDAY: Final = 5


def make_held(*, draw: Draw, people: People, size: Size, now: datetime, tell: Tell) -> None:
    """Write what was held in the months that are over, and record the hours of those who helped."""
    if not size.activities:
        return
    past, done = _Past(draw=draw, people=people, now=now), 0
    with Behind() as writer, session_beside() as beside, little_garbage() as swept:
        for held in in_chunks(past.told(size.activities), CHUNK):
            ready = made_ready(rows_of(held, draw=draw), session=beside)
            writer.begin(partial(write_rows, ready, now=now))
            done += len(held)
            tell("activities", done, size.activities)
            swept()
    kinds, kinds_en = (
        json.dumps({kind.value: kind_in(language, kind) for kind in ActivityKind})
        for language in ("zh-hans", "en")
    )
    params = {"now": now, "written_after": WRITTEN_AFTER, "kinds": kinds, "kinds_en": kinds_en}
    written = write_history(actor=SYSTEM, at=now, services=PAST_ACTIVITIES, params=params)
    tell("hours", written, written)


def days_over(*, activities: int, today: date) -> list[date]:
    """Return the days of as many whole months as so many activities fill, the last of them the month before today's."""
    months = max(1, round(activities / A_MONTH))
    first, after = months_back(today, months), months_back(today, 0)
    return [first + timedelta(days=nth) for nth in range((after - first).days)]


class _Past:
    """Draws what was held, day by day; nobody is at two places on a day."""

    def __init__(self, *, draw: Draw, people: People, now: datetime) -> None:
        self.draw, self.people, self.now = draw, people, now
        self.last_month = months_back(business_date(now), 1)
        self.numbers = set(Activity.unscoped.values_list("number", flat=True))
        active = Volunteer.unscoped.filter(state=VolunteerState.ACTIVE)
        self.active = set(active.values_list("person_id", flat=True))
        self.crews = [crew for crew in people.crews if crew.team.place_id in people.practitioners]
        self.volunteers, self.first_of = list[Account](), dict[int, int]()
        for crew in people.crews:
            self.first_of[crew.team.pk] = len(self.volunteers)
            self.volunteers += self._able(crew)
        times = Interval.objects.values_list("person_id", "during")
        self.busy = {(person_id, business_date(during.lower)) for person_id, during in times}

    def told(self, count: int) -> Iterator[Held]:
        """Tell so many, spread evenly over the days."""
        days = days_over(activities=count, today=business_date(self.now))
        for nth, day in enumerate(days):
            yield from self._day(day, count * (nth + 1) // len(days) - count * nth // len(days))

    def _day(self, day: date, count: int) -> Iterator[Held]:
        crews = self.draw.some(self.crews, count)
        if day.weekday() == SATURDAY and crews and self.people.crews[0] not in crews:
            # Who signs in as a leader or volunteer of the demo finds years of their own.
            crews[0] = self.people.crews[0]
        taken = {account.person_id for crew in crews for account in self._able(crew)}
        guests = iter(self.draw.some(self.people.residents, (GUESTS[1] + 1) * count))
        for crew in crews:
            helpers = self._helpers(crew, day, taken)
            taken |= {one.person_id for one in helpers}
            came = [next(guests) for _nth in range(self.draw.number(*GUESTS))]
            yield self._held(day, crew, helpers, came, absent=next(guests))

    def _held(
        self, day: date, crew: Crew, helpers: Sequence[Account], guests: Sequence[Account], *, absent: Account
    ) -> Held:
        told, keeper = self.draw.one(OF_ANYBODY), self.people.practitioners[crew.team.place_id]
        begins = datetime.combine(day, told.begins, BUSINESS_ZONE)
        plan = replace(
            told.plan, span=Span(begins, begins + timedelta(hours=told.hours)), team=crew.team,
            lecturer=self.draw.person_name(self.draw.sex()) if told.plan.lecturer else "",
        )  # fmt: skip
        is_filed = day < self.last_month or not self.draw.chance(1 / UNFILED)
        return Held(
            number=self._number(), plan=plan, keeper=keeper, announcer=self.people.by_role[Role.MANAGER],
            helpers=helpers, guests=guests, absent=absent, is_filed=is_filed,
        )  # fmt: skip

    def _helpers(self, crew: Crew, day: date, taken: Collection[int]) -> list[Account]:
        """Return who of the team is free, and of the teams next to it so many that they are enough."""
        own, first, count = self._able(crew), self.first_of[crew.team.pk], len(self.volunteers)
        next_ones = (self.volunteers[(first + nth) % count] for nth in range(len(own), count))
        others = (one for one in next_ones if one.person_id not in taken)
        free = (one for one in chain(own, others) if (one.person_id, day) not in self.busy)
        return list(islice(free, HELPERS))

    def _able(self, crew: Crew) -> list[Account]:
        return [account for account in (crew.leader, *crew.members) if account.person_id in self.active]

    def _number(self) -> str:
        """Draw a number that none of those has that were made one by one."""
        while (number := self.draw.order_number()) in self.numbers:
            pass
        return number
