"""Every page of the site, as somebody who may open it: no barrier, no sideways scroll, no jump, no foreign word."""

import gzip
import re
from collections.abc import Callable
from functools import partial
from typing import Final

import polib
import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, Response, Route, expect

from tests.browser.conftest import Open
from tests.browser.site import Site
from tests.browser.visits import NOT_PAGES, Visit, visits
from tests.browser.watch import DESK, PHONE, Watch, barriers, contrast, jumps, listed, path_of, sideways
from tests.database import ROOT
from tests.matrix.table import TABLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FIRST_LOAD_BYTES: Final = 150_000
LATIN: Final = re.compile(r"[A-Za-z]{3,}")
HEXADECIMAL: Final = re.compile(r"[a-f]+")
# The name, abbreviations that Chinese uses as they are, the names of keys, of a standard, kinds of files.
WORDS: Final = frozenset(
    [
        "Sidan",
        "API",
        "CSV",
        "Excel",
        "Word",
        "GPS",
        "WGS",
        "GCJ",
        "English",
        "Enter",
        "Esc",
        "Delete",
        "Shift",
        "JPEG",
        "PNG",
        "SVG",
        "WebP",
        "HTTP",
        "https",
        "PDF",
        "Open",
        "Badge",
    ]
)
# What the stage calls its own things.
STAGED: Final = frozenset(
    [
        "published",
        "second",
        "draft",
        "review",
        "in_review",
        "suspended",
        "matrix",
        "phone",
        "hair",
        "old",
        "own",
    ]
)
WITHOUT_WORDS: Final = {
    "guide:api": "shows examples and names of the API, which are English",
    "web:style": "shows every part with invented content in both languages",
    "audit:trail": "shows a fact that nobody gave words to as it is stored",
    "needs:survey": "shows the address under which a survey is answered",
    "places:staff_pop_up": "shows the address of its public page",
    "activities:embed": "speaks the language that the other site asks for, whatever the browser's is",
    "people:totp": "shows a secret in Latin letters, to be typed",
}
TEXT: Final = """() => { const copy = document.body.cloneNode(true);
  for (const one of copy.querySelectorAll('[lang="en"], [translate="no"], script, style, kbd, noscript')) one.remove();
  const said = [...copy.querySelectorAll("[placeholder], [aria-label], [title], [alt]")].flatMap((one) =>
    ["placeholder", "aria-label", "title", "alt"].map((name) => one.getAttribute(name) ?? ""));
  return document.title + " " + copy.textContent + " " + said.join(" "); }"""
ENGLISH_TEXT: Final = TEXT.replace('[lang="en"]', '[lang^="zh"]')
# Shorter ones are also the names of teams and services, which are data.
LEAST_SENTENCE: Final = 6
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
    found = set(LATIN.findall(page.evaluate(TEXT))) - WORDS - STAGED
    # A page of refusal names the number of its request, which is hexadecimal.
    words = {word for word in found if not HEXADECIMAL.fullmatch(word)}
    return [f"English on a Chinese page: {sorted(words)}"] if words else []


def _chinese_sentences() -> frozenset[str]:
    """Return the catalogues' own Chinese sentences: long enough not to be a name, without anything to fill in."""
    files = sorted((ROOT / "sidan").glob("*/locale/zh_Hans/LC_MESSAGES/django.po"))
    words = (entry.msgstr for file in files for entry in polib.pofile(str(file), encoding="utf-8"))
    return frozenset(word for word in words if len(word) >= LEAST_SENTENCE and "%" not in word)


def _left_in_chinese(page: Page, chinese: frozenset[str]) -> list[str]:
    text = page.evaluate(ENGLISH_TEXT)
    return [f"Chinese on an English page: {word}" for word in sorted(chinese) if word in text]


def test_what_is_called_no_page_is_read() -> None:
    assert set(NOT_PAGES) <= {line.route for line in TABLE if line.method == "GET"}


def test_every_page_on_a_phone_in_chinese(watched: Open, site: Site) -> None:
    def check(page: Page, visit: Visit) -> list[str]:
        words = [] if visit.route in WITHOUT_WORDS else _foreign_words(page)
        return [*barriers(page), *sideways(page), *jumps(page), *words]

    problems = _walk(watched, site, check, size=PHONE)
    assert not problems, listed(problems)


def test_every_page_on_a_desk(watched: Open, site: Site) -> None:
    def check(page: Page, _visit: Visit) -> list[str]:
        found = [*barriers(page), *sideways(page), *jumps(page)]
        page.evaluate(DARK)
        return [*found, *(f"dark: {one}" for one in contrast(page))]

    problems = _walk(watched, site, check, size=DESK)
    assert not problems, listed(problems)


def test_every_page_on_a_desk_in_english(watched: Open, site: Site) -> None:
    """English is longer than Chinese: what fits a row in the one may leave it in the other."""
    chinese = _chinese_sentences()

    def check(page: Page, visit: Visit) -> list[str]:
        words = [] if visit.route in WITHOUT_WORDS else _left_in_chinese(page, chinese)
        return [*barriers(page), *sideways(page), *words]

    problems = _walk(watched, site, check, size=DESK, django_language="en")
    assert not problems, listed(problems)


def test_every_page_in_english_and_in_large_print(watched: Open, site: Site) -> None:
    chinese = _chinese_sentences()

    def narrow(page: Page) -> list[str]:
        found = sideways(page)
        page.set_viewport_size({"width": 320, "height": 640})
        return [*found, *(f"320 px: {one}" for one in sideways(page))]

    def check_english(page: Page, visit: Visit) -> list[str]:
        words = [] if visit.route in WITHOUT_WORDS else _left_in_chinese(page, chinese)
        return [*barriers(page), *narrow(page), *words]

    def check_large(page: Page, visit: Visit) -> list[str]:
        # What residents read in large print; a console in large print differs only in its sizes.
        found = [] if "/console/" in visit.path else barriers(page)
        return [*found, *narrow(page)]

    problems = _walk(watched, site, check_english, size=PHONE, django_language="en")
    problems += [f"large: {one}" for one in _walk(watched, site, check_large, size=PHONE, sidan_size="large")]
    assert not problems, listed(problems)


@pytest.mark.parametrize(
    ("language", "heading"), [("zh-hans", "这里没有内容"), ("en", "There is nothing here")]
)
def test_a_refusal_is_a_page_like_another(watched: Open, language: str, heading: str) -> None:
    problems: list[str] = []
    watch = watched("resident").cookies(django_language=language)
    page = watch.page()
    for path, status in (("/nowhere/", 404), ("/console/audit/", 403)):
        answered = watch.go(page, path)
        problems += [] if answered == status else [f"{path} answered {answered}"]
        problems += [f"{path}: {one}" for one in [*barriers(page), *sideways(page)]]
        problems += (
            _foreign_words(page) if language == "zh-hans" else _left_in_chinese(page, _chinese_sentences())
        )
        if status == 404:
            expect(page.locator("h1")).to_have_text(heading)
    assert not problems, listed(problems)


def _last_resorts() -> dict[str, str]:
    """Return the pages that show when the application cannot: its own of a fault, and those that nginx sends."""
    pages = {path.name: path.read_text() for path in (ROOT / "frontend/public/errors").glob("*.html")}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            pages[f"500 {language}"] = render_to_string("web/500.html", {"request_id": "0b77"})
    return pages


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


def test_the_pages_of_last_resort_can_be_read(watched: Open) -> None:
    problems: list[str] = []
    bodies = _last_resorts()
    assert len(bodies) >= 5
    watch = watched("", size=PHONE)
    page = watch.page()
    for name, body in bodies.items():
        page.route("**/last-resort/", partial(_answer, body))
        watch.go(page, "/last-resort/")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('a')).borderRadius") == "10px", (
            "no style"
        )
        problems += [f"{name}: {one}" for one in [*barriers(page), *sideways(page)]]
        if not name.endswith(" en"):
            problems += [f"{name}: {one}" for one in _foreign_words(page)]
        page.unroute("**/last-resort/")
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
