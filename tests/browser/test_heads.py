"""The head of a page is one row, as wide as the glass, in both languages and in large print, signed in and out."""

from typing import Final

import pytest

from tests.browser.conftest import Open
from tests.browser.watch import LANGUAGES, PHONE, sideways

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDTHS: Final = (320, 360, 390, 768, 1024, 1440)
# What is shown of the head must lie beside one another: each thing's middle within the height of every other.
ROWS: Final = """() => {
  const shown = [...document.querySelectorAll(".portal-bar > *, .console-top > *, .portal-tools > *")]
    .filter(one => getComputedStyle(one).position !== "fixed" && one.getBoundingClientRect().height > 1)
    .map(one => one.getBoundingClientRect());
  return shown.length > 3 && shown.every(one => shown.every(
    other => other.top < (one.top + one.bottom) / 2 && (one.top + one.bottom) / 2 < other.bottom));
}"""
HEAD: Final = ".portal-bar, .console-top"


@pytest.mark.parametrize(
    ("person", "path"),
    [("", "/"), ("resident", "/"), ("dispatcher", "/console/queue/")],
    ids=["out", "in", "console"],
)
def test_the_head_is_one_row_however_narrow_the_glass_is(watched: Open, person: str, path: str) -> None:
    watch = watched(person, size=PHONE)
    page = watch.page()
    for size in ("normal", "large"):
        for language in LANGUAGES:
            watch.cookies(django_language=language, sidan_size=size)
            watch.go(page, path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                told = f"{size} {language} {width}"
                assert page.evaluate(ROWS), told
                head = page.locator(HEAD).evaluate("one => one.scrollWidth - one.clientWidth")
                assert head <= 0, f"{told}: {sideways(page)}"


def test_the_search_of_a_telephone_stands_on_the_page_of_services(watched: Open) -> None:
    page = watched("", size=PHONE).page("/")
    page.locator(".search-door").click()
    field = page.locator("main [data-search]")
    field.fill("理发")
    field.press("Enter")
    page.wait_for_url("**/services/?q=*")
    assert page.locator("main [data-search]").input_value() == "理发"


LONG_ROW: Final = """row => {
  const pill = words => `<span class="state">${row.querySelector(".icon")?.outerHTML ?? ""}${words}</span>`;
  const cell = label => row.querySelector(`[data-label="${label}"]`);
  cell("Service").querySelector(".wraps").innerHTML = pill("Danger to life") + " Company to the hospital";
  cell("Place").textContent = "Chengbei Village of the upper river";
  cell("Time left").innerHTML = pill("overdue by 12 working days");
  cell("State").innerHTML = pill("Admitted, finding a team");
  cell("Team").firstElementChild.textContent = "Volunteers of the village who cut hair";
}"""


@pytest.mark.parametrize("width", [1280, 1440, 1599])
def test_the_queue_is_no_wider_than_the_glass_and_tells_what_is_asked_for(watched: Open, width: int) -> None:
    watch = watched("dispatcher", size=PHONE)
    watch.cookies(django_language="en")
    page = watch.page()
    page.set_viewport_size({"width": width, "height": 900})
    watch.go(page, "/console/queue/")
    page.locator(".queue-table tbody tr").first.evaluate(LONG_ROW)
    assert not sideways(page)
    words = page.locator(".queue-table tbody tr .wraps").first
    assert words.evaluate("one => one.scrollHeight - one.clientHeight") <= 1, "the service is cut away"
