"""The fourteen other counties: each a center with its calendar, by what it reported itself (`data/counties.json`).

A practice day stands in the calendar where the report names one, as a rule. Of the others it names none, and none is
invented: their calendars show the projects that they are known for, on days of the demo, which each of them says.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from sidan.activities import operations
from sidan.activities.calendar import pattern_of
from sidan.activities.enums import ActivityKind, Task
from sidan.activities.operations import Plan, Rule
from sidan.bookings.policies import Span
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE
from sidan.people.enums import Role
from sidan.people.models import Directorship
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.web.demo.draw import Draw
from sidan.web.demo.people import Register
from sidan.web.demo.places import Network, make_centers
from sidan.web.demo.writing import silent, write

REPORTED: Final = Path(__file__).parent / "data" / "counties.json"
DAYS: Final = 28
"""How far ahead what a county is known for is spread."""
FIRST: Final = 3
APART: Final = 5
NO_RISK: Final = "没有特别的风险。"
OF_DEMO: Final = "项目名称取自当地2023年3月自己报告的材料；时间、地点为演示所设。"
OF_DEMO_EN: Final = (
    "The county itself named this project in March 2023; day and spot are made up for the demonstration."
)
HOURS_OF_DEMO: Final = "具体钟点、地点为演示所设。"
HOURS_OF_DEMO_EN: Final = "Hours and spot are made up for the demonstration."
MORNING, AFTERNOON, EVENING = time(9), time(15), time(19, 30)
BEGINS: Final = {ActivityKind.LECTURE: AFTERNOON, ActivityKind.CLASS: EVENING}
LASTS: Final = timedelta(hours=2)


class _Project(NamedTuple):
    """What a county is known for."""

    title: str
    title_en: str
    kind: str
    task: str


def reported() -> list[dict[str, Any]]:
    """Return the counties as they reported themselves."""
    found: list[dict[str, Any]] = json.loads(REPORTED.read_text(encoding="utf-8"))["counties"]
    return found


def make_neighbours(*, draw: Draw, network: Network, at: datetime, now: datetime) -> list[Place]:
    """Open a center in each county, with who manages it, and put into its calendar what it reported."""
    told = sorted(reported(), key=lambda county: str(county["code"]))
    names = {f"{county['code']}000000": county["name_en"] for county in told}
    centers = make_centers(network=network, counties=names, draw=draw, at=at)
    for nth, (county, center, manager) in enumerate(
        zip(told, centers, _managers(draw, network, centers, at), strict=True)
    ):
        day = county.get("practice_day")
        if day is not None:
            _begin(manager, center, day, now)
            continue
        for project, on in _spread(county, today=now.date(), nth=nth):
            _announce(manager, center, project, on, said=county.get("a_month", {}), now=now)
    return centers


def _managers(draw: Draw, network: Network, centers: list[Place], at: datetime) -> Iterator[Actor]:
    """Invent who manages each center and heads it."""
    register = Register(draw=draw, network=network, at=at)
    accounts = [register.account(register.person(place=center)) for center in centers]
    for account, center in zip(accounts, centers, strict=True):
        register.grant(account, Role.MANAGER, center)
    register.write(tell=silent)
    term = DateRange(at.date(), None)
    write([
        Directorship(place=center, person=account.person, title="主任", term=term)
        for account, center in zip(accounts, centers, strict=True)
    ])  # fmt: skip
    for account in accounts:
        actor = actor_for_account(account.pk)
        assert actor is not None, "who manages a center signs in"
        yield actor


def _begin(manager: Actor, center: Place, day: dict[str, Any], now: datetime) -> None:
    """Hold the practice day by its rule, from the first of this month on."""
    first = now.date().replace(day=1)
    told = day["pattern"]
    if "week" in told:
        told = {"week": {**told["week"], "since": first.isoformat()}}
    rule = Rule(pattern=pattern_of(told), first=first, begins_at=MORNING, ends_at=time(11, 30))
    plan = Plan(
        kind=ActivityKind.ACTIVITY, title=day["title"], title_en=day["title_en"], task=Task.VALUES,
        span=Span(now, now), venue=f"{center.short_name}文明实践广场", risks=NO_RISK,
        about=day["said"] + HOURS_OF_DEMO, about_en=f"{day['said_en']} {HOURS_OF_DEMO_EN}",
    )  # fmt: skip
    operations.begin_series(actor=manager, at=now, place=center, rule=rule, plan=plan)


def _spread(county: dict[str, Any], *, today: date, nth: int) -> Iterator[tuple[_Project, date]]:
    """Spread its projects over the weeks ahead: each once, or as often as it says that it holds something a month."""
    projects = [_Project(**one) for one in county["projects"]]
    month = county.get("a_month")
    if month is not None:
        lectures = [one for one in projects if one.kind == ActivityKind.LECTURE]
        others = [one for one in projects if one.kind != ActivityKind.LECTURE]
        rest = month["activities"] - month["lectures"]
        projects = [
            *(lectures[turn % len(lectures)] for turn in range(month["lectures"])),
            *(others[turn % len(others)] for turn in range(rest)),
        ]
    for turn, project in enumerate(projects):
        yield project, today + timedelta(days=FIRST + (APART * turn + nth) % DAYS)


def _announce(
    manager: Actor, center: Place, project: _Project, on: date, *, said: dict[str, Any], now: datetime
) -> None:
    begins = datetime.combine(on, BEGINS.get(ActivityKind(project.kind), MORNING), BUSINESS_ZONE)
    plan = Plan(
        kind=project.kind, title=project.title, title_en=project.title_en, task=project.task,
        span=Span(begins, begins + LASTS), venue=f"{center.short_name}新时代文明实践中心", risks=NO_RISK,
        about=said.get("said", "") + OF_DEMO, about_en=" ".join(filter(None, [said.get("said_en"), OF_DEMO_EN])),
    )  # fmt: skip
    made = operations.draft_activity(actor=manager, at=now, place=center, plan=plan)
    operations.submit_activity(actor=manager, at=now, activity=made)
    operations.announce_activity(actor=manager, at=now, activity=made)
