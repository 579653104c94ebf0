"""nginx before, PgBouncer behind, by the files of deploy/: what a county really runs, used as people use it."""

import gzip
import http.client
import json
import re
import socket
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from ops.chromium import find_chromium
from ops.proxies import PACKAGES, find_proxies
from ops.static import FOREVER
from tests.browser.conftest import ARGUMENTS
from tests.browser.watch import DESK, PATIENCE_MS, PHONE, Watch, new_watch, sign_in
from tests.factories import PASSWORD
from tests.ops.county import County, running_county

pytestmark = [pytest.mark.slow]
HSTS = "max-age=31536000"
MEGABYTE = 2**20


@pytest.fixture(scope="module")
def county() -> Iterator[County]:
    absent = set(PACKAGES) - set(find_proxies())
    if absent:
        pytest.skip(f"{' and '.join(sorted(absent))} not installed: `make proxies` as root, or by apt")
    with running_county() as county:
        yield county


def ask(
    county: County, path: str, *, method: str = "GET", body: bytes = b"", **headers: str
) -> tuple[int, Message, bytes]:
    """Send one request over TLS, the certificate checked."""
    line = http.client.HTTPSConnection("127.0.0.1", county.ports["https"], context=county.trust, timeout=90)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body=body or None, headers=named)
        answer = line.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        line.close()


def pictures(*sizes: int) -> tuple[bytes, str]:
    """Return the body of a form with files of these sizes, and its kind."""
    edge = uuid4().hex
    parts = b"".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="pictures"; filename="{nth}.jpg"\r\n'
        f"Content-Type: image/jpeg\r\n\r\n".encode()
        + b"x" * size
        + b"\r\n"
        for nth, size in enumerate(sizes)
    )
    return parts + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def headers_and_files(county: County) -> None:
    """What nginx does by itself: TLS, static files, limits."""
    line = http.client.HTTPConnection("127.0.0.1", county.ports["http"], timeout=30)
    line.request("GET", "/services/?q=1")
    moved = line.getresponse()
    assert (moved.status, moved.headers["Location"]) == (301, "https://127.0.0.1/services/?q=1")
    line.close()

    status, headers, page = ask(county, "/services/", Accept_Encoding="gzip")
    assert status == 200
    assert headers.get_all("Strict-Transport-Security") == [HSTS]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Encoding"] is None, "a compressed page tells of its secrets by its length"

    [asset] = set(re.findall(rb'"(/static/assets/[^"]+\.css)"', page))
    status, headers, packed = ask(county, asset.decode(), Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"], headers["Cache-Control"]) == (200, "gzip", FOREVER)
    assert headers["Strict-Transport-Security"] == HSTS
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert gzip.decompress(packed) == (county.folder / asset.decode().lstrip("/")).read_bytes()
    assert ask(county, "/static/../sidan.conf")[0] >= 400
    assert ask(county, "/metrics")[0] == 404, "a proxy speaks for others; figures are for this machine itself"


def speaks_http2(county: County) -> str | None:
    context = county.trust
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", county.ports["https"]), timeout=30) as plain,
        context.wrap_socket(plain, server_hostname="127.0.0.1") as line,
    ):
        assert line.version() == "TLSv1.3"
        return line.selected_alpn_protocol()


def place_order(page: Page) -> str:
    page.goto(page.url)
    page.locator(".service-card", has_text="published").get_by_role("link", name="点单").click()
    page.locator(".chips label").first.click()
    page.get_by_role("button", name="确认点单").click()
    return page.locator(".order-number").inner_text()


def report_with_a_picture(watch: Watch, photo: Path) -> None:
    """The leader reports the visit from which everybody has gone."""
    page = watch.page(f"/tasks/{watch.site.things['gone_task']}/report/")
    page.locator("textarea[name=words]").fill("理好了。")
    page.locator("input[type=file]").set_input_files(photo)
    page.locator("main button.btn-primary:visible").click()
    page.wait_for_url(lambda url: "report" not in url)


@pytest.mark.browser
def test_a_county_s_server_serves_its_people(county: County, tmp_path: Path) -> None:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("Chromium is not installed: `make chromium` as root, or apt install chromium")
    photo = tmp_path / "visit.jpg"
    Image.effect_noise((1600, 1200), 60).convert("RGB").save(photo, quality=95)
    assert photo.stat().st_size > MEGABYTE // 2
    with county.web(mode="demo"), sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        # By the key, not by closing both eyes: a worker of tasks without network needs a certificate that is believed.
        trust = f"--ignore-certificate-errors-spki-list={county.key_print}"
        browser = playwright.chromium.launch(executable_path=chromium, args=[*ARGUMENTS, trust])
        watches = [new_watch(browser, county.site, size=size) for size in (PHONE, DESK, DESK)]
        resident, dispatcher, leader = watches
        queue = dispatcher.be("dispatcher").page()
        with queue.expect_response(lambda answer: urlsplit(answer.url).path == "/live/queue") as stream:
            dispatcher.go(queue, "/console/queue/")
        assert stream.value.status == 200
        number = place_order(sign_in(resident, "resident"))
        expect(queue.locator("[data-new-bar]")).to_be_visible()
        queue.locator("[data-new-bar]").click()
        expect(queue.locator("[data-row]", has_text=number)).to_be_visible()
        report_with_a_picture(leader.be("leader"), photo)
        assert [error for watch in watches for error in watch.errors] == []
        browser.close()
        headers_and_files(county)
        assert speaks_http2(county) == "h2"
        pictures_of_a_telephone_are_let_in(county)
        exports_need_no_cursor_on_the_server(county)
        jobs_are_done(county)
        guessing_is_slowed_down(county)
    while_the_programs_are_away(county)


def pictures_of_a_telephone_are_let_in(county: County) -> None:
    """Five large ones reach the application, which looks at them; what is too large for it ends at nginx."""
    signing_in = {"phone": county.site.phones["leader"], "password": PASSWORD}
    status, _headers, body = ask_json(county, "/api/v1/sign-in", signing_in)
    assert status == 201
    told = {"Authorization": f"Bearer {json.loads(body)['token']}", "Accept_Language": "zh-CN"}
    path = f"/api/v1/team-work/visits/{county.site.things['under_way_visit']}/report-with-pictures"
    form, kind = pictures(*[5 * MEGABYTE] * 5)
    status, headers, body = ask(county, path, method="POST", body=form, Content_Type=kind, **told)
    assert (status, headers.get_content_type()) == (422, "application/problem+json"), body[:500]
    assert "图片" in json.loads(body)["title"]
    form, kind = pictures(65 * MEGABYTE)
    status, headers, body = ask(county, path, method="POST", body=form, Content_Type=kind, **told)
    assert (status, headers.get_content_type()) == (413, "application/problem+json")
    assert "5 张图片" in json.loads(body)["title"]


def while_the_programs_are_away(county: County) -> None:
    """A visitor reads a page in both languages, a program a problem document; both with the status."""
    status, headers, page = ask(county, "/services/")
    assert (status, headers.get_content_type(), headers.get_content_charset()) == (502, "text/html", "utf-8")
    assert "系统暂时连不上" in page.decode()
    assert 'lang="en"' in page.decode()
    status, headers, problem = ask(county, "/api/v1/orders")
    assert (status, headers.get_content_type()) == (502, "application/problem+json")
    assert json.loads(problem)["status"] == 502
    assert ask(county, "/errors/502.html")[0] == 404, "the file itself is no address of ours"


def guessing_is_slowed_down(county: County) -> None:
    """Wrong passwords for a number that nobody has, by the API: nginx refuses before the application counts."""
    wrong = {"phone": "12999999999", "password": "not-this-one"}
    answers = [ask_json(county, "/api/v1/sign-in", wrong)[0] for _each in range(40)]
    assert set(answers) <= {401, 422, 429}
    assert answers.count(429) >= 5


def exports_need_no_cursor_on_the_server(county: County) -> None:
    session = f"sessionid={county.site.sessions['dispatcher']}"
    status, headers, table = ask(county, "/console/queue/export.csv", Cookie=session)
    assert (status, headers.get_content_type()) == (200, "text/csv")
    assert table.count(b"\n") > 2


def jobs_are_done(county: County) -> None:
    """The worker goes past the pool: what it listens for would be lost when its session is given to somebody else."""
    late = (
        "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        " AND coalesce(scheduled_at, now()) <= now()"
    )
    failed = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"
    with psycopg.connect(county.database_url, autocommit=True) as connection:
        limit = time.monotonic() + 120
        while connection.execute(late).fetchone() != (0,):
            assert time.monotonic() < limit, "jobs are not done"
            time.sleep(0.2)
        assert connection.execute(failed).fetchone() == (0,)


def test_in_production_cookies_are_for_tls_only_and_invented_people_stay_out(county: County) -> None:
    with county.web(mode="production"):
        status, headers, _page = ask(county, "/sign-in/")
        assert status == 200
        cookies = headers.get_all("Set-Cookie") or []
        assert cookies
        assert all("Secure" in cookie for cookie in cookies if "token" in cookie or "session" in cookie)
        known = f"sessionid={county.site.sessions['dispatcher']}"
        assert ask(county, "/console/queue/", Cookie=known)[0] == 200
        invented = {"phone": county.site.phones["leader"], "password": PASSWORD}
        assert ask_json(county, "/api/v1/sign-in", invented)[0] == 422
    # Nobody answers behind nginx: it says so, and does not hang.
    assert ask(county, "/")[0] == 502


def ask_json(county: County, path: str, document: dict[str, str]) -> tuple[int, Message, bytes]:
    return ask(
        county, path, method="POST", body=json.dumps(document).encode(), Content_Type="application/json"
    )
