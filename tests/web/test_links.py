"""Nobody is shown a way that leads nowhere: every link that a person's pages hold opens for that person."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.matrix.conftest import stage
from tests.matrix.stage import Stage

__all__ = ["stage"]
LINK: Final = re.compile(r'<a\b[^>]*?\shref="([^"]*)"|\shx-get="([^"]*)"')
STARTS: Final = ("/", "/console/", "/me/", "/orders/", "/tasks/", "/notices/")
MOST_ALIKE: Final = 2
"""Links from pages of one kind to pages of one kind that are followed: some orders and teams, not all of them."""
ROLES: Final = (
    "resident", "volunteer", "leader", "practitioner", "grid_keeper", "operator", "director", "dispatcher",
    "manager", "supervisor", "system_admin", "security_admin", "audit_admin", "visitor",
)  # fmt: skip


def links_in(page: str, *, at: str) -> Iterator[str]:
    """Yield the addresses of this site that a page leads to, or fills itself from."""
    for link in LINK.finditer(page):
        told = unescape(link.group(1) or link.group(2) or "")
        whole = urlsplit(urljoin(f"http://testserver{at}", told))
        if whole.scheme == "http" and whole.netloc == "testserver" and not told.startswith("#"):
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def kind_of(url: str) -> str:
    """Tell what page an address leads to, whatever it is about and whatever is asked of it."""
    path = url.partition("?")[0]
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


@dataclass
class Walk:
    """One person going everywhere."""

    client: Client
    seen: set[str] = field(default_factory=set)
    followed: Counter[Any] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def go(self) -> None:
        """Follow what is shown, page after page; note what does not open."""
        waiting = deque((url, "") for url in STARTS)
        while waiting:
            url, source = waiting.popleft()
            if url in self.seen:
                continue
            self.seen.add(url)
            for link in self._links_of(url, source):
                way = (kind_of(url), kind_of(link))
                if link not in self.seen and self.followed[way] < MOST_ALIKE:
                    self.followed[way] += 1
                    waiting.append((link, url))

    def _links_of(self, url: str, source: str) -> list[str]:
        answer = self.client.get(url)
        if answer.status_code >= 400:
            if source:
                self.broken.append(f"{answer.status_code} {url} from {source}")
            return []
        if answer.status_code >= 300:
            return list(links_in(f'<a href="{answer.headers["Location"]}">', at=url))
        is_page = answer.headers["Content-Type"].startswith("text/html")
        # Read to its end, so that a file is closed.
        whole = b"".join(answer)
        page = whole.decode() if is_page else ""
        return list(links_in(page, at=url))


@pytest.mark.slow
@pytest.mark.parametrize("name", ROLES)
def test_every_link_that_somebody_is_shown_opens(stage: Stage, name: str) -> None:
    walk = Walk(stage.client(name))
    walk.go()
    assert walk.broken == []
    assert len(walk.seen) > 12, "somebody who sees next to no page was not led in"
