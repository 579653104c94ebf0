"""What is chosen from looks like it, whatever a form calls its fields; what unfolds has one mark and begins with it."""

from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

UNFOLD: Final = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
LOOK: Final = """(label) => { const style = getComputedStyle(label);
  return [style.borderTopColor, style.backgroundColor, style.fontWeight]; }"""
# Their own rings are hidden: the label is all there is to see and to tap.
BARE: Final = """() => [...document.querySelectorAll(".chips input")].filter((input) => {
  const label = input.closest("label"), style = label && getComputedStyle(label);
  const box = label && label.getBoundingClientRect();
  return !label || !label.innerText.trim() || box.height < 43.5 || box.width < 44 || style.borderTopStyle !== "solid"
    || parseFloat(style.borderTopWidth) < 1; }).map((input) => input.id)"""
MARKS: Final = """() => [...document.querySelectorAll("main summary")].map((summary) => {
  const own = !["none", "normal"].includes(getComputedStyle(summary, "::before").content);
  const drawn = [...summary.querySelectorAll(".icon:has([href$='#chevron-down'])")]
    .filter((icon) => getComputedStyle(icon).display !== "none").length;
  const text = document.createRange(); text.selectNodeContents(summary);
  const start = text.getBoundingClientRect().left - summary.getBoundingClientRect().left;
  return [summary.innerText.trim(), Number(own) + drawn, start]; })"""
PAGES: Final = (
    ("dispatcher", "/console/queue/{submitted}/"),
    ("dispatcher", "/console/queue/{divided}/"),
)


def _look(label: Locator) -> list[str]:
    told: list[str] = label.evaluate(LOOK)
    return told


def _unfolded(watched: Open, person: str, path: str, size: dict[str, int]) -> Page:
    watch = watched(person, size=size)
    page = watch.page(path.format(**watch.site.things))
    page.evaluate(UNFOLD)
    return page


def test_a_reason_that_is_chosen_looks_different_from_the_others(watched: Open) -> None:
    page = _unfolded(watched, "dispatcher", "/console/queue/{submitted}/", DESK)
    labels = page.locator("form[action*='/send-down/'] .chips label")
    assert labels.count() > 1
    assert _look(labels.nth(0)) == _look(labels.nth(1)), "nothing is chosen yet"
    labels.nth(0).click()
    expect(labels.nth(0).locator("input")).to_be_checked()
    expect(labels.nth(0)).not_to_have_css("font-weight", "400")
    chosen, other = _look(labels.nth(0)), _look(labels.nth(1))
    assert all(one != two for one, two in zip(chosen, other, strict=True)), (chosen, other)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(("person", "path"), PAGES)
def test_every_chip_is_to_be_seen(watched: Open, person: str, path: str, size: dict[str, int]) -> None:
    page = _unfolded(watched, person, path, size)
    assert page.locator(".chips input").count() > 1, "the stage has a choice on each of these pages"
    assert page.evaluate(BARE) == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", ["/console/orders/new/{zhou_person}/", "/console/queue/{submitted}/"])
def test_what_unfolds_has_one_mark(watched: Open, path: str, size: dict[str, int]) -> None:
    page = _unfolded(watched, "dispatcher", path, size)
    marks = page.evaluate(MARKS)
    assert marks
    assert [told for told in marks if told[1] != 1 or told[2] > 40] == []


def test_the_filter_that_is_chosen_is_seen_on_a_telephone_though_it_stands_last(watched: Open) -> None:
    page = watched("manager", size=PHONE).page("/console/fairness/?show=twice")
    chosen = page.locator(".filter-chips [aria-current]")
    assert chosen.count() == 2
    for chip in chosen.all():
        box = chip.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
