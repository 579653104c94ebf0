"""The base that is measured on: a county of invented people, one place for each village, and what the clients need.

Run as a program it builds the county in the database of its environment and prints, as one line of JSON, tokens, ids
and addresses.
"""

import json
import secrets
import sys
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import django
from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from ops.words import compile_catalogues

compile_catalogues()
django.setup()

# Models can be imported only once Django is set up.
from sidan.activities.models import Activity  # noqa: E402
from sidan.attendance.queries import person_secret  # noqa: E402
from sidan.catalogue.models import Category, Menu, MenuItem, Project, TeamService  # noqa: E402
from sidan.core.actor import SYSTEM  # noqa: E402
from sidan.core.clock import business_date, now  # noqa: E402
from sidan.core.scope import everything  # noqa: E402
from sidan.people.access import ACCOUNT_KEY, SEEN_KEY, STAMP_KEY, stamp_of  # noqa: E402
from sidan.people.models import Account, ApiToken, Person, RoleGrant, Team, TeamCategory, TeamMember  # noqa: E402
from sidan.people.queries import token_hash  # noqa: E402
from sidan.places.models import Place  # noqa: E402
from sidan.places.operations import open_place  # noqa: E402

TOWNS, STATIONS, RESIDENTS, DISPATCHERS, TEAMS, MEMBERS, PROJECTS = 15, 4, 64, 3, 20, 3, 60
DOORS, CROWD = 4, 2_000
KINDS = ("理发", "家电维修", "代办代购", "心理疏导", "法律咨询", "健康义诊", "理论宣讲", "课业辅导")


class People:
    """Makes invented persons with accounts and tokens; telephones are of the reserved range."""

    def __init__(self, at: datetime, *, made: int = 0) -> None:
        self._at, self._made = at, made

    def one(self, name: str, home: Place) -> tuple[Account, str]:
        """Return an account and the text of its token."""
        self._made += 1
        phone = f"120{self._made:08d}"
        person = Person.unscoped.create(
            name=name, home_place=home, county_id=home.county_id, contact_phone=phone, contact_phone_hash=phone,
            address=f"{home.name}某巷 {self._made} 号", created_at=self._at,
        )  # fmt: skip
        account = Account.objects.create(person=person, phone=phone, phone_hash=phone, created_at=self._at)
        token = secrets.token_urlsafe(32)
        ApiToken.objects.create(
            account=account,
            token_hash=token_hash(token),
            created_at=self._at,
            expires_at=self._at + timedelta(days=1),
        )
        return account, token


def build(at: datetime) -> dict[str, Any]:
    """Build it all and return what the clients need."""
    with everything("a county to be measured"), transaction.atomic():
        center, stations = _places(at)
        people = People(at)
        residents = [people.one(f"周{nth}", stations[nth % len(stations)]) for nth in range(RESIDENTS)]
        dispatchers = [people.one(f"李{nth}", center) for nth in range(DISPATCHERS)]
        for account, _token in dispatchers:
            RoleGrant.objects.create(account=account, role="dispatcher", place=center, granted_at=at)
        manager = people.one("赵", center)
        RoleGrant.objects.create(account=manager[0], role="manager", place=center, granted_at=at)
        kinds = [
            Category.objects.create(code=f"kind{nth}", name=name, position=nth)
            for nth, name in enumerate(KINDS)
        ]
        teams = _teams(people, center, stations, kinds)
        projects = _projects(at, center, kinds, [team for team, _facts in teams])
        return {
            "center": center.pk,
            "residents": [_facts_of(account, token) for account, token in residents],
            "dispatchers": [_facts_of(account, token) for account, token in dispatchers],
            "manager": _facts_of(*manager),
            "teams": [facts for _team, facts in teams],
            "projects": [
                {"id": project.pk, "uuid": str(project.uuid), "category": project.category_id}
                for project in projects
            ],
            "session": _session(dispatchers[0][0], at),
            "fair": _fair(people, center, at),
        }


def _fair(people: People, center: Place, at: datetime) -> dict[str, Any]:
    """Make a fair that goes on now, who reads codes at its doors, and a crowd with what their codes are made of."""
    doors = [people.one(f"吴{nth}", center)[0] for nth in range(DOORS)]
    for account in doors:
        RoleGrant.objects.create(account=account, role="practitioner", place=center, granted_at=at)
    crowd = Person.unscoped.bulk_create(
        [
            Person(name=f"郑{nth}", home_place=center, county_id=center.pk, created_at=at)
            for nth in range(CROWD)
        ]
    )
    span = DateTimeTZRange(at - timedelta(minutes=30), at + timedelta(hours=5))
    fair = Activity.unscoped.create(
        number="bench-fair", place=center, county=center, lead=doors[0].person, kind="fair", title="文明集市",
        task="culture", during=span, venue="文化广场", risks="人多，看好孩子", state="running", state_since=at,
        created_at=at, created_by=doors[0].person,
    )  # fmt: skip
    return {
        "activity": fair.pk,
        "doors": [{"account": account.pk, "session": _session(account, at)} for account in doors],
        "crowd": [
            {"id": one.pk, "uuid": one.uuid.hex, "secret": person_secret(person_id=one.pk).hex()} for one in crowd
        ],
    }  # fmt: skip


def _facts_of(account: Account, token: str) -> dict[str, Any]:
    home = account.person.home_place_id
    return {"account": account.pk, "person": account.person_id, "home": home, "token": token}


def _places(at: datetime) -> tuple[Place, list[Place]]:
    def opened(kind: str, name: str, under: Place | None = None) -> Place:
        parent = under.pk if under else None
        day = business_date(at) - timedelta(days=400)
        return open_place(actor=SYSTEM, at=at, kind=kind, name=name, parent_id=parent, on=day)

    center = opened("center", "寻乌县新时代文明实践中心", opened("city", "赣州市"))
    towns = [opened("institute", f"第{nth}镇新时代文明实践所", center) for nth in range(TOWNS)]
    stations = [opened("station", f"{town.name}第{nth}站", town) for town in towns for nth in range(STATIONS)]
    return center, stations


def _teams(
    people: People, center: Place, stations: list[Place], kinds: list[Category]
) -> list[tuple[Team, dict[str, Any]]]:
    civic, teams = TeamCategory.objects.create(code="civic", name="文明服务"), []
    for nth in range(TEAMS):
        team, leader = led_team(people, nth, center=center, home=stations[nth], civic=civic, kinds=kinds)
        members = [people.one(f"赵{nth}{member}", stations[nth]) for member in range(MEMBERS)]
        for account, _token in members:
            TeamMember.objects.create(team=team, person_id=account.person_id, joined_on=team_day())
        facts = {"id": team.pk, "uuid": str(team.uuid), "leader": leader}
        teams.append((team, {**facts, "members": [_facts_of(*member) for member in members]}))
    return teams


def led_team(
    people: People, nth: int, *, center: Place, home: Place, civic: TeamCategory, kinds: list[Category]
) -> tuple[Team, dict[str, Any]]:
    """Make a team of the center that serves all of it, and its leader; return both."""
    account, token = people.one(f"王{nth}", home)
    team = Team.objects.create(
        name=f"第{nth}志愿服务队",
        category=civic,
        place=center,
        county_id=center.pk,
        leader_id=account.person_id,
    )
    TeamMember.objects.create(team=team, person_id=account.person_id, joined_on=team_day())
    TeamService.objects.bulk_create([TeamService(team=team, category=kind, area=center) for kind in kinds])
    return team, _facts_of(account, token)


def team_day() -> Any:
    """Return the day on which everybody joined."""
    return business_date(now()) - timedelta(days=300)


def _projects(at: datetime, center: Place, kinds: list[Category], teams: list[Team]) -> list[Project]:
    projects = []
    for nth in range(PROJECTS):
        kind, team = kinds[nth % len(kinds)], teams[nth % len(teams)]
        project = Project.unscoped.create(
            title=f"上门{kind.name}（{nth}）", summary="村居老人在家即可享受的服务，请提前一天点单。", category=kind,
            team=team, place=center, county_id=center.pk, area=center, state="published", people_needed=1,
            created_at=at,
        )  # fmt: skip
        projects.append(project)
    menu = Menu.objects.create(
        place=center,
        county_id=center.pk,
        month=business_date(at).replace(day=1),
        state="published",
        published_at=at,
    )
    MenuItem.objects.bulk_create(
        [MenuItem(menu=menu, project=project, position=nth) for nth, project in enumerate(projects)]
    )
    return projects


def _session(account: Account, at: datetime) -> str:
    """Sign the dispatcher in: the same three facts that the door writes."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update(
        {ACCOUNT_KEY: account.pk, STAMP_KEY: stamp_of(account.password), SEEN_KEY: int(at.timestamp())}
    )
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    print(json.dumps(build(now())))
    sys.exit(0)
