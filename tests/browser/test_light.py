"""Lists are light on a phone: a row is a few lines, and a tap anywhere on it opens it."""

from typing import Final

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.watch import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_A_ROW: Final = 150
"""Pixels: with these, a page of fifty rows stays below 7,500 in all, and one of twenty below 3,000."""
TELEPHONE: Final = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"
LISTS: Final = (
    ("dispatcher", "/console/queue/"),
    ("dispatcher", "/console/reviews/"),
    ("manager", "/console/volunteers/"),
    ("manager", "/console/teams/"),
    ("manager", "/console/accounts/"),
    ("manager", "/console/needs/"),
    ("manager", "/console/wishes/"),
    ("manager", "/console/fairness/"),
    ("practitioner", "/console/mediation/"),
)
ROWS: Final = """() => [...document.querySelectorAll(".data-table tbody tr")]
  .map((row) => Math.round(row.getBoundingClientRect().height)).filter((height) => height > 0)"""


def _opened_by_a_tap_below_the_name(page: Page) -> str:
    row = page.locator(".data-table tbody tr:has(.lead a)").first
    wanted = row.locator(".lead a").get_attribute("href") or ""
    box = row.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] - 6)
    page.wait_for_url(f"**{wanted}")
    return wanted


@pytest.mark.parametrize(("person", "path"), LISTS)
def test_a_row_is_a_few_lines_on_a_phone(watched: Open, person: str, path: str) -> None:
    page = watched(person, size=PHONE).page(path)
    heights = page.evaluate(ROWS)
    assert heights, "the stage has a row for each of these lists"
    assert max(heights) <= MOST_A_ROW
    assert min(heights) >= 44


def test_a_tap_anywhere_on_a_row_opens_it(watched: Open) -> None:
    page = watched("manager", size=PHONE).page("/console/volunteers/")
    assert _opened_by_a_tap_below_the_name(page)


def test_a_telephone_asks_for_fewer_rows_and_folds_what_few_look_for(watched: Open) -> None:
    desk = watched("manager").page("/console/supply/")
    phone = watched("manager", size=PHONE, is_mobile=True, user_agent=TELEPHONE).page("/console/supply/")
    assert desk.locator("details.panel[open]").count() > 0
    assert phone.locator("details.panel[open]").count() == 0
