"""The colours are readable: every pair of text and ground in themes.css holds 4.5:1, by the formula of WCAG 2."""

import re
from itertools import product

import pytest

from tests.database import ROOT

SOURCE = (ROOT / "frontend" / "src" / "styles" / "themes.css").read_text(encoding="utf-8")
THEMES = ("paper", "dark")
TONES = ("waiting", "moving", "soon", "overdue", "done", "honour")
GROUNDS = ("--color-base-100", "--color-base-200")
PAIRS = [
    *[(f"--{tone}-ink", f"--{tone}-wash") for tone in TONES],
    *[(f"--color-{name}-content", f"--color-{name}") for name in ("primary", "secondary", "neutral")],
    *product(("--color-base-content", "--ink-soft", "--red-ink"), GROUNDS),
    ("--red-ink", "--red-wash"),
    ("--color-base-content", "--red-wash"),
    ("--ink-soft", "--color-secondary"),
]


def colours_of(theme: str) -> dict[str, str]:
    blocks = re.findall(r"(?:name: \"(\w+)\"|\[data-theme=\"(\w+)\"\] \{)([^}]*)\}", SOURCE)
    found: dict[str, str] = {}
    for plugin, attribute, body in blocks:
        if theme in (plugin, attribute):
            found |= dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", body))
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    colours = colours_of(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_the_edge_of_a_field_can_be_seen(theme: str) -> None:
    colours = colours_of(theme)
    assert contrast(colours["--edge"], colours["--color-base-100"]) >= 3
