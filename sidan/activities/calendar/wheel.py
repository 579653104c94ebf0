"""Where the days of a year lie on a wheel that begins at the top and turns with the clock. Pure."""

from dataclasses import dataclass
from datetime import date
from math import cos, radians, sin

_WHOLE = 360.0
_HALF = 180.0


@dataclass(frozen=True, slots=True)
class Spoke:
    """Where words stand along a spoke so that nobody reads them upside down: a turn, a side, and its beginning."""

    turn: float
    anchor: str
    x: float


def degrees_of(day: date) -> float:
    """Return how far the wheel has turned when a day begins."""
    first = date(day.year, 1, 1)
    return _WHOLE * (day - first).days / (date(day.year + 1, 1, 1) - first).days


def spot(degrees: float, radius: float) -> tuple[float, float]:
    """Return a point of the wheel, from its middle rightward and downward."""
    turned = radians(degrees)
    return round(radius * sin(turned), 2), round(-radius * cos(turned), 2)


def sector(first: float, after: float, *, inner: float, outer: float) -> str:
    """Return the outline of a part of a ring, as SVG writes paths."""
    is_large = int(after - first > _HALF)
    (ax, ay), (bx, by) = spot(first, outer), spot(after, outer)
    (cx, cy), (dx, dy) = spot(after, inner), spot(first, inner)
    return f"M{ax} {ay}A{outer} {outer} 0 {is_large} 1 {bx} {by}L{cx} {cy}A{inner} {inner} 0 {is_large} 0 {dx} {dy}Z"


def spoke(degrees: float, *, radius: float) -> Spoke:
    """Return where words begin at a distance from the middle and run outward."""
    if degrees < _HALF:
        return Spoke(round(degrees - 90, 2), "start", radius)
    return Spoke(round(degrees + 90, 2), "end", -radius)
