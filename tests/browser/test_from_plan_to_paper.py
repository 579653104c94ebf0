"""From the plan of an activity to a certificate that a stranger checks: all by the pages, each person by their own.

The coming is an hour ago and so written by hand, with a second person's word; the going is read from the picture on the
volunteer's telephone. What the camera would read is decoded here and typed, as a scanner types it.
"""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from sidan.core.clock import BUSINESS_ZONE
from tests.browser.conftest import Open
from tests.browser.own_code_picture import own_code_on
from tests.browser.watch import DESK, Watch, sound

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "敬老院包饺子"


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def _planned(staff: Watch, above: Watch, begins: datetime) -> str:
    """Write a plan of the week with one line, have it approved and published; returns the page of its line."""
    page = staff.page("/console/plans/new/")
    place = page.locator("[name=place] option", has_text="城北").first.get_attribute("value")
    page.locator("[name=place]").select_option(value=place)
    page.locator("[name=period][value=week]").check(force=True)
    page.locator("[name=day]").fill(f"{begins:%Y-%m-%d}")
    page.locator("input[name=theme]").fill("暖冬一周")
    with page.expect_navigation():
        page.locator("main form .btn-primary").click()
    plan = re.findall(r"/console/plans/[0-9a-f-]{36}/", page.url)[0]
    staff.go(page, f"{plan}lines/")
    page.locator("[name=first_day]").fill(f"{begins:%Y-%m-%d}")
    page.locator("input[name=theme]").fill(TITLE)
    page.locator("[name=task]").select_option("values")
    page.locator("[name=venue]").fill("敬老院食堂")
    with page.expect_navigation():
        page.locator("main form .btn-primary").click()
    staff.go(page, plan)
    _press(page, "提交审核")
    _press(above.page(plan), "批准")
    staff.go(page, plan)
    _press(page, "公布")
    assert not sound(page, at="the plan")
    page.get_by_role("link", name=TITLE).first.click()
    page.wait_for_url(re.compile("/lines/[0-9a-f-]{36}/"))
    return urlsplit(page.url).path


def _announced(staff: Watch, line: str, begins: datetime) -> str:
    """Prepare what the plan says, say whose help is wanted, and announce it; returns its id."""
    page = staff.page(line)
    page.locator("[name=day]").fill(f"{begins:%Y-%m-%d}")
    page.locator("[name=begins]").fill(f"{begins:%H:%M}")
    page.locator("[name=ends]").fill(f"{begins + timedelta(hours=2):%H:%M}")
    _press(page, "写成草稿")
    [uuid] = re.findall(r"/console/activities/([0-9a-f-]{36})/", page.url)
    staff.go(page, f"/console/activities/{uuid}/edit/")
    page.locator("[name=risks]").fill("开水烫手，慢慢端。")
    with page.expect_navigation():
        page.locator("main form .btn-primary").click()
    staff.go(page, f"/console/activities/{uuid}/")
    _press(page, "提交审核")
    _press(page, "发布")
    staff.go(page, f"/console/activities/{uuid}/posts/")
    page.locator("[name=role][value=volunteer]").check(force=True)
    page.locator("[name=name]").fill("包饺子")
    page.locator("[name=places]").fill("6")
    _press(page, "添加")
    return uuid


def _done_as_planned(staff: Watch, line: str) -> None:
    page = staff.page(line)
    expect(page.locator("main")).to_contain_text("已办 1")
    assert not sound(page, at="what was planned beside what was done")


def _enrolled(helper: Watch, uuid: str) -> None:
    """Serve again after a rest, find it on a telephone and say that one would like to help."""
    page = helper.page("/me/volunteer/resume/")
    with page.expect_navigation():
        page.locator("main form .btn-primary").click()
    helper.go(page, "/activities/")
    page.get_by_role("link", name=re.compile(TITLE)).first.click()
    page.get_by_role("link", name="我要当志愿者").click()
    assert not sound(page, at="signing up to help")
    page.locator("main form button.btn-hero").click()
    page.wait_for_url(re.compile("/my/activities/|/activities/"))


def _came_and_gone(staff: Watch, second: Watch, helper: Watch, uuid: str) -> None:
    here = f"/console/activities/{uuid}/checking/"
    code_page = helper.page("/my/code/")
    name = code_page.locator("#own-code strong").inner_text()
    page = staff.page(f"/console/activities/{uuid}/people/")
    page.get_by_text(name).first.wait_for()
    staff.go(page, f"{here}?q={name}")
    page.locator("ul.row-list a[href*='/hand/']").first.click()
    page.locator("[name=reason][value=no_network]").check(force=True)
    hour_ago = datetime.now(BUSINESS_ZONE) - timedelta(hours=1)
    page.locator("[name=when]").fill(f"{hour_ago:%Y-%m-%dT%H:%M}")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile("/checking/"))
    other = second.page(here)
    with other.expect_navigation():
        other.locator("button[name=word][value=right]").click()
    staff.go(page, here)
    page.locator("[name=direction][value=out]").check(force=True)
    page.locator("[data-scan-text]").fill(own_code_on(code_page))
    page.locator("[data-scan-text]").press("Enter")
    expect(page.locator("#scanned [data-told]")).to_contain_text(name)
    assert not sound(page, at="the door")


def _over(staff: Watch, uuid: str) -> None:
    page = staff.page(f"/console/activities/{uuid}/")
    _press(page, "现在开始")
    _press(page, "活动结束")


def _certificate(helper: Watch) -> tuple[str, str]:
    """See the hours, issue a certificate of all of them; returns its number and the code at its foot."""
    page = helper.page("/hours/")
    expect(page.locator("main")).to_contain_text(TITLE)
    helper.go(page, "/my/certificates/new/?extent=all")
    page.locator("form[action$='/issue/'] button").click()
    page.wait_for_url(re.compile(r"/my/certificates/[0-9a-f-]{36}/"))
    expect(page.locator("body")).to_contain_text("1 小时")
    assert not sound(page, at="the certificate")
    number, code = page.locator("dl.facts:has(dd[lang=en]) dd").all_inner_texts()[:2]
    return number, code


def test_from_the_plan_to_a_certificate_that_a_stranger_checks(watched: Open) -> None:
    staff, second = watched("practitioner", size=DESK), watched("director", size=DESK)
    helper, stranger = watched("grid_keeper"), watched()
    begins = datetime.now(BUSINESS_ZONE) + timedelta(minutes=45)
    line = _planned(staff, watched("manager", size=DESK), begins)
    uuid = _announced(staff, line, begins)
    _enrolled(helper, uuid)
    _came_and_gone(staff, second, helper, uuid)
    _over(staff, uuid)
    _done_as_planned(staff, line)
    number, code = _certificate(helper)
    page = stranger.page("/check/")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    page.locator("main form .btn-primary").click()
    expect(page.locator("main .notice.tone-done")).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 小时")
    assert not sound(page, at="checked by a stranger")
