"""What arrives in a talk while its reader looks at it is read; while the page stands behind another one it is not."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import DESK

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HIDE = """(hidden) => {
  Object.defineProperty(document, "hidden", {configurable: true, get: () => hidden});
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""Chromium without a screen never hides a page by itself."""

HTMX_TELLS = ("htmx:sendError, [object HTMLDivElement]", "htmx:afterRequest, [object HTMLDivElement]")


def _say(page: Page, words: str) -> None:
    page.locator("#talk_words").fill(words)
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator(".talk-line").filter(has_text=words)).to_be_visible()


def test_what_arrives_is_read_while_one_looks_and_waits_while_one_does_not(watched: Open) -> None:
    leader, resident = watched("leader", size=DESK), watched("resident")
    url = f"/talk/{leader.site.things['talk_number']}/"
    theirs, mine = leader.page(url), resident.page(url)
    new = mine.locator(".talk-line[data-unread]")
    mine.wait_for_timeout(3000)
    mine.evaluate(HIDE, False)
    expect(new).to_have_count(0)
    mine.evaluate(HIDE, True)
    _say(theirs, "我们到村口了")
    mine.wait_for_timeout(1000)
    mine.evaluate(HIDE, True)
    expect(mine.locator(".talk-line").filter(has_text="我们到村口了")).to_have_count(0)
    with mine.expect_response(lambda answer: answer.url.endswith(f"{url}read/")) as told:
        mine.evaluate(HIDE, False)
        expect(new.filter(has_text="我们到村口了")).to_be_visible()
    assert told.value.status == 204
    mine.evaluate(HIDE, False)
    expect(mine.locator(".talk-line").filter(has_text="我们到村口了")).to_be_visible()
    expect(new).to_have_count(0)


def test_that_there_is_no_network_is_told_once_until_it_is_back(watched: Open) -> None:
    resident = watched("resident")
    page = resident.page(f"/talk/{resident.site.things['talk_number']}/")
    told = page.locator("[data-toasts] .toast-note")
    resident.context.set_offline(True)
    for _again in range(3):
        # What the page asks by itself when it comes to the front is what it asks every twenty seconds.
        with page.expect_event("requestfailed"):
            page.evaluate(HIDE, False)
        expect(told).to_have_count(1)
    told.get_by_role("button").click()
    with page.expect_event("requestfailed"):
        page.evaluate(HIDE, False)
    page.wait_for_timeout(300)
    expect(told).to_have_count(0)
    resident.context.set_offline(False)
    page.evaluate(HIDE, False)
    page.wait_for_timeout(1000)
    resident.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.evaluate(HIDE, False)
    expect(told).to_have_count(1)
    resident.context.set_offline(False)
    page.evaluate(HIDE, False)
    expect(told).to_have_count(0)
    # What htmx writes into the console about a request that found no network is what was asked for here.
    resident.errors[:] = [said for said in resident.errors if not said.endswith(HTMX_TELLS)]
