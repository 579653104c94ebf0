"""A door without network, in a real browser: the network is cut, the page opens, and what was kept is sent later."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.watch import Watch, sign_in, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WORKER_ACTIVE = "navigator.serviceWorker.getRegistration('/tasks/').then((found) => Boolean(found?.active))"
KEPT = """async () => {
  const cache = await caches.open("sidan-visit");
  return (await cache.keys()).map((request) => new URL(request.url).pathname);
}"""
FACTS = """() => new Promise((done) => {
  const opening = indexedDB.open("sidan-visit-facts", 2);
  opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { keyPath: "uuid" });
  opening.onsuccess = () => {
    const asked = opening.result.transaction("rows").objectStore("rows").getAll();
    asked.onsuccess = () => { opening.result.close(); done(JSON.stringify(asked.result)); };
  };
})"""


def ready(page: Page) -> None:
    """Wait until the page is kept, as it is a moment after the tasks were opened."""
    # With an end: what waits for a worker that never comes would wait for ever.
    page.wait_for_function(WORKER_ACTIVE)
    page.wait_for_function("caches.has('sidan-visit')")
    page.reload()
    page.wait_for_load_state("networkidle")


def test_a_coming_without_network_is_kept_and_sent_when_it_is_back(watched: Open) -> None:
    volunteer, resident = watched("volunteer"), watched("resident")
    page = volunteer.page("/tasks/")
    ready(page)
    code_page = resident.page(f"/orders/{volunteer.site.things['scheduled_number']}/")
    digits = code_page.locator(".door-code").inner_text()
    task = f"/tasks/{volunteer.site.things['scheduled_task']}/"

    volunteer.context.set_offline(True)
    page.goto(f"{volunteer.site.url}{task}")
    expect(page.locator("h1")).to_have_text("没有网络时的任务")
    expect(page.locator("[data-when-offline]")).to_be_visible()
    cards = page.locator("[data-tasks] article")
    expect(cards.first).to_be_visible()
    before = cards.count()
    card = cards.filter(has=page.get_by_role("button", name="签到")).first
    card.locator("input.digits").fill(digits)
    card.get_by_role("button", name="签到").first.click()
    expect(page.locator("[data-record-list]")).to_contain_text("等待上传")
    # Closed and opened again, it is still there.
    page.reload()
    expect(page.locator("[data-record-list]")).to_contain_text("等待上传")
    assert cards.count() == before

    volunteer.context.set_offline(False)
    expect(page.locator("[data-record-list]")).to_contain_text(re.compile("已记下"))
    expect(page.locator("[data-record-list]")).not_to_contain_text("等待上传")


def test_the_agreed_time_is_the_countys_wherever_the_telephone_thinks_it_is(watched: Open) -> None:
    shown = []
    for zone in ("Asia/Shanghai", "UTC"):
        page = watched("volunteer", timezone_id=zone).page("/tasks/offline/")
        expect(page.locator("[data-when]").first).to_have_text(re.compile(r"\d:\d\d"))
        shown.append(page.locator("[data-tasks] [data-when]").all_inner_texts())
    assert shown[0] == shown[1]


def test_at_sign_out_the_telephone_forgets_the_tasks(watched: Open) -> None:
    # In a session of their own: whoever is visited after this one is still signed in.
    volunteer = watched()
    page = sign_in(volunteer, "volunteer")
    volunteer.go(page, "/tasks/")
    ready(page)
    assert "visit" in page.evaluate(FACTS)
    assert "/tasks/offline/" in page.evaluate(KEPT)

    page.goto(f"{volunteer.site.url}/me/")
    page.get_by_role("button", name="退出登录").last.click()
    page.wait_for_url(f"{volunteer.site.url}/")

    assert page.evaluate(FACTS) == "[]"
    assert page.evaluate(KEPT) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def _keep_a_coming(page: Page, visit: str, digits: str) -> None:
    card = page.locator(f"article[data-visit='{visit}']")
    card.locator("input.digits").fill(digits)
    card.locator("[data-by-code] button").click()
    expect(page.locator("[data-record-list]")).to_contain_text("等待上传")


def test_two_volunteers_of_one_visit_come_back_into_the_network_at_one_moment(watched: Open) -> None:
    volunteer, leader, resident = watched("volunteer"), watched("leader"), watched("resident")
    things = volunteer.site.things
    visit, number = things["refused_visit"], things["refused_number"]
    pages = [(watch, watch.page("/tasks/")) for watch in (volunteer, leader)]
    for _watch, page in pages:
        ready(page)
    digits = resident.page(f"/orders/{number}/").locator(".door-code").inner_text()
    for watch, page in pages:
        watch.context.set_offline(True)
        page.goto(f"{watch.site.url}/tasks/offline/")
        _keep_a_coming(page, visit, digits)
    # A second window of the same telephone sends the same record.
    twin = volunteer.context.new_page()
    twin.goto(f"{volunteer.site.url}/tasks/offline/")
    expect(twin.locator("[data-record-list]")).to_contain_text("等待上传")

    for watch, _page in pages:
        watch.context.set_offline(False)

    for page in (*(page for _watch, page in pages), twin):
        expect(page.locator("[data-record-list]")).to_contain_text(re.compile("已记下.*上门码"))
    seen = resident.page(f"/orders/{number}/")
    expect(seen.locator("body")).to_contain_text("正在服务")
    for watch, _page in pages:
        told = watch.context.request.get(f"{watch.site.url}/api/v1/team-work/offline").json()
        task = next(each for each in told["tasks"] if each["visit"] == visit)
        assert (task["came"], task["went"]) == (True, False), "each has a coming of their own"


def test_what_is_being_typed_stays_when_the_network_answers_late(watched: Open) -> None:
    volunteer = watched("volunteer")
    page = volunteer.page("/tasks/offline/")
    card = page.locator("[data-tasks] article", has=page.get_by_role("button", name="签到")).first
    expect(card).to_be_visible()
    held: list[Route] = []
    page.route(
        "**/api/v1/team-work/offline",
        lambda route: route.continue_() if held else held.append(route),
    )
    page.reload()
    digits = card.locator("input.digits")
    digits.press_sequentially("12")
    assert held, "the page asks for the tasks"
    held[0].continue_()
    expect(page.locator("[data-network='there']")).to_be_attached()
    digits.press_sequentially("3")
    expect(digits).to_have_value("123")
    expect(digits).to_be_focused()


def test_what_was_refused_stands_on_a_page_with_the_reason(watched: Open) -> None:
    volunteer = watched("volunteer")
    page = volunteer.page("/tasks/not-written/")
    expect(page.locator("#refused > li").first).to_contain_text(re.compile("没有允许读取手机位置|已记有"))


HERE = {"longitude": 115.6489, "latitude": 24.9634, "accuracy": 25}
READINGS = """() => new Promise((done) => {
  const opening = indexedDB.open("sidan-visit-records");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("rows").objectStore("rows").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result.map(({ way, reading }) => [way, reading])); };
  };
})"""


def _allowed(watch: Watch) -> Page:
    """A page of somebody who has allowed the place to be read, as they may have done before."""
    page = watch.page("/me/location/")
    allow = page.get_by_role("button", name="允许按位置签到")
    if allow.count():
        allow.click()
    expect(page.locator(".tone-done").first).to_be_visible()
    return page


def test_a_coming_by_place_is_read_without_network_and_forgotten_once_it_is_sent(watched: Open) -> None:
    leader = watched("leader", geolocation=HERE, permissions=["geolocation"])
    page = _allowed(leader)
    page.goto(f"{leader.site.url}/tasks/")
    ready(page)
    leader.context.set_offline(True)
    page.goto(f"{leader.site.url}/tasks/offline/")
    card = page.locator(f"article[data-visit='{leader.site.things['held_scheduled_visit']}']")
    card.locator("summary", has_text="按位置签").click()
    card.locator("[data-by-place] button").click()
    expect(page.locator("[data-record-list]")).to_contain_text("等待上传")
    assert page.evaluate(READINGS)[-1] == ["place", {**HERE, "system": "wgs84"}]

    leader.context.set_offline(False)
    expect(page.locator("[data-record-list]")).not_to_contain_text("等待上传")
    expect(page.locator("[data-record-list]")).to_contain_text(re.compile("已记下|没有标注位置"))
    assert [reading for _way, reading in page.evaluate(READINGS)] == [None] * len(page.evaluate(READINGS))


def test_a_telephone_that_does_not_say_where_it_is_leaves_the_other_ways(watched: Open) -> None:
    leader = watched("leader")
    page = _allowed(leader)
    page.goto(f"{leader.site.url}/tasks/offline/")
    card = page.locator("[data-tasks] article", has=page.locator("[data-by-place]")).first
    card.locator("summary", has_text="按位置签").click()
    card.locator("[data-by-place] button").click()
    expect(card.locator("[data-by-place] [data-problem]")).to_contain_text("没读到手机位置")
    expect(card.locator("[data-by-place] button")).to_be_enabled()


def test_who_was_signed_out_meanwhile_is_told_so_and_shown_the_way_in(watched: Open) -> None:
    volunteer = watched()
    page = sign_in(volunteer, "volunteer")
    volunteer.go(page, "/tasks/")
    ready(page)
    page.goto(f"{volunteer.site.url}/tasks/offline/")
    expect(page.locator("[data-network='there']")).to_be_attached()
    volunteer.context.clear_cookies(name="sessionid")
    page.reload()
    told = page.locator("[data-when-signed-out]")
    expect(told).to_be_visible()
    assert not sound(page, at="signed out meanwhile")
    told.get_by_role("link", name="登录").click()
    page.wait_for_url(re.compile("/sign-in/"))


FULL = "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }; }"


def test_a_telephone_that_is_full_says_so_at_the_door(watched: Open) -> None:
    page = watched("volunteer").page("/tasks/offline/")
    card = page.locator("[data-tasks] article", has=page.get_by_role("button", name="签到")).first
    card.locator("input.digits").fill("123456")
    page.evaluate(FULL)
    card.get_by_role("button", name="签到").first.click()
    expect(card.locator("[data-by-code] [data-problem]")).to_contain_text("没能存下")
    expect(card.locator("input.digits")).to_have_value("123456")


KEEP = """(record) => new Promise((done) => {
  const opening = indexedDB.open("sidan-visit-records", 2);
  opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { keyPath: "uuid" });
  opening.onsuccess = () => {
    const doing = opening.result.transaction("rows", "readwrite");
    doing.objectStore("rows").put({ ...record, uuid: crypto.randomUUID(), deviceMs: Date.now() });
    doing.oncomplete = () => { opening.result.close(); done(); };
  };
})"""
WAITS = """() => new Promise((done) => {
  const opening = indexedDB.open("sidan-visit-records");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("rows").objectStore("rows").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result.filter(({ told }) => !told).length); };
  };
})"""


def _a_kept_time(watch: Watch) -> dict[str, object]:
    """A going of a visit that nobody knows: it can be sent, and changes nothing that others look at."""
    return {
        "account": watch.site.things["volunteer_account"], "visit": "00000000-0000-7000-8000-000000000000",
        "direction": "out", "way": "hand", "code": "", "reason": "no_network", "offsetMs": 0, "session": "before",
        "monotonicMs": 0, "told": "",
    }  # fmt: skip


def test_times_are_sent_as_they_were_kept_although_the_clock_was_set_back_between(watched: Open) -> None:
    page = watched("volunteer").page("/tasks/offline/")
    held: list[list[str]] = []

    def not_now(route: Route) -> None:
        held.append([record["direction"] for record in route.request.post_data_json["records"]])
        route.abort()

    page.route("**/api/v1/team-work/offline/inbox", not_now)
    first = page.locator("[data-tasks] article", has=page.get_by_role("button", name="签到")).first
    visit = first.get_attribute("data-visit") or ""
    _keep_a_coming(page, visit, "123456")
    expect(page.locator(f"article[data-visit='{visit}']")).to_have_attribute("data-direction", "out")
    page.wait_for_load_state("networkidle")
    page.route("**/api/v1/team-work/offline", lambda route: route.abort())
    page.evaluate("{ const right = Date.now; Date.now = () => right() - 2 * 3600 * 1000; }")
    _keep_a_coming(page, visit, "654321")
    expect(page.locator("[data-record-list] strong")).to_have_text(["已留下签到：", "已留下签退："])
    page.unroute("**/api/v1/team-work/offline")
    with page.expect_request("**/api/v1/team-work/offline/inbox"):
        page.reload()
    expect(page.locator("[data-record-list] strong")).to_have_text(["已留下签到：", "已留下签退："])
    assert held[-1] == ["in", "out"]


def test_a_kept_time_is_sent_from_whatever_page_is_opened(watched: Open) -> None:
    volunteer = watched("volunteer")
    page = volunteer.page("/me/settings/")
    page.evaluate(KEEP, _a_kept_time(volunteer))
    assert page.evaluate(WAITS) == 1
    page.goto(f"{volunteer.site.url}/orders/")
    expect(page.locator("[data-toasts]")).to_contain_text("已上传 1 条")
    assert page.evaluate(WAITS) == 0


def test_only_who_kept_times_is_told_that_they_wait(watched: Open) -> None:
    volunteer = watched("volunteer")
    page = volunteer.page("/tasks/")
    page.route("**/api/v1/team-work/offline/inbox", lambda route: route.abort())
    own = _a_kept_time(volunteer)
    page.evaluate(KEEP, own | {"account": "00000000-0000-7000-8000-000000000001"})
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    page.evaluate(KEEP, own)
    page.reload()
    expect(page.locator("[data-waiting]")).to_be_visible()


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_proxy_without_its_server_is_as_no_network(watched: Open, status: int) -> None:
    volunteer = watched("volunteer")
    page = volunteer.page("/tasks/")
    ready(page)
    asked: list[str] = []

    def nobody_there(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=status, body="Bad Gateway")

    # On the context: it is the worker that asks.
    volunteer.context.route("**/tasks/not-written/", nobody_there)
    page.goto(f"{volunteer.site.url}/tasks/not-written/")
    expect(page.locator("h1")).to_have_text("没有网络时的任务")
    expect(page.locator("[data-tasks] article").first).to_be_visible()
    assert len(asked) == 1


def test_who_signs_out_is_told_what_was_not_sent_and_may_send_it_first(watched: Open) -> None:
    volunteer = watched()
    page = sign_in(volunteer, "volunteer")
    volunteer.go(page, "/me/")
    page.route("**/api/v1/team-work/offline/inbox", lambda route: route.abort())
    page.evaluate(KEEP, _a_kept_time(volunteer))
    page.get_by_role("button", name="退出登录").last.click()
    dialog = page.get_by_role("dialog", name="本机还有内容没有上传")
    expect(dialog).to_contain_text("签到签退时间 1 条")
    assert not sound(page, at="signing out")
    dialog.get_by_role("button", name="先上传再退出").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_role("button", name="不，返回").click()
    expect(dialog).to_be_hidden()

    page.unroute("**/api/v1/team-work/offline/inbox")
    page.get_by_role("button", name="退出登录").last.click()
    dialog.get_by_role("button", name="先上传再退出").click()
    page.wait_for_url(f"{volunteer.site.url}/")
    assert page.evaluate(WAITS) == 0
