"""The telephone desk without a mouse, and the paper in the resident's hand."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import DESK, everywhere, listed, path_of, sound
from tests.matrix.stage import SECRET_PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_TABS = 60


def _tab_to(page: Page, css: str) -> None:
    """Press Tab until something that fits has the focus."""
    for _press in range(MOST_TABS):
        if page.evaluate("css => document.activeElement.matches(css)", css):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{css} is not reached by Tab on {page.url}")


def _order_by_keys(page: Page) -> None:
    # A browser puts the cursor there with its next frame, which may come after the page is loaded.
    expect(page.locator("#id_q")).to_be_focused()
    page.keyboard.type("周奶奶")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/orders/new/**")
    page.keyboard.type("published")
    expect(page.locator("[name=service]")).to_have_count(1)
    expect(page.locator("[name=service]")).to_be_checked()
    _tab_to(page, "[name=when]")
    page.keyboard.press("Space")
    _tab_to(page, "[name=consent]")
    page.keyboard.press("Space")
    _tab_to(page, "form[method=post] .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/phone/?placed=*")


def _code_by_keys(page: Page) -> tuple[str, str]:
    """Go on to the order just entered, give out a code, and return what is read out."""
    _tab_to(page, ".notice a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/phone/orders/**")
    assert not sound(page, at=path_of(page)), listed(sound(page, at=path_of(page)))
    _tab_to(page, "form[action$='/issue/'] button")
    page.keyboard.press("Enter")
    code = page.locator("#order-code").inner_text()
    assert re.fullmatch(r"\d{4} \d{4}", code), code
    return page.locator(".number-inline").first.inner_text(), code


def test_an_order_by_telephone_and_the_code_for_it_without_a_mouse(watched: Open) -> None:
    operator = watched("operator", size=DESK)
    page, began = operator.page("/console/phone/"), time.monotonic()
    _order_by_keys(page)
    assert time.monotonic() - began < 60
    assert re.fullmatch(r"\d{3} \d{3} \d{3}", page.locator(".order-number").inner_text())
    number, code = _code_by_keys(page)
    resident = watched().page("/code/")
    resident.locator("[name=number]").fill(number)
    resident.locator("[name=code]").fill(code)
    resident.get_by_role("button", name="查看我的点单").click()
    expect(resident.locator("main")).to_contain_text("收到您的点单了")
    expect(resident.locator("main")).not_to_contain_text(SECRET_PHONE)
    problems = everywhere(resident, at="/code/order/")
    resident.get_by_role("link", name="存入我的账号").click()
    resident.wait_for_url("**/code/claim/")
    problems += everywhere(resident, at="/code/claim/")
    assert not problems, listed(problems)


def test_a_colleague_calls_back_by_keys(watched: Open) -> None:
    page = watched("dispatcher", size=DESK).page("/console/phone/")
    expect(page.locator("[data-row]").first).to_be_visible()
    # Out of the search, then to the next call.
    page.keyboard.press("Tab")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/phone/orders/**")
    # Only who has seen the number writes down what was said.
    page.keyboard.press("c")
    expect(page.locator("main a[href^='tel:']")).to_be_visible()
    _tab_to(page, "[name=outcome]")
    page.keyboard.press("Space")
    _tab_to(page, "form[action$='/call-back/'] .btn-primary")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("已确认，谢谢。")


def test_a_long_rail_stands_as_it_stood_and_shows_where_one_is(watched: Open) -> None:
    manager = watched("manager", size={"width": 1440, "height": 500})
    page = manager.page("/console/accounts/")
    rail = "document.getElementById('rail').scrollTop"
    stood = page.evaluate(rail)
    expect(page.locator("#rail [aria-current]")).to_be_in_viewport()
    assert stood > 0
    page.locator("#rail a[href='/console/limits/']").click()
    page.wait_for_url("**/console/limits/")
    assert page.evaluate(rail) == stood
    page.goto(page.url.replace("limits/", "phone/"))
    expect(page.locator("#rail [aria-current]")).to_be_in_viewport()
