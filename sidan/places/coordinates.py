"""Points on the earth in the three systems used in China, and the distance between them (rules, section 6).

WGS-84 is what a receiver says, GCJ-02 what Chinese maps draw, BD-09 what Baidu draws. They lie up to 1.4 km apart, so
a point never travels without its system and is brought to WGS-84 before anything is measured.
"""

import math
from dataclasses import dataclass
from typing import Final

from sidan.places.enums import CoordinateSystem

EARTH_RADIUS_M: Final = 6_371_000.0
# The ellipsoid of GCJ-02 (Krasovsky 1940): semi-major axis in metres and eccentricity squared.
_AXIS_M: Final = 6_378_245.0
_ECCENTRICITY_2: Final = 0.006_693_421_622_965_943_23
_BAIDU: Final = math.pi * 3000 / 180
_ROUNDS: Final = 6
"""Each round of the inversion leaves less than a thousandth of the error; three would do."""


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees east and north, in one system."""

    longitude: float
    latitude: float
    system: str


def converted(point: Point, *, system: str) -> Point:
    """Return the same spot in another system, right to a centimetre or so of its definition."""
    if point.system == system:
        return point
    lng, lat = point.longitude, point.latitude
    if point.system == CoordinateSystem.BD09:
        lng, lat = _baidu_to_gcj(lng, lat)
    if point.system == CoordinateSystem.WGS84:
        lng, lat = _wgs_to_gcj(lng, lat)
    if system == CoordinateSystem.BD09:
        lng, lat = _gcj_to_baidu(lng, lat)
    if system == CoordinateSystem.WGS84:
        lng, lat = _gcj_to_wgs(lng, lat)
    return Point(longitude=lng, latitude=lat, system=system)


def distance_m(one: Point, other: Point) -> float:
    """Return the metres between two points along the great circle."""
    a, b = (converted(point, system=CoordinateSystem.WGS84) for point in (one, other))
    lat_a, lat_b = math.radians(a.latitude), math.radians(b.latitude)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def _is_shifted(lng: float, lat: float) -> bool:
    """Outside this box the official maps show the earth as it is."""
    return 72.004 <= lng <= 137.8347 and 0.8293 <= lat <= 55.8271


def _offset(lng: float, lat: float) -> tuple[float, float]:
    """Return by how much GCJ-02 differs from WGS-84 there, in degrees."""
    x, y = lng - 105.0, lat - 35.0
    ripple = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + ripple
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + ripple
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    curve = 1 - _ECCENTRICITY_2 * math.sin(math.radians(lat)) ** 2
    meridian_m = _AXIS_M * (1 - _ECCENTRICITY_2) / (curve * math.sqrt(curve))
    parallel_m = _AXIS_M / math.sqrt(curve) * math.cos(math.radians(lat))
    return math.degrees(east / parallel_m), math.degrees(north / meridian_m)


def _wgs_to_gcj(lng: float, lat: float) -> tuple[float, float]:
    if not _is_shifted(lng, lat):
        return lng, lat
    east, north = _offset(lng, lat)
    return lng + east, lat + north


def _gcj_to_wgs(lng: float, lat: float) -> tuple[float, float]:
    """Turn the shift round by approaching the point that is shifted onto this one."""
    guess_lng, guess_lat = lng, lat
    for _ in range(_ROUNDS):
        there_lng, there_lat = _wgs_to_gcj(guess_lng, guess_lat)
        guess_lng, guess_lat = guess_lng + lng - there_lng, guess_lat + lat - there_lat
    return guess_lng, guess_lat


def _gcj_to_baidu(lng: float, lat: float) -> tuple[float, float]:
    radius = math.hypot(lng, lat) + 0.000_02 * math.sin(lat * _BAIDU)
    angle = math.atan2(lat, lng) + 0.000_003 * math.cos(lng * _BAIDU)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def _baidu_to_gcj(lng: float, lat: float) -> tuple[float, float]:
    guess_lng, guess_lat = lng - 0.0065, lat - 0.006
    for _ in range(_ROUNDS):
        there_lng, there_lat = _gcj_to_baidu(guess_lng, guess_lat)
        guess_lng, guess_lat = guess_lng + lng - there_lng, guess_lat + lat - there_lat
    return guess_lng, guess_lat
