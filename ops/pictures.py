"""Take the README's pictures of the running demo: `python -m ops.pictures` (Chromium; SIDAN_PORT says where it runs).

docs/pictures/portal.png    the portal's home page on a phone, 390 × 844, as the demo's resident
docs/pictures/console.png   the dispatcher's queue with an open order, 1440 × 900
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from playwright.sync_api import Browser, Error, Page, sync_playwright

from ops.chromium import find_chromium
from ops.installation import ROOT
from ops.tour import PASSWORD, PHONES

FOLDER: Final = ROOT / "docs" / "pictures"
MOST_BYTES: Final = 400_000
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


class Picture(NamedTuple):
    """One picture: who takes it, where, how large, and what is done before."""

    name: str
    role: str
    path: str
    width: int
    height: int
    prepare: Callable[[Page], None]


def _as_it_is(page: Page) -> None:
    page.locator(".service-card").first.wait_for()


def _open_an_order(page: Page) -> None:
    """Stand on an order that waits for a team: the drawer then shows who could do it."""
    page.locator('[data-row]:has(use[href$="#search-check"]) [data-open]').first.click()
    page.locator("#drawer #teams").wait_for()


PICTURES: Final = (
    Picture("portal", "resident", "/", 390, 844, _as_it_is),
    Picture("console", "dispatcher", "/console/queue/", 1440, 900, _open_an_order),
)


def take(browser: Browser, base: str, picture: Picture) -> Path:
    """Sign in, go there, and keep what is seen.

    Raises:
        Error: the demo does not answer as expected.
    """
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    page = context.new_page()
    page.goto(f"{base}/sign-in/?next={picture.path}")
    page.fill("[name=phone]", PHONES[picture.role])
    page.fill("[name=password]", PASSWORD)
    page.locator("main button.btn-primary").click()
    page.wait_for_url(f"{base}{picture.path}")
    picture.prepare(page)
    page.wait_for_load_state("networkidle")
    target = FOLDER / f"{picture.name}.png"
    page.screenshot(path=target)
    context.close()
    return target


def main() -> int:
    """Take them all; the exit status is 1 when the demo or Chromium is not there or a picture became too large."""
    base = f"http://127.0.0.1:{os.environ.get('SIDAN_PORT', '8000')}"
    chromium = find_chromium()
    if chromium is None:
        print("Chromium is not installed; on Debian: apt install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            made = [take(browser, base, picture) for picture in PICTURES]
    except Error as problem:
        print(f"The demo at {base} could not be pictured: {problem.message.splitlines()[0]}", file=sys.stderr)
        return 1
    for target in made:
        print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1000} kB")
    return 0 if all(target.stat().st_size < MOST_BYTES for target in made) else 1


if __name__ == "__main__":
    sys.exit(main())
