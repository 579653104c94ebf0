"""Every page of the site, as somebody who may open it: no barrier, no sideways scroll, no jump, no foreign word."""

import gzip
import re
from collections.abc import Callable
from typing import Final

import pytest
from playwright.sync_api import Page, Response

from tests.browser.conftest import Open
from tests.browser.site import Site
from tests.browser.visits import NOT_PAGES, Visit, visits
from tests.browser.watch import DESK, PHONE, Watch, barriers, contrast, listed, path_of, shift, sideways
from tests.matrix.table import TABLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_SHIFT: Final = 0.02
FIRST_LOAD_BYTES: Final = 150_000
LATIN: Final = re.compile(r"[A-Za-z]{3,}")
# The name, abbreviations that Chinese uses as they are, the names of keys, kinds of files.
WORDS: Final = frozenset(
    ["Sidan", "API", "CSV", "GPS", "WGS", "GCJ", "English", "Enter", "Esc", "JPEG", "PNG", "WebP", "HTTP"]
)
# What the stage calls its own things.
STAGED: Final = frozenset(
    ["published", "second", "draft", "review", "in_review", "suspended", "matrix", "phone", "hair", "old"]
)
WITHOUT_WORDS: Final = {
    "web:style": "shows every part with invented content in both languages",
    "audit:trail": "shows the facts of an entry by their codes, as they are stored",
    "people:totp": "shows a secret in Latin letters, to be typed",
}
TEXT: Final = """() => { const copy = document.body.cloneNode(true);
  for (const one of copy.querySelectorAll('[lang="en"], script, style, kbd, noscript')) one.remove();
  const said = [...copy.querySelectorAll("[placeholder], [aria-label], [title], [alt]")].flatMap((one) =>
    ["placeholder", "aria-label", "title", "alt"].map((name) => one.getAttribute(name) ?? ""));
  return document.title + " " + copy.textContent + " " + said.join(" "); }"""
# At once, not by way of the colours between.
DARK: Final = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync("* { transition: none !important }");
  document.adoptedStyleSheets = [sheet]; document.documentElement.dataset.theme = "dark"; }"""

Check = Callable[[Page, Visit], list[str]]


def _walk(watched: Open, site: Site, check: Check, *, size: dict[str, int], **cookies: str) -> list[str]:
    """Open every page in one browser a person, and return what is wrong with which."""
    problems: list[str] = []
    opened: dict[str, tuple[Watch, Page]] = {}
    for visit in visits(site):
        if visit.person not in opened:
            person = "" if visit.person == "visitor" else visit.person
            watch = watched(person, size=size).cookies(**cookies)
            opened[visit.person] = (watch, watch.page())
        watch, page = opened[visit.person]
        page.set_viewport_size(size)  # type: ignore[arg-type] # a plain dictionary of the right shape
        status = watch.go(page, visit.path)
        found = check(page, visit)
        if status != 200 or path_of(page) != visit.path.partition("?")[0]:
            found.append(f"answered {status} at {path_of(page)}")
        problems += [f"{visit.route} as {visit.person}: {one}" for one in found]
    return problems


def _foreign_words(page: Page) -> list[str]:
    words = set(LATIN.findall(page.evaluate(TEXT))) - WORDS - STAGED
    return [f"English on a Chinese page: {sorted(words)}"] if words else []


def _jumps(page: Page) -> list[str]:
    moved = shift(page)
    return [f"jumps by {moved:.3f}"] if moved > MOST_SHIFT else []


def test_what_is_called_no_page_is_read() -> None:
    assert set(NOT_PAGES) <= {line.route for line in TABLE if line.method == "GET"}


def test_every_page_on_a_phone_in_chinese(watched: Open, site: Site) -> None:
    def check(page: Page, visit: Visit) -> list[str]:
        words = [] if visit.route in WITHOUT_WORDS else _foreign_words(page)
        return [*barriers(page), *sideways(page), *_jumps(page), *words]

    problems = _walk(watched, site, check, size=PHONE)
    assert not problems, listed(problems)


def test_every_page_on_a_desk(watched: Open, site: Site) -> None:
    def check(page: Page, _visit: Visit) -> list[str]:
        found = [*barriers(page), *sideways(page), *_jumps(page)]
        page.evaluate(DARK)
        return [*found, *(f"dark: {one}" for one in contrast(page))]

    problems = _walk(watched, site, check, size=DESK)
    assert not problems, listed(problems)


def test_every_page_in_english_and_in_large_print(watched: Open, site: Site) -> None:
    def check(page: Page, _visit: Visit) -> list[str]:
        found = sideways(page)
        page.set_viewport_size({"width": 320, "height": 640})
        return [*found, *(f"320 px: {one}" for one in sideways(page))]

    problems = _walk(watched, site, check, size=PHONE, django_language="en")
    problems += [f"large: {one}" for one in _walk(watched, site, check, size=PHONE, sidan_size="large")]
    assert not problems, listed(problems)


@pytest.mark.parametrize("path", ["/", "/services/", "/orders/"])
def test_the_first_load_of_a_portal_page_is_small(watched: Open, path: str) -> None:
    watch = watched("resident")
    page = watch.page()
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.status == 200:
            sizes[response.url] = len(gzip.compress(response.body()))

    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    watch.go(page, path)
    page.wait_for_load_state("networkidle")
    for answer in answers:
        weigh(answer)
    assert sum(sizes.values()) <= FIRST_LOAD_BYTES, sizes
    assert len(sizes) >= 4, sizes
