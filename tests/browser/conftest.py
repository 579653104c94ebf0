"""One small installation in each process, a Chromium for each module, a watched browser for each person."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from ops.chromium import find_chromium
from tests.browser.site import Site, running_site
from tests.browser.watch import PATIENCE_MS, PHONE, Watch, listed, new_watch

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--use-fake-device-for-media-stream",
]  # fmt: skip

Open = Callable[..., Watch]
# Five seconds are Playwright's own: too few on a machine that does other things as well.
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def chromium() -> str:
    path = find_chromium()
    if path is None:
        pytest.skip("Chromium is not installed: `make chromium` as root, or apt install chromium")
    return str(path)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    # Playwright keeps an event loop running in this thread for as long as it lives, and Django refuses the database
    # beside one: so it must be gone before another module's tests begin.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: str) -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def watched(browser: Browser, site: Site) -> Iterator[Open]:
    """Open browsers: `watched()` is a stranger's phone, `watched("dispatcher", size=DESK)` a dispatcher's desk."""
    opened: list[Watch] = []

    def open_one(person: str = "", *, size: dict[str, int] = PHONE, **options: Any) -> Watch:
        watch = new_watch(browser, site, size=size, **options)
        opened.append(watch)
        return watch.be(person) if person else watch

    yield open_one
    for watch in opened:
        watch.context.close()
    errors = [error for watch in opened for error in watch.errors]
    assert not errors, listed(errors)
