"""The live process: who may read, who hears of what, what a page that comes back has missed, and how it ends."""

import asyncio
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from ops import live
from sidan.core.scope import everything
from sidan.orders.operations import admit_order
from sidan.orders.queries.live import Moved, Sight
from tests.conftest import DATABASE
from tests.database import settings_environment
from tests.orders.browsing import browser
from tests.orders.scene import AT, Scene, build_scene

ROOT = Path(__file__).resolve().parents[2]
PAGE = "https://sidan.example"


def moved(step_id: int, county_id: int = 1) -> Moved:
    return Moved(step_id, f"uuid-{step_id}", "123456789", "admitted", county_id, 10, 20)


def reader(county_id: int = 1) -> live.Reader:
    return live.Reader(session_key="x", sight=Sight(frozenset({county_id}), frozenset()))


def told(page: live.Reader) -> list[int]:
    found = []
    while not page.waiting.empty():
        each = page.waiting.get_nowait()
        assert each is not None
        found.append(each.step_id)
    return found


def test_a_step_that_is_committed_late_is_not_lost_and_none_is_told_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    committed = [moved(7)]
    monkeypatch.setattr(
        live,
        "moved_since",
        lambda *, after, seen: [
            each for each in committed if each.step_id > after and each.step_id not in seen
        ],
    )

    async def poll() -> tuple[list[int], list[int]]:
        hub, page, stranger = live.Hub(), reader(), reader(county_id=2)
        hub.readers |= {page, stranger}
        hub._marks = [(time.monotonic(), 5)]
        await hub._poll_once()
        committed.append(moved(6))
        await hub._poll_once()
        await hub._poll_once()
        return told(page), told(stranger)

    assert asyncio.run(poll()) == ([7, 6], [])


def test_the_mark_moves_on_and_what_lies_behind_is_forgotten() -> None:
    hub = live.Hub()
    at = time.monotonic()
    hub._marks = [(at - 30, 5), (at - 20, 8), (at - 1, 12)]
    hub._seen = {6: at - 25, 8: at - 20, 12: at - 1}
    hub._forget(at)
    assert hub._marks[0][1] == 8
    assert set(hub._seen) == {12}


def test_a_page_that_takes_nothing_any_more_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "MOST_WAITING", 1)
    hub, page = live.Hub(), live.Reader("x", Sight(frozenset(), frozenset()), asyncio.Queue(1))
    hub.readers.add(page)
    hub._hand(page, moved(1))
    hub._hand(page, moved(2))
    assert page not in hub.readers


def test_below_a_place_one_sees_what_arose_or_is_held_there() -> None:
    assert Sight(frozenset(), frozenset({10})).holds(moved(1))
    assert Sight(frozenset(), frozenset({20})).holds(moved(1))
    assert not Sight(frozenset({2}), frozenset({11})).holds(moved(1))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def scene(transactional_db: None) -> Iterator[Scene]:
    with everything("a test of the live process"):
        yield build_scene()


@pytest.fixture
def server(scene: Scene) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    environment = {
        **os.environ, **settings_environment(), "DATABASE_URL": DATABASE.app_url,
        "DATABASE_OWNER_URL": DATABASE.owner_url, "DJANGO_SETTINGS_MODULE": "config.settings",
        "SIDAN_ORIGINS": PAGE, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "asgi", "ops.live:application", "--host", "127.0.0.1",
         "--port", str(port), "--workers", "1", "--workers-kill-timeout", "90", "--log-level", "warning"],
        cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_until_up(port)
        yield process, port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until_up(port: int) -> None:
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up:
        with (
            contextlib.suppress(OSError, http.client.HTTPException),
            contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as line,
        ):
            line.request("GET", "/healthz")
            if line.getresponse().status == 200:
                return
        time.sleep(0.1)
    pytest.fail("the live process does not answer")


@pytest.fixture
def lines() -> Iterator[list[http.client.HTTPConnection]]:
    """The connections of a test, closed when it ends."""
    opened: list[http.client.HTTPConnection] = []
    yield opened
    for line in opened:
        line.close()


def ask(port: int, lines: list[http.client.HTTPConnection], **headers: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    lines.append(line)
    line.request("GET", live.PATH, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return line.getresponse()


def cookie(scene: Scene, name: str) -> str:
    return f"sessionid={browser(scene, name).cookies['sessionid'].value}"


def listen(response: http.client.HTTPResponse) -> "Queue[Any]":
    """Read a stream in a thread; None stands for its end."""
    heard: Queue[Any] = Queue()

    def read() -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            while line := response.readline():
                if line.startswith(b"data: "):
                    heard.put(json.loads(line[6:]))
        heard.put(None)

    threading.Thread(target=read, daemon=True).start()
    return heard


@pytest.mark.django_db(transaction=True)
def test_staff_hear_of_their_own_county_only_and_the_process_ends_at_once(
    scene: Scene,
    server: tuple[subprocess.Popen[bytes], int],
    lines: list[http.client.HTTPConnection],
) -> None:
    process, port = server
    assert ask(port, lines).status == 401
    assert ask(port, lines, Cookie="sessionid=nonsense").status == 401
    assert ask(port, lines, Cookie=cookie(scene, "zhou")).status == 401
    assert ask(port, lines, Cookie=cookie(scene, "li"), Origin="https://elsewhere.example").status == 403

    order = scene.placed()
    ours = ask(port, lines, Cookie=cookie(scene, "li"), Origin=PAGE)
    assert ours.headers["Access-Control-Allow-Origin"] == PAGE
    heard, others = listen(ours), listen(ask(port, lines, Cookie=cookie(scene, "mallory")))
    below = listen(ask(port, lines, Cookie=cookie(scene, "keeper")))
    time.sleep(2 * live.POLL_SECONDS)
    admit_order(actor=scene.actor("li"), at=AT, order=order)
    expected = {"id": str(order.uuid), "number": order.number, "state": "admitted"}
    assert heard.get(timeout=60) == expected
    assert below.get(timeout=60) == expected

    missed = listen(ask(port, lines, Cookie=cookie(scene, "li"), Last_Event_ID="0"))
    assert [missed.get(timeout=60)["state"] for _each in range(2)] == ["submitted", "admitted"]

    # Were the streams not ended, the server would wait for them until its own patience is over.
    started = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=120)
    assert time.monotonic() - started < 60
    assert heard.get(timeout=60) is None
    assert others.get(timeout=60) is None
