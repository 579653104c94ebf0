"""Pure rules of the tree."""

import pytest

from sidan.places.policies import is_own_county, kinds_under, may_stand_under, short_name_of


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("长宁镇新时代文明实践所", "长宁镇"),
        ("寻乌县新时代文明实践中心", "寻乌县"),
        ("城北社区新时代文明实践站", "城北社区"),
        ("县司法局新时代文明实践分中心", "县司法局"),
        ("东江源驿站", "东江源驿站"),
        ("新时代文明实践所", "新时代文明实践所"),
    ],
)
def test_the_short_name_leaves_out_what_all_places_are_called(name: str, short: str) -> None:
    assert short_name_of(name) == short


def test_stations_stand_under_institutes_and_centers_only() -> None:
    assert may_stand_under(kind="station", parent_kind="institute")
    assert may_stand_under(kind="station", parent_kind="center")
    assert not may_stand_under(kind="station", parent_kind="city")
    assert may_stand_under(kind="station", parent_kind=None)
    assert kinds_under("institute") == ("station", "point", "base")
    assert kinds_under("point") == ()


def test_a_center_or_a_small_root_is_its_own_county() -> None:
    assert is_own_county(kind="center", parent_kind="city")
    assert is_own_county(kind="station", parent_kind=None)
    assert not is_own_county(kind="city", parent_kind=None)
    assert not is_own_county(kind="station", parent_kind="institute")


def test_the_short_name_of_a_very_long_name_still_fits() -> None:
    assert len(short_name_of("长" * 80)) == 40
    assert short_name_of("长" * 60 + "新时代文明实践站") == "长" * 40
