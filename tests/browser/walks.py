"""Ways that several browser tests go: ask, take, come and go."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.watch import path_of


def order_in_three_taps(page: Page) -> str:
    """Tap a service, a time, and the button; return the number that is shown to be read out."""
    page.locator(".service-card", has_text="published").get_by_role("link", name="点单").click()
    page.locator(".chips label").first.click()
    page.get_by_role("button", name="确认点单").click()
    shown = page.locator(".order-number").inner_text()
    assert re.fullmatch(r"\d{3} \d{3} \d{3,4}", shown), shown
    return shown.replace(" ", "")


def take_name_and_agree(page: Page) -> str:
    """Take the newest offer, say who goes and when; return the address of the card."""
    page.locator(".board-column").first.locator("article").last.locator("h3 a").click()
    here = path_of(page)
    page.get_by_role("button", name="接单").click()
    if path_of(page) != here:
        page.goto(page.url.replace(path_of(page), here))
    page.get_by_label("王小明").check()
    page.get_by_role("button", name=re.compile("这些人")).click()
    begins = page.locator("input[type=datetime-local]")
    begins.fill(begins.get_attribute("min") or "")
    page.locator("#agree button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("已约好时间")
    return here


def come_and_go(page: Page, resident: Page, task: str, photo: Path) -> None:
    """The volunteer checks in by the digits on the resident's page, out by hand, and reports with a picture.

    The same digits prove nothing twice, and the next ones would be a minute's waiting.
    """
    page.locator(f"a.order-row[href*='{task}']").click()
    resident.reload()
    page.locator("input.digits").fill(resident.locator(".door-code").inner_text())
    page.get_by_role("button", name="签到", exact=True).click()
    page.get_by_text("没有码？手工签").click()
    page.locator(".by-hand[open] input[name=reason]").first.check()
    page.get_by_role("button", name="手工签退").click()
    page.wait_for_load_state()
    page.get_by_role("link", name=re.compile("填报")).first.click()
    page.locator("textarea[name=words]").fill("理好了，奶奶很满意。")
    page.locator("input[type=file]").set_input_files(photo)
    page.locator("main button.btn-primary:visible").click()
    page.wait_for_url(lambda url: "report" not in url)
