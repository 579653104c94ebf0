"""Danger to life on a sheet of a survey: told wherever the sheet is sent from, in a real browser."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.test_doorstep import WAITING
from tests.browser.watch import Watch, sign_in, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORDS = "老人喝了农药"


def _sheet(watch: Watch, page: Page) -> None:
    watch.go(page, f"/console/needs/surveys/{watch.site.things['survey']}/enter/")


def _keep(page: Page, words: str) -> None:
    page.get_by_label("还想说什么？").fill(words)
    page.get_by_role("button", name="保存这份答卷").click()


def _kept_without_network(watch: Watch, page: Page) -> None:
    """Leave a sheet with words of danger on the device, as where the network is there for nobody."""

    def lost(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("connectionreset")
        else:
            route.fallback()

    page.route("**/enter/", lost)
    _sheet(watch, page)
    _keep(page, WORDS)
    expect(page.locator("[data-outbox-told]")).to_contain_text("1 份")
    assert page.evaluate(WAITING) == 1


def _told_of(watch: Watch, page: Page) -> None:
    """The page says whom to call, of which sheet, and stands nothing else before it."""
    told = page.locator("main > [data-danger]").first
    expect(told).to_be_in_viewport()
    expect(told.locator("a[href='tel:120']")).to_be_visible()
    expect(told).to_contain_text("请先确认已经打过求救电话")
    expect(told).to_contain_text(WORDS)
    survey = told.get_by_role("link", name="问问大家")
    expect(survey).to_have_attribute("href", f"/console/needs/surveys/{watch.site.things['survey']}/")
    assert page.evaluate("document.querySelector('main').firstElementChild.matches('[data-danger]')")
    assert not sound(page, at=page.url)


def test_with_a_network_who_enters_a_sheet_is_told_at_once_whom_to_call(watched: Open) -> None:
    watch = watched("practitioner")
    page = watch.page()
    _sheet(watch, page)
    _keep(page, "都挺好的")
    expect(page.locator("[data-outbox-told]")).to_contain_text("已送达 1 份")
    expect(page.locator("[data-danger]")).to_have_count(0)
    page.get_by_label("还想说什么？").press_sequentially(WORDS)
    hint = page.locator("form [data-heard] [data-danger]")
    expect(hint).to_contain_text("请先确认已经打过求救电话")
    _keep(page, WORDS)
    _told_of(watch, page)
    expect(hint).to_have_count(0)
    assert page.evaluate(WAITING) == 0


def test_without_one_they_are_told_as_soon_as_the_sheet_has_gone(watched: Open) -> None:
    watch = watched("practitioner")
    page = watch.page()
    _sheet(watch, page)
    page.wait_for_load_state("networkidle")
    watch.context.set_offline(True)
    _keep(page, WORDS)
    expect(page.locator("[data-outbox-told]")).to_contain_text("1 份")
    expect(page.locator("[data-danger]")).to_have_count(0)
    watch.context.set_offline(False)
    _told_of(watch, page)
    assert page.evaluate(WAITING) == 0


@pytest.mark.parametrize("address", ["/console/queue/", "/me/", "/console/needs/surveys/offline/"])
def test_a_sheet_that_goes_from_any_other_page_tells_it_there(watched: Open, address: str) -> None:
    watch = watched("practitioner")
    page = watch.page()
    _kept_without_network(watch, page)
    page.unroute_all()
    watch.go(page, address)
    _told_of(watch, page)
    assert page.evaluate(WAITING) == 0


def test_what_was_heard_while_typing_stays_said_though_the_sheet_cannot_go(watched: Open) -> None:
    watch = watched("practitioner")
    page = watch.page()
    _sheet(watch, page)
    page.get_by_label("还想说什么？").press_sequentially(WORDS)
    expect(page.locator("form [data-heard] [data-danger]")).to_be_visible()
    watch.context.set_offline(True)
    _keep(page, WORDS)
    _told_of(watch, page)
    assert page.evaluate(WAITING) == 1
    watch.context.set_offline(False)
    expect(page.locator("[data-outbox-told]")).to_contain_text("已送达 1 份")
    expect(page.locator("[data-danger]")).to_have_count(1)
    expect(page.locator("[data-toasts]")).not_to_contain_text("网络断了")


def test_who_sends_it_before_signing_out_stays_to_read_whom_to_call(watched: Open) -> None:
    watch = watched()
    page = sign_in(watch, "practitioner")
    _kept_without_network(watch, page)
    watch.go(page, "/me/")
    page.get_by_role("button", name="退出登录").last.click()
    dialog = page.get_by_role("dialog", name="本机还有内容没有上传")
    page.unroute_all()
    dialog.get_by_role("button", name="先上传再退出").click()
    _told_of(watch, page)
    expect(dialog).to_be_hidden()
