"""Pictures for the demo, drawn and not photographed: nobody is shown, and no file of anybody's has to be carried along.

A drawing is a list of strokes on a sheet of 40 by 30 units, red on paper, one for each kind of service. What stands for
a photograph of a visit is a landscape of a few hills: plainly nobody's house.
"""

import io
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 800, 600
_UNITS: Final = 40
_FINER: Final = 2
"""Drawn twice as large and made smaller: smooth edges."""
_SCALE: Final = WIDTH * _FINER // _UNITS
_STROKE: Final = 0.42
_RED, _PAPER, _WASH, _WHITE = "#b8232f", "#fdf8f4", "#f6e3dd", "#fffdfb"
_QUALITY: Final = 88
_Points = list[tuple[float, float]]
_Shape = Callable[["_Sheet", Sequence[float]], None]

_DRAWINGS: Final[dict[str, list[str]]] = json.loads(
    (Path(__file__).parent / "data" / "drawings.json").read_text("utf-8")
)


class _Sheet:
    """A sheet of paper and a pen; lengths are units of the sheet."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), _PAPER)
        self.pen = ImageDraw.Draw(self.image)

    def line(self, points: _Points) -> None:
        """Draw a line with round ends and corners."""
        scaled = [(x * _SCALE, y * _SCALE) for x, y in points]
        self.pen.line(scaled, fill=_RED, width=round(_STROKE * _SCALE), joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            self.spot(x / _SCALE, y / _SCALE, _STROKE / 2)

    def area(self, points: _Points) -> None:
        """Draw a closed line around white."""
        self.pen.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=_WHITE)
        self.line([*points, points[0]])

    def spot(self, x: float, y: float, radius: float, colour: str = _RED) -> None:
        """Draw a full circle without an outline."""
        box = [(value * _SCALE) for value in (x - radius, y - radius, x + radius, y + radius)]
        self.pen.ellipse(box, fill=colour)


def _bow(x: float, y: float, wide: float, high: float, start: float = 0, end: float = 360) -> _Points:
    """Return points along an ellipse, degrees clockwise from the right."""
    steps = max(8, int(abs(end - start) / 4))
    angles = (math.radians(start + (end - start) * nth / steps) for nth in range(steps + 1))
    return [(x + wide * math.cos(angle), y + high * math.sin(angle)) for angle in angles]


def _pairs(numbers: Sequence[float]) -> _Points:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _rounded(x: float, y: float, wide: float, high: float, radius: float) -> _Points:
    right, low = x + wide - radius, y + high - radius
    return [
        *_bow(x + radius, y + radius, radius, radius, 180, 270), *_bow(right, y + radius, radius, radius, 270, 360),
        *_bow(right, low, radius, radius, 0, 90), *_bow(x + radius, low, radius, radius, 90, 180),
    ]  # fmt: skip


def _heart(x: float, y: float, size: float) -> _Points:
    turns = (math.radians(6 * nth) for nth in range(60))
    cos = math.cos
    return [
        (x + size * math.sin(t) ** 3, y - size * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)) / 16)
        for t in turns
    ]  # fmt: skip


def _drop(x: float, y: float, size: float) -> _Points:
    return [(x, y - 1.9 * size), *_bow(x, y, size, size, -25, 205)]


_SHAPES: Final[dict[str, _Shape]] = {
    "L": lambda sheet, told: sheet.line(_pairs(told)),
    "P": lambda sheet, told: sheet.area(_pairs(told)),
    "A": lambda sheet, told: sheet.line(_bow(*told)),
    "C": lambda sheet, told: sheet.area(_bow(told[0], told[1], told[2], told[2])),
    "O": lambda sheet, told: sheet.line(_bow(told[0], told[1], told[2], told[2])),
    "O2": lambda sheet, told: sheet.line(_bow(*told)),
    "E": lambda sheet, told: sheet.area(_bow(*told)),
    "V": lambda sheet, told: sheet.area(_bow(told[0], told[1], told[2], told[3], 0, 180)),
    "V2": lambda sheet, told: sheet.area(_bow(told[0], told[1], told[2], told[3], 180, 360)),
    "R": lambda sheet, told: sheet.area(_rounded(*told)),
    "H": lambda sheet, told: sheet.area(_heart(*told)),
    "D": lambda sheet, told: sheet.area(_drop(*told)),
    "F": lambda sheet, told: sheet.spot(told[0], told[1], told[2]),
}
"""Line, polygon, arc, circle, ring, oval ring, oval, bowl, arch, rounded box, heart, drop, spot."""


def drawing_of(kind: str) -> bytes:
    """Return the drawing of a kind of service as a JPEG; the same bytes on every machine with the same library."""
    sheet = _Sheet()
    nth = list(_DRAWINGS).index(kind)
    # The wash behind it stands a little differently for each, as if by hand.
    sheet.spot(20 + nth % 5 - 2, 15 + nth % 3 - 1, 12.4, _WASH)
    sheet.line([(4.0, 27.6), (4 + 24.0 + nth % 4, 27.6)])
    sheet.line([(31.0 + nth % 3, 27.6), (36, 27.6)])
    for stroke in _DRAWINGS[kind]:
        shape, *numbers = stroke.split()
        _SHAPES[shape](sheet, [float(number) for number in numbers])
    return _jpeg(sheet.image.reduce(_FINER))


def has_drawing(kind: str) -> bool:
    """Tell whether there is a drawing of a kind of service."""
    return kind in _DRAWINGS


def landscape(nth: int) -> bytes:
    """Return what stands for a photograph of a visit as a JPEG: hills under a sky, another for each number."""
    image = Image.new("RGB", (WIDTH, HEIGHT))
    pen = ImageDraw.Draw(image)
    for y in range(HEIGHT):
        far = y / HEIGHT
        pen.line(
            [(0, y), (WIDTH, y)], fill=(round(176 + 66 * far), round(205 + 28 * far), round(226 - 14 * far))
        )
    x, y = 120 + nth * 173 % 560, 110 + nth * 37 % 60
    pen.ellipse([x, y, x + 84, y + 84], fill=(255, 241, 204))
    for hill in range(4):
        base, shade = 300 + 75 * hill, 26 * hill
        ridge = [
            (at, base + 46 * math.sin(at / (150 - 18 * hill) + nth * 1.7 + hill * 2.1) + 16 * math.sin(at / 47 + nth))
            for at in range(0, WIDTH + 10, 10)
        ]  # fmt: skip
        pen.polygon([*ridge, (WIDTH, HEIGHT), (0, HEIGHT)], fill=(128 - shade, 158 - shade, 122 - shade))
    return _jpeg(image.filter(ImageFilter.GaussianBlur(1.6)))


def _jpeg(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
