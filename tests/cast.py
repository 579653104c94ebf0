"""The fixed cast: the same people in every test, and Mallory of another county, who must always be refused."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.test import Client

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.scope import scoped
from sidan.limits.queries import forget_rules
from sidan.people.access import ACCOUNT_KEY, SEEN_KEY, STAMP_KEY, scope_for, stamp_of
from sidan.people.models import Account, Person, Team
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from tests.factories import make_account, make_place, make_team, make_volunteer


@dataclass(frozen=True)
class Someone:
    """A person of the cast with their account."""

    account: Account
    phone: str

    @property
    def person(self) -> Person:
        return self.account.person

    @property
    def actor(self) -> Actor:
        """The actor as of now: what was granted or ended in between counts."""
        actor = actor_for_account(self.account.pk)
        assert actor is not None, "the account is closed"
        return actor

    @contextmanager
    def at_work(self) -> Iterator[Actor]:
        """Act within one's own scope, as behind the door of the pages and of the API."""
        actor = self.actor
        with scoped(scope_for(actor)):
            yield actor

    def client(self, **defaults: str) -> Client:
        """Return a browser that is signed in as this person."""
        client = Client(**defaults)
        account = Account.objects.get(pk=self.account.pk)
        session = client.session
        session[ACCOUNT_KEY] = account.pk
        session[STAMP_KEY] = stamp_of(account.password)
        session[SEEN_KEY] = int(now().timestamp())
        session.save()
        client.cookies["sessionid"] = session.session_key or ""
        return client


@dataclass(frozen=True)
class Places:
    """Two counties of one city: Xunwu with two institutes and three stations, Anyuan with one of each."""

    province: Place
    city: Place
    center: Place
    changning: Place
    liuche: Place
    chengbei: Place
    huangxiang: Place
    datong: Place
    other_center: Place
    other_institute: Place
    other_station: Place


@dataclass(frozen=True)
class Cast:
    """Everybody, and the teams they belong to."""

    places: Places
    zhou: Someone
    """周奶奶, a resident at the station of Chengbei."""
    leader: Someone
    """Leads the hairdressers."""
    volunteer: Someone
    """A hairdresser."""
    practitioner: Someone
    grid_keeper: Someone
    operator: Someone
    director: Someone
    """Director of the institute of Changning."""
    dispatcher: Someone
    manager: Someone
    supervisor: Someone
    """Of the city: sees both counties."""
    system_admin: Someone
    security_admin: Someone
    audit_admin: Someone
    mallory: Someone
    """Holds every working role in Anyuan, and nothing in Xunwu: always refused."""
    team: Team
    """城北义剪队, at the station of Chengbei."""
    other_team: Team
    """Mallory's, in Anyuan."""

    def everybody(self) -> dict[str, Someone]:
        """Return the whole cast by name, for the matrix of routes and roles."""
        return {name: one for name, one in vars(self).items() if isinstance(one, Someone)}


# Every table that the cast fills, parents first.
_TABLES = (
    "places_place", "places_placelink", "places_placechange", "people_person", "people_account",
    "people_rolegrant", "people_volunteer", "people_teamcategory", "people_team", "people_teammember",
)  # fmt: skip


class _Stage:
    """The cast is built once in each process, through the operations; every test gets the same rows again in one go."""

    cast: Cast | None = None
    rows: ClassVar[dict[str, str]] = {}


def _keep_rows() -> None:
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"SELECT coalesce(json_agg(kept), '[]')::text FROM {table} kept")
            _Stage.rows[table] = cursor.fetchone()[0]


def _put_rows() -> None:
    with connection.cursor() as cursor:
        for table, rows in _Stage.rows.items():
            cursor.execute(
                f"INSERT INTO {table} SELECT * FROM json_populate_recordset(null::{table}, %s)", [rows]
            )
            if table != "people_teamcategory":
                # A database cloned afresh counts from one again; the serving role may count on but not set.
                cursor.execute(
                    f"SELECT nextval('{table}_id_seq') FROM generate_series("
                    f"1, (SELECT max(id) FROM {table})"
                    # One that was never asked stands before its first number, which it calls its last.
                    f" - (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {table}_id_seq))"
                )


@pytest.fixture
def cast(db: None) -> Cast:
    return cast_on_stage()


def cast_on_stage() -> Cast:
    """Put the cast into the database, within the transaction of whoever asks."""
    if _Stage.cast is None:
        with transaction.atomic():
            _Stage.cast = _build_cast(_build_places())
            _keep_rows()
            # What building left behind (the audit trail) is no part of any test.
            transaction.set_rollback(True)
    _put_rows()
    return copy.deepcopy(_Stage.cast)


@pytest.fixture
def places(cast: Cast) -> Places:
    return cast.places


def _build_places() -> Places:
    province = make_place("province", "江西省")
    city = make_place("city", "赣州市", under=province)
    center = make_place("center", "寻乌县", under=city)
    changning = make_place("institute", "长宁镇", under=center)
    liuche = make_place("institute", "留车镇", under=center)
    other_center = make_place("center", "安远县", under=city)
    other_institute = make_place("institute", "欣山镇", under=other_center)
    return Places(
        province=province, city=city, center=center, changning=changning, liuche=liuche,
        chengbei=make_place("station", "城北社区", under=changning),
        huangxiang=make_place("station", "黄坳村", under=changning),
        datong=make_place("station", "大同村", under=liuche),
        other_center=other_center, other_institute=other_institute,
        other_station=make_place("station", "教塘村", under=other_institute),
    )  # fmt: skip


def _someone(name: str, phone: str, at_place: Place, *roles: tuple[str, Place]) -> Someone:
    return Someone(account=make_account(name, at_place=at_place, phone=phone, roles=roles), phone=phone)


def _build_cast(places: Places) -> Cast:
    at, center, changning, chengbei = places, places.center, places.changning, places.chengbei
    leader = _someone("李队长", "12100000002", chengbei, ("leader", chengbei))
    volunteer = _someone("王小明", "12100000003", chengbei, ("volunteer", chengbei))
    mallory = _someone(
        "马外人", "12100000099", at.other_station,
        *((role, at.other_center) for role in ("manager", "director", "dispatcher", "operator", "practitioner")),
    )  # fmt: skip
    for one in (leader, volunteer):
        make_volunteer(one.person.name, at_place=chengbei, phone=one.phone)
    return Cast(
        places=places,
        zhou=_someone("周奶奶", "12100000001", chengbei),
        leader=leader,
        volunteer=volunteer,
        practitioner=_someone("吴实践", "12100000004", chengbei, ("practitioner", chengbei)),
        grid_keeper=_someone("郑网格", "12100000005", chengbei, ("grid_keeper", chengbei)),
        operator=_someone("冯接线", "12100000006", center, ("operator", center)),
        director=_someone("陈所长", "12100000007", changning, ("director", changning)),
        dispatcher=_someone("褚调度", "12100000008", center, ("dispatcher", center)),
        manager=_someone("卫主任", "12100000009", center, ("manager", center)),
        supervisor=_someone("蒋督导", "12100000010", at.city, ("supervisor", at.city)),
        system_admin=_someone("沈系统", "12100000011", center, ("system_admin", center)),
        security_admin=_someone("韩安全", "12100000012", center, ("security_admin", center)),
        audit_admin=_someone("杨审计", "12100000013", center, ("audit_admin", center)),
        mallory=mallory,
        team=make_team("城北义剪队", at_place=chengbei, leader=leader.person, members=[volunteer.person]),
        other_team=make_team("安远理发队", at_place=at.other_station, leader=mallory.person),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _rules_are_read_anew() -> None:
    """Let each test read the time limits of its own database: another one's may have the same ids."""
    forget_rules()
