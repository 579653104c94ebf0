"""What was acknowledged is there, once, whatever is killed meanwhile."""

import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

import pytest

from bench.http_load import Connection, request
from tests.faults.conftest import PORT, Supervised

CLIENTS = 16
KILLS = 20
PAUSE = 1.2
# The supervisor takes a program that never lived so long for one with wrong settings.
BEFORE_THE_FIRST_KILL = 10.5


class Orderers:
    """Sixteen clients that place orders and repeat each one, with its key, until it is acknowledged.

    Within `with`: a test that fails must not leave them at work beside the tests that come after it.
    """

    def __init__(self, county: dict[str, Any], *, port: int = PORT) -> None:
        self.acknowledged: dict[str, str] = {}
        self.refused: list[str] = []
        self.repeated, self._port = 0, port
        self.unavailable: list[bytes] = []
        self._county, self._lock = county, threading.Lock()
        self._stop, self._give_up = threading.Event(), threading.Event()
        self._threads = [threading.Thread(target=self._work) for _nth in range(CLIENTS)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, failed: type[BaseException] | None, *_told: object) -> None:
        if failed is not None:
            self._give_up.set()
        self.stop()

    def stop(self) -> None:
        """Let every client bring its last order to an end."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=180)
            assert not thread.is_alive(), "a client still waits for its answer"

    def _work(self) -> None:
        connection: Connection | None = None
        while not self._stop.is_set():
            key, tries = str(uuid4()), 0
            wanted = order_request(self._county, key=key)
            answer = None
            while answer is None and not self._give_up.is_set():
                connection, answer = self._try(connection, wanted)
                tries += 1
            if answer is None:
                break
            status, body = answer
            with self._lock:
                self.repeated += tries > 1
                if status == 201:
                    self.acknowledged[key] = json.loads(body)["number"]
                else:
                    self.refused.append(f"{status} {body!r}")
        if connection is not None:
            connection.close()

    def _try(
        self, connection: Connection | None, wanted: bytes
    ) -> tuple[Connection | None, tuple[int, bytes] | None]:
        try:
            connection = connection or Connection(self._port)
            status, body = connection.ask(wanted)
        except OSError:
            if connection is not None:
                connection.close()
            time.sleep(0.1)
            return None, None
        if status >= 500:
            with self._lock:
                self.unavailable.append(body)
            time.sleep(0.1)
            return connection, None
        return connection, (status, body)


def order_request(county: dict[str, Any], *, key: str) -> bytes:
    """Make the request of somebody's wish for the day after tomorrow."""
    wished = datetime.now(UTC) + timedelta(days=2)
    body = {
        "project": random.choice(county["projects"])["uuid"],
        "wished_from": wished.isoformat(),
        "wished_to": (wished + timedelta(hours=2)).isoformat(),
    }
    who = random.choice(county["residents"])
    return request(
        method="POST", path="/api/v1/orders", token=who["token"], key=key, body=json.dumps(body).encode()
    )


def kill_one(site: Supervised, kind: str) -> None:
    """End one process of a kind with SIGKILL, waiting until there is one."""
    look: dict[str, Callable[[], list[int]]] = {
        "web": site.web_workers,
        "jobs": site.job_workers,
        "database": site.postmasters,
    }
    give_up = time.monotonic() + 180
    while time.monotonic() < give_up:
        if found := look[kind]():
            os.kill(random.choice(found), signal.SIGKILL)
            return
        time.sleep(0.2)
    pytest.fail(f"nothing of {kind} came back")


@pytest.mark.slow
def test_twenty_kills_lose_no_acknowledged_order_and_double_none(site: Supervised) -> None:
    ready, started = time.monotonic(), datetime.now(UTC)
    with Orderers(site.county) as orderers:
        time.sleep(max(0.0, ready + BEFORE_THE_FIRST_KILL - time.monotonic()))
        for nth in range(KILLS):
            kill_one(site, ("web", "jobs", "database")[nth % 3])
            time.sleep(PAUSE)

    assert orderers.repeated > 0, "the kills were not even noticed"
    assert len(orderers.acknowledged) > 100
    assert_acknowledged_is_there_once(site, orderers, since=started)
    assert_all_programs_came_back(site)


def assert_acknowledged_is_there_once(site: Supervised, orderers: Orderers, *, since: datetime) -> None:
    """What clients were told of is in the database once, and nothing else is."""
    assert orderers.refused == []
    assert len(set(orderers.acknowledged.values())) == len(orderers.acknowledged)
    found = dict(
        site.rows(
            "SELECT o.number, count(s.id) FROM orders_order o LEFT JOIN orders_orderstep s"
            " ON s.order_id = o.id AND s.verb = 'submit' WHERE o.created_at >= %s GROUP BY o.number",
            since,
        )
    )
    # Every client brought its last order to an end, so what is there is exactly what was acknowledged.
    assert set(found) == set(orderers.acknowledged.values())
    assert set(found.values()) == {1}
    kept = site.rows(
        "SELECT count(*) FROM core_idempotencykey WHERE key = ANY(%s)", list(orderers.acknowledged)
    )
    assert kept == [(len(orderers.acknowledged),)]


def assert_all_programs_came_back(site: Supervised) -> None:
    """Whoever was killed last may still be waiting for its turn."""
    give_up = time.monotonic() + 120
    while not (site.web_workers() and site.job_workers() and site.postmasters()):
        assert time.monotonic() < give_up
        time.sleep(0.2)
    assert site.fetch(method="GET", path="/services/")[0] == 200
