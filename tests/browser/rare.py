"""Screens that no walk through the pages passes: lists with nothing on them.

They are found by reading the pages of the matrix without a browser; only these are opened in one.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.urls import reverse

from tests.browser.visits import Visit, page_lines
from tests.browser.watch import Watch

NOBODY: Final = "mallory"
"""Who has every office, in a county where nothing has happened yet."""
NEVER_FOUND: Final = "q=鱟鱟鱟"
SAYS_EMPTY: Final = re.compile(r'class="empty">.*?<p[^>]*>(.*?)</p>', re.S)
LEAVE_OUT: Final = frozenset({"web:style"})
"""Shows each piece once, the empty one too."""


def _read(watch: Watch, path: str) -> str:
    answer = watch.context.request.get(watch.site.url + path, max_redirects=0)
    return answer.text() if answer.status == 200 else ""


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
