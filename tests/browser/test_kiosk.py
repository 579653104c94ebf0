"""The terminal at a station: by touch alone, with and without scripts, back to the start by itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import DESK, PHONE, everywhere, listed, path_of, small_targets, sound
from tests.matrix.stage_desk import SHARED_PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PILLAR = {"width": 1080, "height": 1920}
SMALLEST = 60
NUMBER = "12600000071"
Look = Callable[[Page], list[str]]


def _terminal(watched: Open, **how: object) -> Page:
    """Have a code given out in the console and make a browser the terminal, key by key."""
    staff = watched("practitioner", size=DESK).page("/console/kiosks/")
    staff.get_by_role("button", name="重新发设置码").first.click()
    digits = "".join(staff.locator("#setup-code").inner_text().split())
    page = watched(**how).page("/kiosk/")
    assert path_of(page) == "/kiosk/setup/"
    _type(page, digits)
    page.get_by_role("button", name="设置", exact=True).last.click()
    page.wait_for_url("**/kiosk/")
    return page


def _type(page: Page, digits: str) -> None:
    for key in digits:
        page.locator(f"button[name=press][value='{key}']").click()


def _faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: barriers, scrolling, and what is too small for a finger."""
    small = [f"{path_of(page)}: {one}" for one in small_targets(page, least=SMALLEST)]
    return [*sound(page, at=path_of(page)), *small]


def _faults_everywhere(page: Page) -> list[str]:
    """The same, and what jumps, in both languages on a telephone and at a desk."""
    return everywhere(page, at=path_of(page), least=SMALLEST)


def _prove(
    page: Page, code_sent: Callable[[], str], *, number: str = NUMBER, look: Look = _faults
) -> list[str]:
    page.wait_for_url("**/kiosk/phone/")
    faults = look(page)
    _type(page, number)
    page.get_by_role("button", name="发送验证码").click()
    page.wait_for_url("**/kiosk/code/")
    faults += look(page)
    _type(page, code_sent())
    page.locator(".form-buttons .btn-primary").click()
    return faults


def _choose(page: Page) -> None:
    page.locator("label:has([name=when])").nth(2).click()
    if page.locator("[name=where]").count():
        page.locator("label:has([name=where])").last.click()


@pytest.mark.parametrize(
    ("size", "look"), [(PILLAR, _faults), (PHONE, _faults_everywhere)], ids=["pillar", "everywhere"]
)
def test_an_order_is_placed_by_touch_alone_and_nothing_stays(
    watched: Open, size: dict[str, int], look: Look
) -> None:
    page = _terminal(watched, size=size)
    watch = watched()
    faults = look(page)
    page.get_by_role("link", name="我要点单").click()
    faults += look(page)
    page.locator("button[name=service]").first.click()
    faults += _prove(page, watch.site.code_sent, look=look)
    page.wait_for_url("**/kiosk/time/")
    faults += look(page)
    _choose(page)
    page.get_by_role("button", name="确认点单").click()
    page.wait_for_url("**/kiosk/done/")
    assert re.fullmatch(r"\d{3} \d{3} \d{3}", page.locator(".kiosk-number").inner_text())
    faults += look(page)
    page.get_by_role("button", name="打印单号和查单码").click()
    assert re.fullmatch(r"\d{4} \d{4}", page.locator("#order-code").inner_text())
    faults += look(page)
    expect(page.locator("#order-code")).to_be_visible()
    page.get_by_role("link", name="回首页").click()
    page.wait_for_url("**/kiosk/")
    for path in ("done", "time", "mine"):
        page.goto(page.url.partition("/kiosk/")[0] + f"/kiosk/{path}/")
        assert path_of(page) == "/kiosk/"
    assert not faults, listed(faults)


def test_who_shares_a_number_touches_their_name(watched: Open) -> None:
    page = _terminal(watched, size=PHONE)
    page.get_by_role("button", name="查看我的点单").click()
    faults = _prove(page, watched().site.code_sent, number=SHARED_PHONE)
    page.wait_for_url("**/kiosk/who/")
    expect(page.locator("button[name=person]")).to_have_count(2)
    faults += _faults_everywhere(page)
    page.locator("button[name=person]").first.click()
    page.wait_for_url("**/kiosk/mine/")
    expect(page.locator("main")).to_contain_text("还没有点单")
    faults += _faults_everywhere(page)
    assert not faults, listed(faults)


def test_ones_orders_and_what_is_asked_of_them_read_well(watched: Open) -> None:
    """By the telephone the list and an order; by the paper its own; what was mistyped; the thanks."""
    page = _terminal(watched, size=PHONE)
    site = watched().site
    page.get_by_role("button", name="查看我的点单").click()
    _prove(page, site.code_sent, number=site.phones["resident"])
    page.wait_for_url("**/kiosk/mine/")
    faults = _faults_everywhere(page)
    page.locator(".kiosk-cards a").first.click()
    faults += _faults_everywhere(page)
    page.goto(f"{site.url}/kiosk/leave/")
    page.get_by_role("button", name="评价服务").click()
    page.get_by_role("link", name="我有纸条").click()
    faults += _faults_everywhere(page)

    def mistype() -> None:
        page.goto(f"{site.url}/kiosk/paper/")
        page.locator(".form-buttons .btn-primary").click()
        expect(page.locator("[data-problem-summary]")).to_be_visible()

    faults += everywhere(page, at="a paper mistyped", least=SMALLEST, show=mistype)
    page.locator("[name=number]").fill(site.things["done_number"])
    page.locator("[name=code]").fill(site.things["done_code"])
    page.locator(".form-buttons .btn-primary").click()
    page.wait_for_url("**/kiosk/paper/order/")
    expect(page.locator("#review")).to_be_visible()
    faults += _faults_everywhere(page)
    page.goto(f"{site.url}/kiosk/thanks/")
    faults += _faults_everywhere(page)
    assert not faults, listed(faults)


def test_a_page_goes_back_to_the_start_unless_somebody_stops_it(watched: Open) -> None:
    page = _terminal(watched, size=PILLAR)
    page.clock.install()
    page.get_by_role("button", name="查看我的点单").click()
    page.wait_for_url("**/kiosk/phone/")
    left = page.locator("[data-left]")
    expect(left).to_be_visible()
    page.clock.run_for(30_000)
    expect(left).to_have_text(re.compile(r"^(9|10)$"))
    _type(page, "1")
    expect(left).to_have_text(re.compile(r"^(39|40)$"))
    page.get_by_role("button", name="再多等一会儿").click()
    page.clock.run_for(60_000)
    assert path_of(page) == "/kiosk/phone/"
    page.reload()
    page.clock.run_for(41_000)
    page.wait_for_url("**/kiosk/")


def test_without_a_script_one_orders_all_the_same(watched: Open) -> None:
    page = _terminal(watched, size=PHONE, java_script_enabled=False)
    watch = watched()
    page.get_by_role("link", name="我要点单").click()
    page.locator("button[name=service]").first.click()
    _type(page, NUMBER)
    expect(page.locator("[name=phone]")).to_have_value(NUMBER)
    page.get_by_role("button", name="发送验证码").click()
    _type(page, watch.site.code_sent())
    page.locator(".form-buttons .btn-primary").click()
    _choose(page)
    page.get_by_role("button", name="确认点单").click()
    expect(page.locator(".kiosk-number")).to_be_visible()


def test_the_terminal_reads_english_too(watched: Open) -> None:
    page = _terminal(watched, size=PHONE)
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Welcome. What can we do for you?")
    faults = _faults(page)
    page.get_by_role("link", name="Order help").click()
    faults += _faults(page)
    assert not faults, listed(faults)
