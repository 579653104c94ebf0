"""The database goes away while people work: they are told so in their language, and it goes on by itself."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tests.faults.conftest import Supervised

ZH, EN = "django_language=zh-hans", "django_language=en"
SORRY = {ZH: "暂时用不了", EN: "does not work at the moment"}


@pytest.fixture
def no_database(site: Supervised) -> Iterator[Supervised]:
    """Kill the server while the supervisor is held back, so that it stays away until the test is over."""
    site.supervisor.send_signal(signal.SIGSTOP)
    try:
        [pid] = site.postmasters()
        os.kill(pid, signal.SIGKILL)
        give_up = time.monotonic() + 60
        while site.postmasters():
            assert time.monotonic() < give_up
            time.sleep(0.1)
        yield site
    finally:
        site.supervisor.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("cookie", [ZH, EN])
def test_a_page_says_so_in_the_reader_s_language_and_works_again_by_itself(
    no_database: Supervised, cookie: str
) -> None:
    site = no_database
    for session in ("", f"; sessionid={site.county['session']}"):
        status, body = site.fetch(method="GET", path="/services/", cookie=cookie + session)
        assert status == 503
        assert SORRY[cookie] in body.decode()
    status, problem = site.ask(method="GET", path="/api/v1/orders", token="any", cookie=cookie)
    assert (status, problem["code"]) == (503, "unavailable")
    assert SORRY[cookie] in problem["title"]
    site.supervisor.send_signal(signal.SIGCONT)
    give_up = time.monotonic() + 120
    while site.fetch(method="GET", path="/services/", cookie=cookie)[0] != 200:
        assert time.monotonic() < give_up, "it did not come back"
        time.sleep(0.2)
