"""A whole installation in processes of its own, under its supervisor, for tests that break it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bench.http_load import Connection, request
from bench.processes import family
from bench.site import ROOT, clean_environment, own_folder
from ops import postgres
from ops.supervisor import end_leftovers


def free_ports() -> int:
    """Return a port that is free now, with the second one after it.

    Below the range from which the kernel takes ports for outgoing connections: while a killed server is down, one of
    the clients could be given its port otherwise. Each process of a parallel run begins to look elsewhere.
    """
    nth = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in range(18531 + 500 * nth, 30000, 10):
        with socket.socket() as web, socket.socket() as live, contextlib.suppress(OSError):
            web.bind(("127.0.0.1", port))
            live.bind(("127.0.0.1", port + 2))
            return port
    raise OSError("no port is free for an installation to break")


PORT = free_ports()
SCRIPT = """
import json
from bench.site import load_county
from ops import programs
from ops.commands.running import only_supervisor, supervise
from ops.installation import data_folder, run_django, running_installation

(data_folder() / "static").mkdir()
with running_installation(create=True) as urls:
    run_django("migrate", "--verbosity=0", as_owner=True)
    county = load_county()
    wanted = [programs.web(), programs.worker()]
    with only_supervisor(wanted):
        supervise(wanted, urls, when_ready=lambda: print(json.dumps([urls.app, urls.superuser, county]), flush=True))
"""


@dataclass(frozen=True)
class Supervised:
    """The installation as a test sees it: a port, a database, and processes to end."""

    folder: Path
    supervisor: subprocess.Popen[str]
    database_url: str
    superuser_url: str
    county: dict[str, Any]
    port: int = PORT

    def postmasters(self) -> list[int]:
        """Return the process of the database server, if it is up."""
        pid = postgres.postmaster_pid(self.folder)
        return [pid] if pid else []

    def web_workers(self) -> list[int]:
        """Return the processes that answer requests: children of granian's first process."""
        return [pid for leader in self._leaders(b"granian") for pid in family(leader) if pid != leader]

    def job_workers(self) -> list[int]:
        """Return the process that does jobs."""
        return self._leaders(b"procrastinate")

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database itself."""
        with psycopg.connect(self.database_url) as connection:
            return connection.execute(sql, values).fetchall()

    def ask(self, **parts: Any) -> tuple[int, dict[str, Any]]:
        """Send one request on a connection of its own and read the JSON that comes back."""
        status, body = self.fetch(**parts)
        return status, json.loads(body) if body else {}

    def fetch(self, **parts: Any) -> tuple[int, bytes]:
        """Send one request on a connection of its own."""
        connection = Connection(self.port)
        try:
            return connection.ask(request(**parts))
        finally:
            connection.close()

    def _leaders(self, word: bytes) -> list[int]:
        found = []
        for pid in family(self.supervisor.pid):
            with contextlib.suppress(OSError):
                line = Path(f"/proc/{pid}/cmdline").read_bytes()
                if word in line and os.getpgid(pid) == pid:
                    found.append(pid)
        return found


@pytest.fixture(scope="session")
def site() -> Iterator[Supervised]:
    """Start everything as a county would, fsync on; whatever a test did to it, nothing is left."""
    with own_folder() as folder, supervised(folder, port=PORT) as site:
        yield site


@contextlib.contextmanager
def supervised(folder: Path, *, port: int, script: str = SCRIPT) -> Iterator[Supervised]:
    """Run an installation in a folder until the block ends; then it must stop as it should."""
    supervisor = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=clean_environment(folder, port=port, live_port=port + 2),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert supervisor.stdout
        line = supervisor.stdout.readline()
        assert line, "the installation did not start; its reason stands above"
        url, superuser_url, county = json.loads(line)
        yield Supervised(folder, supervisor, url, superuser_url, county, port)
        supervisor.send_signal(signal.SIGTERM)
        assert supervisor.wait(timeout=120) == 0
    finally:
        supervisor.kill()
        supervisor.communicate()
        end_leftovers(folder)
