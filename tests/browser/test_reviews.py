"""The office works off what residents said: calls back, looks, decides, answers; every page by phone and desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.site import Site
from tests.browser.watch import DESK, PHONE, listed, path_of, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LISTS = (
    "/console/call-backs/", "/console/reviews/flags/", "/console/reviews/flags/?standing=set_aside",
    "/console/reviews/follow-ups/", "/console/reviews/follow-ups/?state=done", "/console/reviews/suggestions/",
    "/console/reviews/suggestions/?state=adopted", "/console/reviews/", "/console/reviews/rules/",
    "/console/talk/reports/",
)  # fmt: skip


def _choose(page: Page, name: str, value: str) -> None:
    """Tap a chip: its word, as the button in it is not drawn."""
    page.locator("label", has=page.locator(f"[name={name}][value={value}]")).click()


def _call_back(page: Page, site: Site) -> None:
    """Look whom to call, call, and write down what was said; only then is the review shown."""
    page.goto(f"{site.url}/console/call-backs/{site.things['call_back']}/")
    expect(page.locator("main")).not_to_contain_text("只理了一半")
    page.locator("form[action$='/contact/'] button").click()
    expect(page.locator("main a[href^='tel:']")).to_be_visible()
    _choose(page, "result", "answered")
    _choose(page, "outcome", "half")
    page.locator("[name=words]").fill("说只剪了一边，等着再来。")
    page.locator("form.form .btn-primary").click()
    page.wait_for_url("**/console/call-backs/")


def _decide(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/console/reviews/{site.things['flagged']}/{site.things['flagged_turn']}/")
    expect(page.locator("main")).to_contain_text("说只剪了一边")
    _choose(page, "standing", "set_aside")
    page.locator("[name=words]").fill("当着居民的面填的。")
    page.locator("form.form .btn-primary").click()
    page.wait_for_url("**/console/reviews/flags/")


def _see_to(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/console/reviews/follow-ups/")
    _answer(page, f"follow-ups/{site.things['review_follow_up']}/", "明天上午再去一次。", "")


def _adopt(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/console/reviews/suggestions/")
    _answer(page, f"suggestions/{site.things['suggestion']}/", "改成八点到。", "adopt/")


def _answer(page: Page, action: str, words: str, presses: str) -> None:
    """Open the answer of one line, write it, and send it by the button that leads there."""
    line = page.locator("details", has=page.locator(f"form[action*='{action}']"))
    line.locator("summary").click()
    line.locator("[name=words]").fill(words)
    line.locator(f"button[formaction$='{presses}']" if presses else "button").first.click()
    expect(page.locator("details", has=page.locator(f"form[action*='{action}']"))).to_have_count(0)


def _settle(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/console/talk/reports/")
    form = page.locator(f"form[action$='{site.things['talk_report']}/settle/']")
    expect(page.locator("main")).to_contain_text("给我红包")
    form.locator("button[value=hidden]").click()
    expect(form).to_have_count(0)


ACTS: tuple[Callable[[Page, Site], None], ...] = (_call_back, _decide, _see_to, _adopt, _settle)


def test_what_residents_said_is_worked_off_and_every_list_reads_well(watched: Open, site: Site) -> None:
    office = watched("dispatcher", size=DESK)
    page = office.page()
    problems: list[str] = []
    for act in ACTS:
        act(page, site)
        problems += sound(page, at=f"after {act.__name__} at {path_of(page)}")
    for language, size in (("zh-hans", PHONE), ("en", DESK), ("en", PHONE)):
        office.cookies(django_language=language)
        page.set_viewport_size(size)  # type: ignore[arg-type] # a plain dictionary of the right shape
        for path in LISTS:
            assert office.go(page, path) == 200, path
            problems += sound(page, at=f"{path} in {language} at {size['width']}")
    assert not problems, listed(problems)
