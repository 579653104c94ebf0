"""A small county to change: one province, one city, one center, two institutes, two stations."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from sidan.core.actor import SYSTEM, Actor, Grant
from sidan.places.models import Place
from sidan.places.operations import open_place

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
FOUNDED = date(2026, 1, 5)


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def opened(db: None) -> Callable[..., Place]:
    """Open a place as the system: `opened("station", "城北社区", under=institute)`."""

    def _open(kind: str, name: str, *, under: Place | None = None, on: date = FOUNDED) -> Place:
        parent_id = under.pk if under else None
        return open_place(actor=SYSTEM, at=AT, kind=kind, name=name, parent_id=parent_id, on=on)

    return _open


@pytest.fixture
def county(opened: Callable[..., Place]) -> dict[str, Place]:
    province = opened("province", "江西省")
    city = opened("city", "赣州市", under=province)
    center = opened("center", "寻乌县新时代文明实践中心", under=city)
    changning = opened("institute", "长宁镇新时代文明实践所", under=center)
    liuche = opened("institute", "留车镇新时代文明实践所", under=center)
    chengbei = opened("station", "城北社区新时代文明实践站", under=changning)
    huangxiang = opened("station", "黄乡社区新时代文明实践站", under=changning)
    return {
        "province": province, "city": city, "center": center, "changning": changning, "liuche": liuche,
        "chengbei": chengbei, "huangxiang": huangxiang,
    }  # fmt: skip


@pytest.fixture
def manager_of() -> Callable[[Place], Actor]:
    """An actor who manages a place and all below it. There is no account behind: history names nobody."""

    def _manager(place: Place) -> Actor:
        grant = Grant(role="manager", place_id=place.pk, county_id=place.county_id, kind=place.kind)
        return Actor(account_id=None, name="manager", grants=(grant,))

    return _manager
