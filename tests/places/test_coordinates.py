"""The three systems of coordinates, against the table of rules.md, section 6."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidan.places.coordinates import Point, converted, distance_m

TABLE = [
    ((115.8582, 28.6829), (115.863100, 28.679570), (115.869685, 28.685227), (605, 899, 1150)),
    ((114.9350, 25.8310), (114.939727, 25.827818), (114.946209, 25.833991), (591, 944, 1170)),
    ((116.404, 39.915), (116.410244, 39.916404), (116.416627, 39.922700), (555, 887, 1376)),
]
degrees_in_china = st.tuples(st.floats(75, 134), st.floats(4, 53))


def _naive_m(one: Point, other: Point) -> float:
    """The distance if nobody minded the systems."""
    return distance_m(
        Point(one.longitude, one.latitude, "wgs84"), Point(other.longitude, other.latitude, "wgs84")
    )


@pytest.mark.parametrize(("wgs", "gcj", "baidu", "apart"), TABLE)
def test_known_points_come_out_as_in_the_table(
    wgs: tuple[float, float],
    gcj: tuple[float, float],
    baidu: tuple[float, float],
    apart: tuple[int, int, int],
) -> None:
    here = Point(*wgs, "wgs84")
    on_map, at_baidu = converted(here, system="gcj02"), converted(here, system="bd09")
    assert (on_map.longitude, on_map.latitude) == pytest.approx(gcj, abs=6e-7)
    assert (at_baidu.longitude, at_baidu.latitude) == pytest.approx(baidu, abs=6e-7)
    shifts = (_naive_m(here, on_map), _naive_m(on_map, at_baidu), _naive_m(here, at_baidu))
    assert shifts == pytest.approx(apart, abs=0.6)


@given(degrees=degrees_in_china, system=st.sampled_from(["wgs84", "gcj02", "bd09"]))
def test_there_and_back_is_the_same_spot_to_a_centimetre(degrees: tuple[float, float], system: str) -> None:
    point = Point(*degrees, "gcj02")
    back = converted(converted(point, system=system), system="gcj02")
    assert _naive_m(point, back) < 0.01


@given(degrees=degrees_in_china)
def test_one_spot_in_two_systems_is_no_distance(degrees: tuple[float, float]) -> None:
    point = Point(*degrees, "wgs84")
    assert distance_m(point, converted(point, system="bd09")) < 0.01


def test_outside_china_the_map_is_not_shifted() -> None:
    paris = Point(2.3522, 48.8566, "wgs84")
    assert converted(paris, system="gcj02") == Point(2.3522, 48.8566, "gcj02")


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_m(Point(0, 0, "wgs84"), Point(0, 1, "wgs84")) == pytest.approx(111_195, abs=1)
