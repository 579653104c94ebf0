"""A county with its library, and the county next to it, whose manager must always be refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sidan.catalogue.models import Category, Project
from sidan.catalogue.operations import (
    ProjectText,
    create_category,
    create_project,
    propose_project,
    publish_project,
)
from sidan.core.actor import SYSTEM, Actor, Grant
from sidan.core.scope import scope_of, scoped
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.people.models import Team, TeamCategory
from sidan.places.models import Place
from sidan.places.operations import open_place

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@dataclass
class Land:
    """Places by a short name, and a team of the county."""

    center: Place
    town: Place
    other_town: Place
    station: Place
    other_station: Place
    far_center: Place
    far_station: Place


def _open(kind: str, name: str, *, under: Place | None = None) -> Place:
    parent_id = under.pk if under else None
    return open_place(actor=SYSTEM, at=AT, kind=kind, name=name, parent_id=parent_id, on=date(2026, 1, 5))


@pytest.fixture
def land(db: None) -> Land:
    city = _open("city", "赣州市")
    center = _open("center", "寻乌县新时代文明实践中心", under=city)
    town = _open("institute", "长宁镇新时代文明实践所", under=center)
    other_town = _open("institute", "留车镇新时代文明实践所", under=center)
    far_center = _open("center", "安远县新时代文明实践中心", under=city)
    return Land(
        center=center,
        town=town,
        other_town=other_town,
        station=_open("station", "城北社区新时代文明实践站", under=town),
        other_station=_open("station", "留车村新时代文明实践站", under=other_town),
        far_center=far_center,
        far_station=_open("station", "欣山社区新时代文明实践站", under=far_center),
    )


def make_team(place: Place, name: str) -> Team:
    kind, _made = TeamCategory.objects.get_or_create(code="civic", defaults={"name": "文明服务"})
    return Team.objects.create(name=name, category=kind, place=place, county_id=place.county_id)


@pytest.fixture
def team(land: Land) -> Team:
    return make_team(land.center, "城北义剪队")


@pytest.fixture
def hair(db: None) -> Category:
    return create_category(actor=SYSTEM, at=AT, name="上门理发", code="hair", icon="scissors")


def actor_with(*grants: tuple[str, Place], led: tuple[int, ...] = ()) -> Actor:
    """An actor without an account behind: history names nobody."""
    return Actor(
        account_id=None,
        name="someone",
        grants=tuple(
            Grant(role=role, place_id=place.pk, county_id=place.county_id, kind=place.kind)
            for role, place in grants
        ),
        team_ids=led,
        led_team_ids=led,
    )


@pytest.fixture
def manager(land: Land) -> Actor:
    return actor_with(("manager", land.center))


@pytest.fixture
def leader(team: Team) -> Actor:
    return actor_with(led=(team.pk,))


@pytest.fixture
def mallory(land: Land) -> Actor:
    """Manager of the next county: must always be refused."""
    return actor_with(("manager", land.far_center))


@pytest.fixture
def seeing() -> Iterator[Callable[[Actor], None]]:
    """Enter the scope of an actor for the rest of the test."""
    entered: list[Any] = []

    def enter(actor: Actor) -> None:
        block = scoped(scope_of(actor, staff_roles=ORDER_STAFF_ROLES))
        block.__enter__()
        entered.append(block)

    yield enter
    for block in reversed(entered):
        block.__exit__(None, None, None)


@pytest.fixture
def text(team: Team, hair: Category, land: Land) -> Callable[..., ProjectText]:
    def build(**given: Any) -> ProjectText:
        values: dict[str, Any] = {
            "title": "上门理发",
            "category": hair,
            "team": team,
            "area": land.center,
            **given,
        }
        return ProjectText(**values)

    return build


@pytest.fixture
def project(
    land: Land, text: Callable[..., ProjectText], seeing: Callable[[Actor], None], manager: Actor
) -> Project:
    """A draft of the county's library; the test goes on in the manager's scope."""
    seeing(manager)
    return create_project(actor=manager, at=AT, place=land.center, text=text())


def publish(project: Project, actor: Actor = SYSTEM) -> Project:
    propose_project(actor=actor, at=AT, project_uuid=project.uuid)
    return publish_project(actor=actor, at=AT, project_uuid=project.uuid)
