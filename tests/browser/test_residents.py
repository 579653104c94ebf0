"""What a resident's telephone must be able to do: codes, no script, large print, keyboard, an impatient thumb."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.watch import DESK, Watch, listed, small_targets, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The ring is drawn by an outline or by a shadow, at least two pixels of either.
FOCUSED = """() => { const one = document.activeElement, look = getComputedStyle(one.closest("label") ?? one);
  const own = getComputedStyle(one);
  const ring = [look, own].some((each) => (each.outlineStyle !== "none" && parseFloat(each.outlineWidth) >= 2)
    || each.boxShadow !== "none");
  return {tag: one.tagName, text: (one.textContent || one.value || "").trim().slice(0, 40), name: one.name ?? "",
    href: one.getAttribute("href") ?? "", ring}; }"""


def _order_page(watch: Watch) -> str:
    return f"/services/{watch.site.things['published']}/order/"


def _orders(page: Page) -> set[str]:
    """The newest orders of the list, which shows twenty at a time, by their addresses."""
    links = page.locator("#orders > li a[href^='/orders/']").all()
    return {str(link.get_attribute("href")) for link in links}


def test_one_signs_in_by_a_code_of_six_digits(watched: Open) -> None:
    watch = watched()
    page = watch.page("/sign-in/code/")
    page.locator("input[name=phone]").fill(watch.site.phones["volunteer"])
    page.get_by_role("button", name="发送验证码").click()
    page.locator("input[name=code]").fill(watch.site.code_sent())
    problems = sound(page, at="the code")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    watch.go(page, "/me/")
    expect(page.locator("main")).to_contain_text("王小明")
    assert not problems, listed(problems)


def test_one_registers_with_a_phone_a_name_and_a_village(watched: Open) -> None:
    watch = watched()
    page = watch.page("/register/")
    page.locator("input[name=phone]").fill("12900007777")
    page.get_by_role("button", name="发送验证码").click()
    page.locator("input[name=code]").fill(watch.site.code_sent())
    page.locator("input[name=name]").fill("新来的人")
    # The place is typed: a few letters of its pinyin, then by keyboard.
    place = page.get_by_role("combobox", name="您住在哪里")
    place.click()
    place.fill("没有这个地方")
    expect(page.locator(".place-none")).to_be_visible()
    place.fill("cbsq")
    expect(page.get_by_role("option")).to_have_count(1)
    problems = sound(page, at="the form with its list of places")
    place.press("Enter")
    expect(place).to_have_value(re.compile("城北"))
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.get_by_role("button", name="注册", exact=True).click()
    expect(page.locator(".toast, .notice, [role=status]").filter(has_text="新来的人").first).to_be_visible()
    assert not problems, listed(problems)


def test_one_orders_and_reads_without_a_script(watched: Open) -> None:
    watch = watched("resident", java_script_enabled=False)
    page = watch.page("/")
    page.locator(".service-card", has_text="published").get_by_role("link", name="点单").click()
    page.locator(".chips input").first.check(force=True)
    page.get_by_role("button", name="确认点单").click()
    number = page.locator(".order-number").inner_text()
    page.locator("main a.btn-primary").click()
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main")).to_contain_text("已提交")
    watch.go(page, "/notices/")
    expect(page.locator("h1")).to_be_visible()


def test_an_impatient_thumb_places_one_order(watched: Open) -> None:
    watch = watched("resident")
    page = watch.page("/orders/")
    before = _orders(page)
    watch.go(page, _order_page(watch))
    page.locator(".chips label").first.click()
    # Two clicks within one task of the page: faster than any thumb.
    page.get_by_role("button", name="确认点单").evaluate("(button) => { button.click(); button.click(); }")
    page.wait_for_url(re.compile("/placed/"))
    watch.go(page, "/orders/")
    assert len(_orders(page) - before) == 1


def test_large_print_is_large(watched: Open) -> None:
    watch = watched("resident").cookies(sidan_size="large")
    page = watch.page()
    problems: list[str] = []
    for path in ("/", "/services/", _order_page(watch), "/orders/", "/me/"):
        watch.go(page, path)
        problems += [f"{path}: {one}" for one in small_targets(page, 60)]
        base = float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).fontSize)"))
        problems += [] if base >= 18 else [f"{path}: the text is {base} px"]
        problems += sound(page, at=path)
    assert not problems, listed(problems)


def test_everything_to_tap_on_a_phone_is_large_enough(watched: Open) -> None:
    watch = watched("resident")
    page = watch.page()
    problems: list[str] = []
    for path in ("/", "/services/", _order_page(watch), "/orders/", "/me/", "/notices/"):
        watch.go(page, path)
        problems += [f"{path}: {one}" for one in small_targets(page, 44)]
    assert not problems, listed(problems)


def test_one_orders_by_keyboard_alone(watched: Open) -> None:
    watch = watched("resident", size=DESK)
    page = watch.page(_order_page(watch))
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["href"] == "#main", "the first stop is the way past the header"
    page.keyboard.press("Enter")
    stops = []
    for _stop in range(14):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        stops.append(stop)
        if stop["name"] == "when":
            page.keyboard.press("Space")
        if stop["tag"] == "BUTTON" and "确认点单" in stop["text"]:
            break
    assert all(stop["ring"] for stop in stops), [stop for stop in stops if not stop["ring"]]
    assert stops[0]["name"] == "when", stops[0]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/placed/"))


def test_the_switches_of_a_visitor_hold_on_the_next_page(watched: Open) -> None:
    watch = watched()
    page = watch.page("/")
    page.get_by_role("button", name="EN").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    watch.go(page, "/services/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator(".portal-tools button", has_text=re.compile("Large|large")).first.click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    assert urlsplit(page.url).path == "/services/"
