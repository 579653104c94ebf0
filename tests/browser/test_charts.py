"""The drawings of supply and demand in Chromium: their words can be read on a telephone and on a desk."""

from typing import Final

import pytest

from tests.browser.conftest import Open
from tests.browser.watch import listed, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SMALLEST: Final = 12
SIZES: Final = ((320, 700), (390, 844), (820, 1100), (1440, 900))
# How large the letters are on the glass: their size in units of the drawing, times how far it is scaled.
LETTERS: Final = """
() => [...document.querySelectorAll('svg.week-chart text')]
    .filter(text => text.closest('svg').getBoundingClientRect().width)
    .map(text => parseFloat(text.getAttribute('font-size') || text.closest('[font-size]').getAttribute('font-size'))
                 * text.getScreenCTM().a)
"""
DRAWN: Final = """
() => [...document.querySelectorAll('svg.week-chart')].filter(svg => svg.getBoundingClientRect().width).length
"""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_words_of_a_chart_are_large_enough_wherever_it_is_read(watched: Open, language: str) -> None:
    office = watched("dispatcher").cookies(django_language=language)
    page, small = office.page(), list[str]()
    for weeks in (4, 12, 52):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert office.go(page, f"/console/supply/?weeks={weeks}") == 200
            assert page.evaluate(DRAWN) == 1, f"one of the two drawings at {width}"
            letters = page.evaluate(LETTERS)
            assert letters, f"no words at {width}"
            if min(letters) < SMALLEST:
                small.append(f"{min(letters):.1f} px at {width} with {weeks} weeks")
            small += sound(page, at=f"{weeks} weeks in {language} at {width}")
    assert not small, listed(small)
