"""A county at work: Grandma Zhou asks, Li dispatches, Wang leads, Zhao and Qian serve, and Mallory must be refused."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sidan.catalogue.models import Category, Project, TeamService
from sidan.core.actor import SYSTEM, Actor
from sidan.core.scope import everything
from sidan.orders.models import Assignment, Order, Visit
from sidan.orders.operations import (
    Wish,
    accept_order,
    admit_order,
    dispatch_order,
    name_members,
    place_order,
    schedule_visit,
)
from sidan.people.models import Account, Person, RoleGrant, Team, TeamCategory, TeamMember
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.places.operations import open_place

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
SINCE = date(2025, 1, 5)


def later(**spans: float) -> datetime:
    """Return a moment after the scene's own."""
    return AT + timedelta(**spans)


@dataclass
class Scene:
    """Places, a published project, and people by their parts."""

    center: Place
    town: Place
    station: Place
    far_center: Place
    team: Team
    other_team: Team
    project: Project
    accounts: dict[str, int]

    def actor(self, name: str) -> Actor:
        """Read an actor afresh, as each request does."""
        found = actor_for_account(self.accounts[name])
        assert found is not None
        return found

    def wish(self, **changes: object) -> Wish:
        """A wish for tomorrow morning."""
        values = {
            "project_uuid": self.project.uuid,
            "wished_from": later(days=1),
            "wished_to": later(days=1, hours=3),
        }
        return Wish(**{**values, **changes})  # type: ignore[arg-type] # the tests change one part at a time

    def placed(self, **changes: object) -> Order:
        return place_order(actor=self.actor("zhou"), at=AT, wish=self.wish(**changes))

    def admitted(self) -> Order:
        return admit_order(actor=self.actor("li"), at=AT, order=self.placed())

    def offered(self) -> Assignment:
        return dispatch_order(actor=self.actor("li"), at=AT, order=self.admitted(), team=self.team)

    def accepted(self) -> Assignment:
        assignment = self.offered()
        accept_order(actor=self.actor("wang"), at=AT, assignment=assignment)
        return assignment

    def scheduled(self) -> Visit:
        assignment = self.accepted()
        people = Person.unscoped.filter(account__in=[self.accounts["zhao"], self.accounts["qian"]])
        name_members(
            actor=self.actor("wang"), at=AT, assignment=assignment, person_uuids=[p.uuid for p in people]
        )
        return schedule_visit(
            actor=self.actor("wang"),
            at=AT,
            assignment=assignment,
            planned_from=later(days=1),
            planned_to=later(days=1, hours=2),
        )


def make_account(name: str, phone: str, home: Place | None, grants: list[tuple[str, Place]]) -> Account:
    """Make an invented person with an account; the phone is of the reserved range."""
    person = Person.unscoped.create(
        name=name, home_place=home, county_id=home.county_id if home else None, contact_phone=phone,
        contact_phone_hash=phone, address="长宁镇城北路 1 号", created_at=AT,
    )  # fmt: skip
    account = Account.objects.create(person=person, phone=phone, phone_hash=phone, created_at=AT)
    for role, place in grants:
        RoleGrant.objects.create(account=account, role=role, place=place, granted_at=AT)
    return account


def _open(kind: str, name: str, under: Place | None = None) -> Place:
    parent = under.pk if under else None
    return open_place(actor=SYSTEM, at=AT, kind=kind, name=name, parent_id=parent, on=SINCE)


def _team(name: str, place: Place, leader: Account) -> Team:
    kind, _made = TeamCategory.objects.get_or_create(code="civic", defaults={"name": "文明服务"})
    return Team.objects.create(
        name=name, category=kind, place=place, county_id=place.county_id, leader_id=leader.person_id
    )


def build_scene() -> Scene:
    """Build it all; everything is visible while it is built."""
    with everything("building a scene"):
        city = _open("city", "赣州市")
        center = _open("center", "寻乌县新时代文明实践中心", city)
        town = _open("institute", "长宁镇新时代文明实践所", center)
        station = _open("station", "城北社区新时代文明实践站", town)
        far = _open("center", "安远县新时代文明实践中心", city)
        people = {
            "zhou": make_account("周桂英", "12010000001", station, []),
            "li": make_account("李文", "12010000002", center, [("dispatcher", center)]),
            "wang": make_account("王建国", "12010000003", station, []),
            "zhao": make_account("赵敏", "12010000004", station, []),
            "qian": make_account("钱多", "12010000005", station, []),
            "sun": make_account("孙立", "12010000006", center, []),
            "director": make_account("吴所", "12010000007", town, [("director", town)]),
            "keeper": make_account("郑员", "12010000008", station, [("practitioner", station)]),
            "supervisor": make_account("冯督", "12010000009", None, [("supervisor", city)]),
            "mallory": make_account("马外", "12010000010", far, [("dispatcher", far), ("manager", far)]),
        }
        team, other = _team("城北义剪队", town, people["wang"]), _team("孙立家电队", center, people["sun"])
        for name in ("wang", "zhao", "qian"):
            TeamMember.objects.create(team=team, person=people[name].person, joined_on=SINCE)
        project = _project(center, team)
        for serving in (team, other):
            TeamService.objects.create(team=serving, category=project.category, area=center)
    accounts = {name: account.pk for name, account in people.items()}
    return Scene(center, town, station, far, team, other, project, accounts)


def _project(center: Place, team: Team) -> Project:
    category = Category.objects.create(code="hair", name="义剪")
    return Project.unscoped.create(
        title="上门理发", category=category, team=team, place=center, county_id=center.pk, area=center,
        state="published", people_needed=2, created_at=AT,
    )  # fmt: skip
