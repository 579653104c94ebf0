"""A village's practitioner with a telephone handles what the county sent down, to the end, in a real browser."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.walks import come_and_go, order_in_three_taps, take_name_and_agree
from tests.browser.watch import DESK, listed, sign_in, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _open_by_number(page: Page, number: str) -> None:
    page.goto(f"{page.url.split('/console/')[0]}/console/queue/?q={number}")
    page.locator("[data-row] [data-open]").first.click()
    expect(page.locator("main .order-stands")).to_be_visible()


def _send_down(page: Page, number: str) -> None:
    _open_by_number(page, number)
    page.locator("summary[data-key=s]").click()
    form = page.locator("form[action*='send-down']")
    places = form.locator("select[name=to]")
    places.select_option(places.locator("option", has_text="城北").first.get_attribute("value"))
    form.locator(".chips label").first.click()
    # The page tells of the place before and after: only the answer says that it was done.
    with page.expect_response(lambda answer: "/send-down/" in answer.url) as answered:
        form.get_by_role("button").click()
    assert answered.value.ok, answered.value.status


def test_what_was_sent_down_is_handled_on_the_telephone_of_the_station(watched: Open, tmp_path: Path) -> None:
    photo = tmp_path / "visit.jpg"
    Image.effect_noise((600, 450), 60).convert("RGB").save(photo)
    problems: list[str] = []
    resident = sign_in(watched(), "resident")
    number = order_in_three_taps(resident)
    spoken = f"{number[:3]} {number[3:6]} {number[6:]}"
    keeper = watched("practitioner").page("/console/queue/")
    assert keeper.locator("[data-row]", has_text=spoken).count() == 0, "the township holds it"
    _send_down(watched("dispatcher", size=DESK).page("/console/queue/"), number)

    keeper.reload()
    expect(keeper.locator("[data-row]", has_text=spoken)).to_be_visible()
    problems += sound(keeper, at="the station's queue")
    keeper.locator("[data-row]", has_text=spoken).locator("[data-open]").click()
    keeper.get_by_role("button", name=re.compile("^受理")).click()
    keeper.get_by_role("button", name="派给城北义剪队").click()
    expect(keeper.locator("[data-row]", has_text=spoken)).to_contain_text("已派给")
    keeper.evaluate("window.scrollTo(0, 0)")  # where the page stands when no click has moved it
    problems += sound(keeper, at="the station's order")

    leader = watched("leader", size=DESK).page("/console/board/")
    card = take_name_and_agree(leader)
    resident.get_by_role("link", name="查看这一单").or_(resident.locator("main a.btn-primary")).first.click()
    come_and_go(watched("volunteer").page("/tasks/"), resident, card.strip("/").rpartition("/")[2], photo)
    _open_by_number(keeper, number)
    expect(keeper.locator("main .order-stands").first).to_contain_text("评价")
    # The resident's time to review is theirs.
    expect(keeper.get_by_role("button", name=re.compile("办结"))).to_have_count(0)
    assert not problems, listed(problems)
