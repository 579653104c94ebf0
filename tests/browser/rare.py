"""Screens that no walk through the pages passes: forms that were refused, and lists with nothing on them.

They are found by reading the pages of the matrix without a browser; only these are opened in one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Page

from sidan.core.idempotency import FORM_FIELD
from tests.browser.visits import Visit, page_lines, visits
from tests.browser.watch import Watch

NOBODY: Final = "mallory"
"""Who has every office, in a county where nothing has happened yet."""
NEVER_FOUND: Final = "q=鱟鱟鱟"
SAYS_EMPTY: Final = re.compile(r'class="empty">.*?<p[^>]*>(.*?)</p>', re.S)
FILLED_IN: Final = frozenset(
    [
        "text",
        "search",
        "tel",
        "email",
        "number",
        "date",
        "time",
        "month",
        "datetime-local",
        "password",
        "file",
        "radio",
    ]
)
"""Inputs that are empty when nobody touches them."""
LEAVE_OUT: Final = frozenset({"web:style"})
"""Shows each piece once, the empty one too."""


@dataclass
class Form:
    """A form to be filled in: on which page it stands, where it goes, and what it sends unseen."""

    page: Visit
    route: str
    target: str
    unseen: dict[str, str]


class _Reader(HTMLParser):
    """Reads where the forms of a page are sent that demand something, and what they send unseen."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._open: tuple[str, dict[str, str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self._open = (told.get("action") or "", {}) if told.get("method") == "post" else None
        elif self._open is not None and told.get("type") == "hidden":
            self._open[1][told.get("name") or ""] = told.get("value") or ""
        elif self._open is not None and "required" in told and _is_filled_in(tag, told):
            self.found.append(self._open)
            self._open = None


def _is_filled_in(tag: str, told: dict[str, str | None]) -> bool:
    return tag != "input" or (told.get("type") or "text") in FILLED_IN


def _read(watch: Watch, path: str) -> str:
    answer = watch.context.request.get(watch.site.url + path, max_redirects=0)
    return answer.text() if answer.status == 200 else ""


def forms_of_the_console(watch: Watch) -> Iterator[Form]:
    """Yield each form once that cannot be sent empty; which route it goes to tells them apart."""
    seen: set[str] = set()
    for visit in visits(watch.site):
        if not visit.path.startswith("/console/") or visit.route in LEAVE_OUT:
            continue
        reader = _Reader()
        reader.feed(_read(watch.be(visit.person), visit.path))
        for action, unseen in reader.found:
            target = urljoin(visit.path, action)
            route = _route_of(urlsplit(target).path)
            if route not in seen:
                seen.add(route)
                yield Form(visit, route, target, unseen)


def _route_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def show_refused(watch: Watch, page: Page, form: Form) -> int:
    """Send a form with nothing in it, show what is answered, and return the status."""
    url = watch.site.url + form.target
    # Without the key by which a sending counts once: it is sent in each language.
    data: Any = {name: value for name, value in form.unseen.items() if name != FORM_FIELD}
    answer = watch.context.request.post(url, form=data, headers={"Referer": watch.site.url + form.page.path})
    # What was answered is shown where it is: the browser asks for nothing but its scripts and styles.
    page.route(lambda address: address == answer.url, lambda asked: asked.fulfill(response=answer), times=1)
    page.goto(answer.url, wait_until="load")
    return answer.status


def empty_lists(watch: Watch) -> Iterator[Visit]:
    """Yield each page that says it has nothing: of a county without anything, and of a search that finds nothing."""
    watch.be(NOBODY)
    for line in page_lines():
        if line.parts or line.route in LEAVE_OUT or NOBODY not in line.may:
            continue
        path = reverse(line.route)
        told = [_says_empty(watch, asked) for asked in (path, f"{path}?{NEVER_FOUND}")]
        if told[0]:
            yield Visit(line.route, path, NOBODY)
        if told[1] and told[1] != told[0]:
            yield Visit(line.route, f"{path}?{NEVER_FOUND}", NOBODY)


def _says_empty(watch: Watch, path: str) -> str:
    found = SAYS_EMPTY.search(_read(watch, path))
    return found[1] if found else ""
