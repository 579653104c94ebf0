"""A survey answered at the door of a house without a network: nothing lost, nothing twice, in a real browser."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Open
from tests.browser.watch import sign_in, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAITING = """async () => {
  const database = await new Promise((done) => { const asked = indexedDB.open("sidan-outbox");
    asked.onsuccess = () => done(asked.result); });
  const names = database.objectStoreNames.contains("rows");
  const count = !names ? 0 : await new Promise((done) => { const asked = database.transaction("rows")
    .objectStore("rows").count(); asked.onsuccess = () => done(asked.result); });
  database.close();
  return count;
}"""
SHEET = """() => {
  const form = document.querySelector("form[data-outbox]");
  const id = crypto.randomUUID();
  const skipped = ["csrfmiddlewaretoken", "once", form.dataset.outboxName];
  const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string"
    && !skipped.includes(name));
  form.reset();
  return { id, owner: form.dataset.outbox, url: location.pathname, at: Date.now(),
    fields: [...fields, [form.dataset.outboxName, id]] };
}"""
KEPT_BEFORE = """([name, item]) => new Promise((done) => {
  indexedDB.deleteDatabase("sidan-outbox");
  const asked = indexedDB.open("sidan-outbox", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(name, { keyPath: "id" }).put(item);
  asked.onsuccess = () => { asked.result.close(); done(); };
})"""


def _answered(page: Page) -> int:
    page.goto(page.url.split("?")[0].removesuffix("enter/"))
    told = page.locator("main dl.facts dd").first.inner_text()
    return int(told.split()[0])


def _fill_in_and_press(page: Page) -> None:
    page.locator("label", has_text="理发").first.click()
    page.locator("form[data-outbox] button.btn-primary").click()


def test_sheets_kept_without_a_network_arrive_once_when_there_is_one(watched: Open) -> None:
    watch = watched("practitioner")
    survey = watch.site.things["survey"]
    page = watch.page(f"/console/needs/surveys/{survey}/")
    before = _answered(page)
    watch.go(page, f"/console/needs/surveys/{survey}/enter/")
    watch.context.set_offline(True)
    for count in ("1", "2"):
        _fill_in_and_press(page)
        expect(page.locator("[data-outbox-told]")).to_contain_text(f"{count} 份")
        expect(page.locator("input[type=radio][value=理发]")).not_to_be_checked()
    assert page.evaluate(WAITING) == 2
    watch.context.set_offline(False)
    expect(page.locator("[data-outbox-told]")).to_contain_text("已送达 2 份")
    assert page.evaluate(WAITING) == 0
    assert _answered(page) == before + 2


def test_a_sheet_whose_answer_was_lost_on_the_way_is_sent_again_and_kept_once(watched: Open) -> None:
    watch = watched("practitioner")
    survey = watch.site.things["survey"]
    page = watch.page(f"/console/needs/surveys/{survey}/")
    before = _answered(page)
    watch.go(page, f"/console/needs/surveys/{survey}/enter/")
    lost: list[int] = []

    def arrives_and_is_not_answered(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.fallback()
            return
        lost.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    page.route("**/enter/", arrives_and_is_not_answered)
    # The page tells of the sheet before it sends it; only then is its answer lost.
    with page.expect_event("requestfailed", lambda request: request.method == "POST"):
        _fill_in_and_press(page)
    expect(page.locator("[data-outbox-told]")).to_contain_text("1 份")
    assert lost == [303]
    assert page.evaluate(WAITING) == 1
    page.reload()
    expect(page.locator("[data-outbox-told]")).to_contain_text("已送达 1 份")
    assert page.evaluate(WAITING) == 0
    assert _answered(page) == before + 1


def test_with_a_network_a_sheet_is_kept_at_once_and_a_wrong_one_is_shown_with_its_error(
    watched: Open,
) -> None:
    watch = watched("practitioner")
    survey = watch.site.things["survey"]
    page = watch.page(f"/console/needs/surveys/{survey}/enter/")
    _fill_in_and_press(page)
    expect(page.locator("[data-outbox-told]")).to_contain_text("已送达 1 份")
    assert page.evaluate(WAITING) == 0
    page.locator("form[data-outbox] button.btn-primary").click()
    expect(page.locator(".has-error, .errorlist, [role=alert]").first).to_be_visible()
    assert page.evaluate(WAITING) == 0


@pytest.mark.parametrize("store", ["waiting", "rows"])
def test_what_a_device_held_before_it_was_brought_up_to_date_is_sent(watched: Open, store: str) -> None:
    watch = watched("practitioner")
    survey = watch.site.things["survey"]
    page = watch.page(f"/console/needs/surveys/{survey}/")
    before = _answered(page)
    watch.go(page, f"/console/needs/surveys/{survey}/enter/")
    page.locator("label", has_text="理发").first.click()
    sheet = page.evaluate(SHEET)
    page.evaluate(KEPT_BEFORE, [store, sheet])
    page.reload()
    expect(page.locator("[data-outbox-told]")).to_contain_text("已送达 1 份")
    assert page.evaluate(WAITING) == 0
    assert _answered(page) == before + 1


KEPT_PAGE = "/console/needs/surveys/offline/"
EIGHT_DAYS_AHEAD = "{ const right = Date.now; Date.now = () => right() + 8 * 24 * 3600 * 1000; }"


def _kept(page: Page) -> None:
    """Wait until the list of surveys has let the device keep what it needs."""
    page.wait_for_function(f"caches.has('sidan-kept:{KEPT_PAGE}')")
    page.reload()
    page.wait_for_load_state("networkidle")


def test_a_sheet_opens_without_network_on_a_device_that_never_opened_it(watched: Open) -> None:
    watch = watched("practitioner")
    survey = watch.site.things["survey"]
    counted = watch.page(f"/console/needs/surveys/{survey}/")
    before = _answered(counted)
    # An open window would send what waits, too, and tell of it there.
    counted.close()
    page = watch.page("/console/needs/surveys/")
    _kept(page)

    watch.context.set_offline(True)
    page.goto(f"{watch.site.url}/console/needs/surveys/{survey}/enter/")
    expect(page.locator("h1")).to_have_text("没有网络时的问卷")
    _fill_in_and_press(page)
    expect(page.locator("[data-outbox-told]")).to_contain_text("1 份")
    assert page.evaluate(WAITING) == 1

    with page.expect_request(lambda request: request.method == "POST") as sending:
        watch.context.set_offline(False)
    expect(page.locator("[data-outbox-told]")).to_contain_text("已送达 1 份")
    assert "kept_seconds=" in (sending.value.post_data or ""), (
        "how long it waited, should the survey be closed"
    )
    assert page.evaluate(WAITING) == 0
    assert _answered(watch.page(f"/console/needs/surveys/{survey}/")) == before + 1


def test_what_has_waited_for_a_week_is_shown_with_its_age_and_goes_only_by_hand(watched: Open) -> None:
    watch = watched("practitioner")
    survey = watch.site.things["survey"]
    page = watch.page("/console/needs/surveys/")
    _kept(page)
    watch.context.set_offline(True)
    page.goto(f"{watch.site.url}/console/needs/surveys/{survey}/enter/")
    _fill_in_and_press(page)
    expect(page.locator("[data-outbox-list] > li")).to_have_count(1)

    watch.context.add_init_script(EIGHT_DAYS_AHEAD)
    page.goto(f"{watch.site.url}{KEPT_PAGE}")
    row = page.locator("[data-outbox-list] > li")
    expect(row).to_contain_text("8 天前存下")
    expect(row).to_contain_text("理发")
    expect(page.locator("[data-outbox-told]")).to_contain_text("一周以上")
    assert page.evaluate(WAITING) == 1
    discard = row.locator("[data-outbox-discard]")
    discard.click()
    expect(discard).to_contain_text("确定丢弃")
    discard.click()
    expect(row).to_have_count(0)
    assert page.evaluate(WAITING) == 0


DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"


def _half_filled_in(page: Page) -> None:
    page.locator("label", has_text="理发").first.click()
    assert page.evaluate(DRAFTS) == 1


def test_what_is_typed_is_shown_to_nobody_else_on_the_device_and_goes_after_a_week(watched: Open) -> None:
    watch = watched("practitioner")
    address = f"/console/needs/surveys/{watch.site.things['survey']}/enter/"
    chosen = "input[type=radio][value=理发]"
    page = watch.page(address)
    page.evaluate("localStorage.setItem('draft:enter-of-before', '{\"at\": 0, \"values\": {}}')")
    page.reload()
    assert page.evaluate(DRAFTS) == 0, "nobody knows whose this was"
    _half_filled_in(page)
    watch.be("director").go(page, address)
    expect(page.locator(chosen)).not_to_be_checked()
    watch.be("practitioner").go(page, address)
    expect(page.locator(chosen)).to_be_checked()
    expect(page.get_by_text("没填完的内容只在本机存七天")).to_be_visible()
    gone = page.locator("[data-drafts-gone]")
    expect(gone).to_be_hidden()

    watch.context.add_init_script(EIGHT_DAYS_AHEAD)
    watch.be("director").go(page, "/console/needs/surveys/")
    assert page.evaluate(DRAFTS) == 0
    expect(gone).to_be_hidden()
    for listed in (address, "/console/needs/surveys/"):
        watch.be("practitioner").go(page, listed)
        expect(gone).to_contain_text("没填完的问卷 1 份")
    assert not sound(page, at="half a sheet that was wiped")
    gone.get_by_role("button", name="知道了").click()
    page.reload()
    expect(gone).to_be_hidden()


def test_who_signs_out_is_told_of_what_is_half_filled_in_and_it_is_wiped(watched: Open) -> None:
    watch = watched()
    page = sign_in(watch, "practitioner")
    watch.go(page, f"/console/needs/surveys/{watch.site.things['survey']}/enter/")
    _half_filled_in(page)
    watch.go(page, "/me/")
    page.get_by_role("button", name="退出登录").last.click()
    dialog = page.get_by_role("dialog", name="本机还有内容没有上传")
    expect(dialog).to_contain_text("没填完的问卷 1 份")
    expect(dialog.get_by_role("button", name="先上传再退出")).to_be_hidden()
    expect(dialog).not_to_contain_text("内容仍留在本机", use_inner_text=True)
    assert not sound(page, at="signing out with a sheet half filled in")
    dialog.get_by_role("button", name="不，返回").click()
    assert page.evaluate(DRAFTS) == 1

    page.get_by_role("button", name="退出登录").last.click()
    dialog.get_by_role("button", name="直接退出").click()
    page.wait_for_url(f"{watch.site.url}/")
    assert page.evaluate(DRAFTS) == 0
