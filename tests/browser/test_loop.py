"""One order all the way round, by six people in six browsers, with real clicks."""

import contextlib
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import APIResponse, Error, Locator, Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.walks import come_and_go, order_in_three_taps, take_name_and_agree
from tests.browser.watch import DESK, listed, sign_in, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BESIDE = """document.querySelector(".queue-table").getBoundingClientRect().right
  <= document.querySelector("#drawer").getBoundingClientRect().left"""


def _spoken(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}"


def _row(page: Page, number: str) -> Locator:
    return page.locator("[data-row]", has_text=_spoken(number))


def _open_number(page: Page) -> Locator:
    """The number of the open order itself: the drawer tells of others for the same as well."""
    return page.locator("#drawer .facts dd").first


def _open_state(page: Page) -> Locator:
    return page.locator("#drawer .order-stands")


def _open_row(page: Page, number: str) -> None:
    _row(page, number).locator("[data-open]").click()
    expect(_open_number(page)).to_have_text(_spoken(number))
    expect(_open_number(page)).to_be_visible()


def _admit_and_dispatch(page: Page, number: str) -> None:
    """By two keys; the page is never loaded again."""
    page.evaluate("window.sameDocument = true")
    _open_row(page, number)
    page.keyboard.press("a")
    expect(_row(page, number)).to_contain_text("已受理")
    team = page.locator("#drawer").get_by_role("button", name="派给城北义剪队")
    expect(team).to_be_visible()
    # The key is the first team's, which is the one with the least to do: what other tests dispatched counts, too.
    if team.get_attribute("data-key") == "d":
        page.keyboard.press("d")
    else:
        team.click()
        page.evaluate("window.scrollTo(0, 0)")  # where the page stands when no click has moved it
    expect(_row(page, number)).to_contain_text("已派给")
    # After an act the next row is open already.
    expect(_open_number(page)).to_be_visible()
    expect(_open_number(page)).not_to_have_text(_spoken(number))
    assert page.evaluate("window.sameDocument"), "the queue was loaded again"


def _dispatch_from_a_stale_page(page: Page, number: str) -> None:
    """A colleague's page still shows what was to be done before."""
    page.locator("#drawer").get_by_role("button", name=re.compile("受理")).first.click()
    expect(page.locator("#drawer .notice[role=alert], .toast").first).to_be_visible()
    expect(_open_state(page)).to_contain_text("已派给")


def _review(page: Page) -> None:
    page.reload()
    assert page.locator(".visit-photos img").count() == 1
    page.locator(".outcomes label").first.click()
    page.locator(".stars label").last.click()
    page.locator("#review textarea[name=words]").fill("谢谢！")
    page.locator("#review button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("已办结")
    expect(page.locator("main")).to_contain_text("谢谢！")


def _figures(page: Page) -> list[int]:
    return [
        int(page.locator(f"[data-figure={key}]").inner_text().replace(",", "")) for key in ("all", "closed")
    ]


def test_an_order_goes_all_the_way_round(watched: Open, tmp_path: Path) -> None:
    photo = tmp_path / "visit.jpg"
    Image.effect_noise((1200, 900), 60).convert("RGB").save(photo)
    problems: list[str] = []
    supervisor = watched("supervisor", size=DESK).page("/console/figures/")
    before = _figures(supervisor)
    resident = sign_in(watched(), "resident")
    number = order_in_three_taps(resident)
    problems += sound(resident, at="the number")

    dispatcher = watched("dispatcher", size=DESK).page("/console/queue/")
    colleague = watched("manager", size=DESK).page("/console/queue/")
    _open_row(colleague, number)
    _admit_and_dispatch(dispatcher, number)
    problems += sound(dispatcher, at="the queue")
    _dispatch_from_a_stale_page(colleague, number)

    leader = watched("leader", size=DESK).page("/console/board/")
    problems += sound(leader, at="the board")
    card = take_name_and_agree(leader)
    resident.get_by_role("link", name="查看这一单").or_(resident.locator("main a.btn-primary")).first.click()
    volunteer = watched("volunteer").page("/tasks/")
    come_and_go(volunteer, resident, card.strip("/").rpartition("/")[2], photo)
    problems += sound(volunteer, at="the task")
    _review(resident)
    problems += sound(resident, at="the reviewed order")
    supervisor.reload()
    assert _figures(supervisor) == [before[0] + 1, before[1] + 1]
    assert not problems, listed(problems)


def _chips(page: Page) -> dict[str, int]:
    chips = page.locator(".filter-chip:has(> .count)").all()
    return {chip.inner_text().split()[0]: int(chip.locator(".count").inner_text()) for chip in chips}


def _expect_count(page: Page, chip: str, count: int) -> None:
    expect(page.locator(".filter-chip", has_text=chip).locator(".count")).to_have_text(str(count))


def _heights(page: Page) -> dict[str, float]:
    told: dict[str, float] = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-row]')]"
        ".map((row) => [row.dataset.row, row.getBoundingClientRect().height]))"
    )
    return told


def test_an_act_makes_no_row_higher_and_the_chips_follow_on_every_desk(watched: Open) -> None:
    number = order_in_three_taps(watched("resident").page("/"))
    page, colleague = (watched(name, size=DESK).page("/console/queue/") for name in ("dispatcher", "manager"))
    before, others = _chips(page), _chips(colleague)
    _open_row(page, number)
    heights = _heights(page)
    _admit_and_dispatch(page, number)
    _expect_count(page, "已派未接", before["已派未接"] + 1)
    assert _chips(page) == before | {"待受理": before["待受理"] - 1, "已派未接": before["已派未接"] + 1}
    assert _heights(page) == heights
    assert page.evaluate(BESIDE), "the drawer lies over the list"
    _expect_count(colleague, "已派未接", others["已派未接"] + 1)
    _expect_count(colleague, "待受理", others["待受理"] - 1)


def test_an_answer_from_before_an_act_does_not_come_after_it(watched: Open) -> None:
    """Whoever opens a row once more and presses the key at once must not read again how it was."""
    number = order_in_three_taps(watched("resident").page("/"))
    page = watched("dispatcher", size=DESK).page("/console/queue/")
    _open_row(page, number)
    state = _open_state(page)
    late: list[tuple[Route, APIResponse]] = []
    link = _row(page, number).locator("[data-open]")
    address = str(link.get_attribute("hx-get"))
    page.route(lambda url: url.endswith(address), lambda route: late.append((route, route.fetch())), times=1)
    link.click()
    while not late:
        page.wait_for_timeout(50)
    page.keyboard.press("a")
    expect(_row(page, number)).to_contain_text("已受理")
    expect(state).to_contain_text("已受理")
    with contextlib.suppress(Error):  # nobody waits for it any more
        late[0][0].fulfill(response=late[0][1])
    page.wait_for_timeout(500)
    expect(_open_number(page)).to_have_text(_spoken(number))
    expect(state).to_contain_text("已受理")
    expect(state).not_to_contain_text("已提交，等受理")


def test_a_new_order_reaches_an_open_queue_without_moving_a_row(watched: Open) -> None:
    page = watched("dispatcher", size=DESK).page("/console/queue/")
    rows = page.locator("[data-row]")
    first = rows.first
    first.hover()
    place, count, chips = first.bounding_box(), rows.count(), _chips(page)
    resident = watched("resident").page("/")
    order_in_three_taps(resident)
    expect(page.locator("[data-new-bar]")).to_be_visible()
    assert rows.count() == count
    assert first.bounding_box() == place, "the row under the pointer moved"
    _expect_count(page, "待受理", chips["待受理"] + 1)
    page.locator("[data-new-bar]").click()
    expect(rows).to_have_count(count + 1)
