"""The volunteer's installed page when something is wrong: the clock, the order, the browser itself."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.test_offline import FACTS, ready
from tests.browser.watch import Watch, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OFFLINE: Final = "/tasks/offline/"
THREE_HOURS_BEHIND: Final = "{ const right = Date.now; Date.now = () => right() - 3 * 3600 * 1000; }"
A_DAY_AHEAD: Final = "{ const right = Date.now; Date.now = () => right() + 25 * 3600 * 1000; }"
NEVER_ANSWERS: Final = "navigator.serviceWorker.getRegistrations = () => new Promise(() => {});"
MOST_SHIFT: Final = 0.02


def _cut_off(watch: Watch, page: Page) -> None:
    """Open the page without network, as at a door in the mountains."""
    watch.context.set_offline(True)
    page.goto(watch.site.url + OFFLINE)
    expect(page.locator("[data-tasks] article").first).to_be_visible()


def _by_code(page: Page, visit: str, digits: str) -> None:
    card = page.locator(f"article[data-visit='{visit}']")
    card.locator("input.digits").fill(digits)
    card.locator("[data-by-code] button").click()
    expect(page.locator("[data-record-list]")).to_contain_text("等待上传")


def _digits(watch: Watch, number: str) -> str:
    return watch.page(f"/orders/{number}/").locator(".door-code").inner_text()


def test_the_page_does_not_jump_when_its_tasks_are_drawn(watched: Open) -> None:
    volunteer = watched("volunteer")
    page = volunteer.page("/tasks/")
    ready(page)
    _cut_off(volunteer, page)
    page.wait_for_timeout(500)
    assert page.evaluate("window.sidanShift") < MOST_SHIFT


def test_after_a_day_the_telephone_has_forgotten_the_tasks(watched: Open) -> None:
    volunteer = watched("volunteer")
    page = volunteer.page("/tasks/")
    ready(page)
    assert "visit" in page.evaluate(FACTS)
    volunteer.context.add_init_script(A_DAY_AHEAD)
    volunteer.context.set_offline(True)
    page.goto(volunteer.site.url + OFFLINE)
    expect(page.locator("[data-none]")).to_be_visible()
    expect(page.locator("[data-tasks] article")).to_have_count(0)
    assert page.evaluate(FACTS) == "[]"


def test_signing_out_waits_for_no_browser_that_does_not_answer(watched: Open) -> None:
    volunteer = watched()
    page = sign_in(volunteer, "volunteer")
    volunteer.context.add_init_script(NEVER_ANSWERS)
    volunteer.go(page, "/me/")
    page.get_by_role("button", name="退出登录").last.click()
    page.wait_for_url(f"{volunteer.site.url}/")


def test_a_clock_that_is_hours_wrong_makes_the_code_no_weaker(watched: Open) -> None:
    volunteer, resident = watched("volunteer"), watched("resident")
    volunteer.context.add_init_script(THREE_HOURS_BEHIND)
    page = volunteer.page("/tasks/")
    ready(page)
    digits = _digits(resident, volunteer.site.things["under_way_number"])
    _cut_off(volunteer, page)
    _by_code(page, volunteer.site.things["under_way_visit"], digits)
    volunteer.context.set_offline(False)
    expect(page.locator("[data-record-list]")).to_contain_text(re.compile("已记下.*上门码"))


def test_a_team_hands_back_when_the_telephone_of_who_was_there_has_sent_the_going(watched: Open) -> None:
    volunteer, leader, resident = watched("volunteer"), watched("leader"), watched("resident")
    page = volunteer.page("/tasks/")
    ready(page)
    digits = _digits(resident, volunteer.site.things["told_number"])
    _cut_off(volunteer, page)
    _by_code(page, volunteer.site.things["told_visit"], digits)

    giving = leader.page(f"/tasks/{leader.site.things['told_task']}/hand-back/")
    giving.locator("input[type=radio][name=reason]").first.check(force=True)
    giving.locator("form button.btn-danger").click()
    expect(giving.locator("[data-problem-summary]")).to_contain_text("还有人没签退")

    volunteer.context.set_offline(False)
    expect(page.locator("[data-record-list]")).to_contain_text(re.compile("已记下.*上门码"))
    giving.locator("form button.btn-danger").click()
    giving.wait_for_url(re.compile(r"/tasks/$"))
