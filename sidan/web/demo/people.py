"""Persons, accounts with their roles, teams with members, directors: all invented."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from sidan.core.pinyin import pinyin_of, sort_key
from sidan.core.search import name_terms
from sidan.people.enums import Role, Sex, Skill, TeamLevel, VolunteerState
from sidan.people.models import (
    Account,
    Directorship,
    Person,
    RoleGrant,
    Team,
    TeamCategory,
    TeamMember,
    Volunteer,
)
from sidan.places.enums import PlaceKind
from sidan.places.models import Place
from sidan.web.demo.accounts import ACCOUNTS, GRANTED, PASSWORD, DemoAccount
from sidan.web.demo.agencies import AGENCIES
from sidan.web.demo.draw import Draw
from sidan.web.demo.kinds import HOME_KIND, KINDS, TEAM_KINDS, Kind
from sidan.web.demo.places import Network
from sidan.web.demo.sizes import Size
from sidan.web.demo.writing import Tell, drafted, number_rows, point, write

WITH_ACCOUNT: Final = 3
"""Members of each team who sign in themselves, besides the leader: those who are named for visits."""
UPPER_SIZE: Final = (5, 12)
"""Members of the corps, a detachment or a brigade: those who keep it going; most people are in squads."""
HOME_VILLAGE: Final = "城北村"
NEAR_A_PRACTITIONER: Final = 0.7
FREE_TIMES: Final = ("周末", "工作日晚上", "周六上午", "随时", "上午", "下午", "寒暑假")


@dataclass
class Crew:
    """A team as the demo needs it: what it does, what else its profession could do, and who may act for it."""

    team: Team
    kind: Kind
    kinds: list[Kind]
    leader: Account
    members: list[Account] = field(default_factory=list)


@dataclass
class People:
    """Everybody, by what they do."""

    by_role: dict[str, Account] = field(default_factory=dict)
    residents: list[Account] = field(default_factory=list)
    practitioners: dict[int, Account] = field(default_factory=dict)
    """By the id of their station."""
    crews: list[Crew] = field(default_factory=list)


@dataclass
class Members:
    """Who is in a team: the rows, and the accounts of those who sign in, the leader first."""

    rows: list[TeamMember] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)


class Register:
    """Collects rows and writes them once, in the order in which they point at each other."""

    def __init__(self, *, draw: Draw, network: Network, at: datetime) -> None:
        self.draw, self.network, self.at = draw, network, at
        self.persons: list[Person] = []
        self.accounts: list[Account] = []
        self.grants: list[RoleGrant] = []
        self.volunteers: list[Volunteer] = []
        # One hash for all: a slow one for each of thousands would take minutes, and the password is no secret here.
        self._password = make_password(PASSWORD)

    def person(self, *, place: Place, name: str = "", sex: Sex | None = None, phone: str = "") -> Person:
        """Invent a person who lives at a place."""
        sex = sex or self.draw.sex()
        name = name or self.draw.person_name(sex)
        phone = phone or self.draw.phone()
        person = drafted(
            Person, uuid=self.draw.uuid(self.at), name=name, pinyin=_reading(name), search=name_terms(name), sex=sex,
            home_place=place, county_id=place.county_id, contact_phone=phone, contact_phone_hash=phone,
            address=f"{place.short_name}{self.draw.number(1, 12)}组 {self.draw.number(1, 60)} 号",
            created_at=self.at,
        )  # fmt: skip
        self.persons.append(person)
        return person

    def account(self, person: Person) -> Account:
        """Give a person a way in, by their contact phone."""
        account = drafted(
            Account, uuid=self.draw.uuid(self.at), person=person, phone=person.contact_phone,
            phone_hash=person.contact_phone, password=self._password, created_at=self.at,
        )  # fmt: skip
        self.accounts.append(account)
        return account

    def grant(self, account: Account, role: Role, place: Place) -> None:
        """Grant a role at a place."""
        uuid = self.draw.uuid(self.at)
        self.grants.append(
            drafted(RoleGrant, uuid=uuid, account=account, role=role, place=place, granted_at=self.at)
        )

    def volunteer(self, person: Person, *, place: Place, skills: list[str], state: VolunteerState) -> None:
        """Put a person on the roll of volunteers."""
        days = self.draw.number(1, 900)
        self.volunteers.append(
            drafted(
                Volunteer, uuid=self.draw.uuid(self.at), person=person, number=f"V{self.draw.order_number()}",
                place=place, county_id=place.county_id, state=state, skills=skills, free_time=self.draw.one(FREE_TIMES),
                registered_on=(self.at - timedelta(days=days)).date(),
            )
        )  # fmt: skip

    def write(self, *, tell: Tell) -> None:
        """Write all of it."""
        for rows in (self.persons, self.accounts, self.grants, self.volunteers):
            number_rows(rows)
        point(self.accounts, "person")
        point(self.grants, "account")
        point(self.volunteers, "person")
        write(self.persons, tell=tell)
        write(self.accounts, tell=tell)
        write(self.grants, tell=tell)
        write(self.volunteers, tell=tell)


def _reading(name: str) -> str:
    """Read family and given name each by itself: both come again, and what was read is kept."""
    return f"{sort_key(name[:1])} {sort_key(name[1:])}"


def make_people(*, draw: Draw, network: Network, size: Size, today: date, at: datetime, tell: Tell) -> People:
    """Write persons, accounts, volunteers, teams and directors."""
    people, register = People(), Register(draw=draw, network=network, at=at)
    village = next(place for place in network.stations if place.short_name == HOME_VILLAGE)
    where = {"seat_village": village, "seat": network.seat(), "center": network.center, "city": network.city}
    for one in ACCOUNTS:
        people.by_role[one.role.value] = _demo_account(register, one, where[one.place])
    people.residents.append(people.by_role[Role.RESIDENT])
    people.practitioners[village.pk] = people.by_role[Role.PRACTITIONER]
    manned = draw.some([place for place in network.stations if place != village], size.practitioners - 1)
    for station in manned:
        account = register.account(register.person(place=station))
        register.grant(account, Role.PRACTITIONER, station)
        people.practitioners[station.pk] = account
    for _nth in range(size.residents - 1):
        # Who orders lives mostly where somebody tells them of it.
        home = (
            draw.one([village, *manned]) if draw.chance(NEAR_A_PRACTITIONER) else draw.one(network.stations)
        )
        people.residents.append(register.account(register.person(place=home)))
    teams, members = _teams(register, people, size=size, where=where)
    directors = _directors(register, network, people, today=today)
    register.write(tell=tell)
    _write_teams(people, teams, members, directors, tell=tell)
    return people


def _demo_account(register: Register, one: DemoAccount, place: Place) -> Account:
    person = register.person(place=place, name=one.name, sex=one.sex, phone=one.phone)
    account = register.account(person)
    if one.role in GRANTED:
        register.grant(account, one.role, place)
        # Those of an office also read e-mail; residents are told by telephone.
        account.email = f"{one.role.value}@xunwu.example"
    return account


def _teams(
    register: Register, people: People, *, size: Size, where: dict[str, Place]
) -> tuple[list[Team], list[TeamMember]]:
    """Found the corps, a detachment of each kind, a brigade of each township, and squads wherever people are."""
    write([TeamCategory(code=code, name=name, name_en=english, position=nth)
           for nth, (code, name, english) in enumerate(TEAM_KINDS)])  # fmt: skip
    teams, members = _upper_teams(register), list[TeamMember]()
    rest = size.volunteers
    for upper in teams:
        crew = _crew(
            register, upper, upper.place, skill=Skill.LECTURE, count=register.draw.number(*UPPER_SIZE)
        )
        members += crew.rows
        rest -= len(crew.rows)
    heads = _heads(teams)
    upper_teams = len(teams)
    for nth, (kind, place) in enumerate(_squads(register, where["seat_village"], size.teams - upper_teams)):
        name = f"{place.short_name}{kind.name}志愿服务队"
        parent = heads.get(("", place.parent_id)) or heads.get((kind.team_kind, None))
        team = _team(register, name, TeamLevel.SQUAD, kind.team_kind, place, parent)
        team.name_en = f"{kind.name_en} team of {place.name_en}"[:120]
        teams.append(team)
        left = size.teams - len(teams)
        named = [people.by_role[Role.LEADER], people.by_role[Role.VOLUNTEER]] if nth == 0 else []
        count = _strength(register.draw, rest=rest, left=left)
        crew = _crew(register, team, place, skill=kind.skill, count=count, named=named)
        kinds = [other for other in KINDS if other.team_kind == kind.team_kind]
        people.crews.append(
            Crew(team=team, kind=kind, kinds=kinds, leader=crew.accounts[0], members=crew.accounts[1:])
        )
        rest -= len(crew.rows)
        members += crew.rows
    return teams, members


def _heads(teams: list[Team]) -> dict[tuple[str, int | None], Team]:
    """Name under which team a squad stands: a village's under its township's brigade, others under their profession."""
    return {
        ("", team.place_id) if team.level == TeamLevel.BRIGADE else (team.category_id, None): team
        for team in teams
        if team.level != TeamLevel.CORPS
    }


def _strength(draw: Draw, *, rest: int, left: int) -> int:
    """Draw how many are in a team, about the average of what is left; the last team takes the rest."""
    least = WITH_ACCOUNT + 1
    if left == 0:
        return max(rest, least)
    average = rest // (left + 1)
    return max(least, min(average * draw.number(60, 140) // 100, rest - least * left))


def _upper_teams(register: Register) -> list[Team]:
    center = register.network.center
    corps = _team(register, "寻乌县新时代文明实践志愿服务总队", TeamLevel.CORPS, "pioneer", center, None)
    corps.name_en = "Xunwu Volunteer Corps"
    by_kind = {
        agency.team_kind: place for agency, place in zip(AGENCIES, register.network.agencies, strict=True)
    }
    teams = [corps]
    for code, name, english in TEAM_KINDS:
        place = by_kind.get(code, center)
        team = _team(register, f"{name}志愿服务支队", TeamLevel.DETACHMENT, code, place, corps)
        team.name_en = f"{english} detachment"
        teams.append(team)
    for township in register.network.townships:
        name = f"{township.short_name}志愿服务大队"
        team = _team(register, name, TeamLevel.BRIGADE, "pioneer", township, corps)
        team.name_en = f"{township.name_en} brigade"
        teams.append(team)
    return teams


def _squads(register: Register, village: Place, count: int) -> list[tuple[Kind, Place]]:
    """Draw where there is a team of which kind: first the demo leader's, then every kind once, then more."""
    draw, network = register.draw, register.network
    home = next(kind for kind in KINDS if kind.code == HOME_KIND)
    chosen: dict[tuple[str, int], tuple[Kind, Place]] = {(home.code, village.pk): (home, village)}
    # One kind of each profession first, so that none is without a team however few there are.
    first = {kind.team_kind: kind for kind in reversed(KINDS)}.values()
    for kind, place in zip(
        [*first, *(kind for kind in KINDS if kind not in first)], cycle(network.townships), strict=False
    ):
        chosen[kind.code, place.pk] = (kind, place)
    while len(chosen) < count:
        place = draw.one(network.stations) if draw.chance(0.7) else draw.one(network.townships)
        kind = draw.one(KINDS)
        chosen[kind.code, place.pk] = (kind, place)
    return list(chosen.values())[:count]


def _team(
    register: Register,
    name: str,
    level: TeamLevel,
    category: str,
    place: Place,
    parent: Team | None,
) -> Team:
    return Team(
        uuid=register.draw.uuid(register.at), name=name, pinyin=pinyin_of(name), search=name_terms(name), level=level,
        category_id=category, parent=parent, place=place, county_id=place.county_id,
        # before the first order that it may have served
        founded_on=register.at.date() - timedelta(days=register.draw.number(0, 1200)),
    )  # fmt: skip


def _crew(
    register: Register, team: Team, place: Place, *, skill: str, count: int, named: Sequence[Account] = ()
) -> Members:
    """Give a team a leader and members, the first few with a way to sign in; those named come first."""
    crew = Members()
    for nth in range(count):
        account = named[nth] if nth < len(named) else None
        person = account.person if account else register.person(place=_home(register, place))
        if account is None and nth <= WITH_ACCOUNT:
            account = register.account(person)
        _volunteer(register, person, place, skill)
        crew.rows.append(
            drafted(TeamMember, team=team, person=person, joined_on=team.founded_on or register.at.date())
        )
        if account is not None:
            crew.accounts.append(account)
    team.leader = crew.accounts[0].person
    return crew


def _home(register: Register, place: Place) -> Place:
    """Members of a village's team live there, of a township's in its villages, of others anywhere in the county."""
    if place.kind == PlaceKind.STATION:
        return place
    return register.draw.one(register.network.stations_of(place) or register.network.stations)


def _volunteer(register: Register, person: Person, place: Place, skill: str) -> None:
    skills = [skill]
    if register.draw.chance(0.3):
        skills.append(register.draw.one([other.value for other in Skill if other.value != skill]))
    state = register.draw.weighted(
        [(VolunteerState.ACTIVE, 93), (VolunteerState.PAUSED, 4), (VolunteerState.LEFT, 1)]
    )
    register.volunteer(person, place=place, skills=skills, state=state)


def _directors(register: Register, network: Network, people: People, *, today: date) -> list[Directorship]:
    """Appoint who heads each place: directors by name and term (R-N1)."""
    rows: list[Directorship] = []
    titles: defaultdict[str, str] = defaultdict(
        lambda: "负责人", center="主任", institute="所长", station="站长"
    )
    for place in network.inside():
        is_demo = place == network.seat()
        person = people.by_role[Role.DIRECTOR].person if is_demo else register.person(place=place)
        begins = today - timedelta(days=register.draw.number(100, 900))
        rows.append(
            Directorship(place=place, person=person, title=titles[place.kind], term=DateRange(begins, None))
        )
    return rows


def _write_teams(
    people: People, teams: list[Team], members: list[TeamMember], directors: list[Directorship], *, tell: Tell
) -> None:
    number_rows(teams)
    for team in teams:
        team.parent, team.leader = team.parent, team.leader
    point(members, "team", "person")
    for director in directors:
        director.person = director.person
    write(teams, tell=tell)
    write(members, tell=tell)
    write(directors)
