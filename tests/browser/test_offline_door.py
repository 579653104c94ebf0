"""The door of an activity without network, in a real browser: codes are read, kept, and sent when it is back."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.own_code_picture import own_code_on
from tests.browser.watch import Watch, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ACTIVE = "(scope) => navigator.serviceWorker.getRegistration(scope).then((found) => Boolean(found?.active))"
DESK = "/console/activities/"
DOORS = """() => new Promise((done) => {
  const opening = indexedDB.open("sidan-door-facts");
  opening.onsuccess = () => {
    const names = [...opening.result.objectStoreNames];
    if (!names.length) { opening.result.close(); return done(0); }
    const asked = opening.result.transaction("rows").objectStore("rows").get("facts");
    asked.onsuccess = () => { opening.result.close(); done(asked.result?.doors.length ?? 0); };
  };
})"""


def _checking(watch: Watch) -> str:
    return f"{watch.site.url}{DESK}{watch.site.things['activity_door']}/checking/"


def _ready(page: Page, scope: str) -> None:
    """Wait until the page that opens without network is kept, and what is on at the doors."""
    page.wait_for_function(ACTIVE, arg=scope)
    page.wait_for_function(DOORS)
    page.wait_for_function(f"caches.has('sidan-kept:{scope}offline/')")
    page.wait_for_load_state("networkidle")


def _own_code(watch: Watch) -> str:
    return own_code_on(watch.page("/my/code/"))


def _name(watch: Watch) -> str:
    return watch.page("/my/code/").locator("#own-code strong").inner_text()


def _read(page: Page, text: str) -> None:
    """Type as a scanner does that reads a code: quickly, and with the key that ends a line."""
    page.locator("[data-scan-text]").fill(text)
    page.locator("[data-scan-text]").press("Enter")


def test_codes_read_without_network_are_kept_through_a_kill_and_sent_when_it_is_back(watched: Open) -> None:
    staff, resident = watched("practitioner"), watched("resident")
    page = staff.page()
    page.goto(_checking(staff))
    _ready(page, DESK)
    code = _own_code(resident)
    staff.context.set_offline(True)
    _read(page, code)
    expect(page.locator("#scanned")).to_contain_text("已存在本机")
    expect(page.locator("[data-count]")).to_have_text("本机共记 1 条，还有 1 条没有上传。")
    expect(page.locator("[data-scan-text]")).to_have_value("")
    _read(page, "https://example.test/")
    expect(page.locator("#scanned")).to_contain_text("这不是个人签到码")
    assert not sound(page, at="reading without network")
    # Killed in between, and opened again where there is still none: it reads on.
    page.close()
    page = staff.page()
    page.goto(_checking(staff))
    expect(page.locator("h1")).to_have_text("没有网络时扫码")
    expect(page.locator("[data-count]")).to_have_text("本机共记 1 条，还有 1 条没有上传。")
    expect(page.locator("[data-choose] option:checked")).to_contain_text("门口签到")
    _read(page, code)
    expect(page.locator("[data-count]")).to_have_text("本机共记 2 条，还有 2 条没有上传。")
    assert not sound(page, at="the page without network")
    staff.context.set_offline(False)
    expect(page.locator("[data-count]")).to_have_text("本机共记 2 条，已全部上传。")
    page.goto(_checking(staff).replace("checking/", "came/"))
    name = _name(resident)
    expect(page.locator("tr", has_text=name)).to_have_count(1)
    expect(page.locator("tr", has_text=name)).to_contain_text("扫")


def test_two_telephones_that_read_the_same_person_write_one_coming(watched: Open) -> None:
    whose = watched("leader")
    phones = [watched("practitioner"), watched("director")]
    pages = []
    for watch in phones:
        pages.append(watch.page())
        pages[-1].goto(_checking(watch))
        _ready(pages[-1], DESK)
    code = _own_code(whose)
    for watch, page in zip(phones, pages, strict=True):
        watch.context.set_offline(True)
        _read(page, code)
        expect(page.locator("[data-kept-box]")).to_have_attribute("data-waits", "1")
    for watch in phones:
        watch.context.set_offline(False)
    for page in pages:
        expect(page.locator("[data-kept-box]")).to_have_attribute("data-waits", "0")
    expect(pages[0].locator("#not-written")).not_to_contain_text(_name(whose))
    pages[0].goto(_checking(phones[0]).replace("checking/", "came/"))
    expect(pages[0].locator("tr", has_text=_name(whose))).to_have_count(1)


def test_what_could_not_be_written_is_shown_by_name_and_time_with_why(watched: Open) -> None:
    staff = watched("practitioner")
    page = staff.page()
    page.goto(_checking(staff))
    _ready(page, DESK)
    own = _own_code(staff)
    staff.context.set_offline(True)
    _read(page, own)
    expect(page.locator("[data-kept-box]")).to_have_attribute("data-waits", "1")
    staff.context.set_offline(False)
    told = page.locator("#not-written li")
    expect(told).to_contain_text("不能自己扫自己的码")
    expect(told).to_contain_text("请同事手工登记")
    expect(page.locator("[data-record-list]")).to_contain_text("没有记上")
    assert not sound(page, at="what was not written")
    told.get_by_role("link", name="手工补记").click()
    expect(page.locator("[name=when]")).not_to_have_value("")
    expect(page.locator("[name=reason][value=no_network]")).to_be_checked()


def test_who_comes_without_network_is_kept_on_their_own_telephone(watched: Open) -> None:
    volunteer, staff = watched("operator"), watched("practitioner")
    here = f"{volunteer.site.url}/activities/{volunteer.site.things['activity_door']}/here/"
    page = volunteer.page()
    page.goto(here)
    _ready(page, "/activities/")
    door = staff.page()
    door.goto(_checking(staff).replace("checking/", "door/"))
    digits = door.locator(".door-code").inner_text().replace(" ", "")
    volunteer.context.set_offline(True)
    page.goto(f"{here}?code={digits}")
    expect(page.locator("h1")).to_have_text("没有网络时签到")
    card = page.locator("[data-doors] article").first
    expect(card.locator("input.digits")).to_have_value(digits)
    card.get_by_role("button", name="我到了").first.click()
    expect(page.locator("[data-count]")).to_have_text("本机共记 1 条，还有 1 条没有上传。")
    assert not sound(page, at="coming without network")
    page.reload()
    expect(page.locator("[data-kept-box]")).to_have_attribute("data-waits", "1")
    volunteer.context.set_offline(False)
    expect(page.locator("[data-count]")).to_have_text("本机共记 1 条，已全部上传。")
    expect(page.locator("[data-record-list] li")).to_have_count(0)
    page.goto(here)
    expect(page.locator("h1")).to_have_text("签退")


def test_a_server_that_does_not_answer_is_as_no_network(watched: Open) -> None:
    staff, resident = watched("practitioner"), watched("volunteer")
    page = staff.page()
    page.goto(_checking(staff))
    _ready(page, DESK)
    code = _own_code(resident)

    def gone(route: Route) -> None:
        route.abort()

    page.route("**/checking/scan/", gone)
    page.route("**/api/v1/**", gone)
    _read(page, code)
    expect(page.locator("[data-kept-box]")).to_have_attribute("data-waits", "1")
    page.unroute("**/api/v1/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-kept-box]")).to_have_attribute("data-waits", "0")


DETECTOR = """window.BarcodeDetector = class {
  async detect(video) { return video.videoWidth && window.sidanSeen ? [{ rawValue: window.sidanSeen }] : []; }
};"""


def test_the_camera_reads_on_and_each_person_once(watched: Open) -> None:
    """The camera is Chromium's invented one; what is seen in its picture is said here, for Linux has no reader."""
    staff, whose = watched("practitioner", permissions=["camera"]), watched("dispatcher")
    staff.context.add_init_script(DETECTOR)
    page = staff.page()
    page.goto(_checking(staff))
    page.get_by_role("button", name="用摄像头扫").click()
    expect(page.locator("[data-scan-view] video")).to_be_visible()
    page.evaluate("(seen) => (window.sidanSeen = seen)", _own_code(whose))
    expect(page.locator("#scanned [data-told]")).to_contain_text("褚调度")
