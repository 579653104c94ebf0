"""A small installation for the browser: a database of its own, granian, the live process and the worker."""

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.conftest import DATABASE
from tests.database import ROOT, settings_environment

START_SECONDS = 180
PROGRAMS = ("serve", "live", "worker")


@dataclass(frozen=True)
class Site:
    """Where it answers, who is there, and what its programs wrote."""

    url: str
    logs: Path
    things: dict[str, str]
    sessions: dict[str, str]
    phones: dict[str, str]
    codes_seen: set[str] = field(default_factory=set)

    def code_sent(self) -> str:
        """Return the six digits that the console channel wrote last; waits for the worker."""
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit:
            new = [digits for digits in self._codes() if digits not in self.codes_seen]
            if new:
                self.codes_seen.update(new)
                return new[-1]
            time.sleep(0.1)
        raise AssertionError("no code was written to the console channel")

    def _codes(self) -> Iterator[str]:
        """Read the lines of the console channel: one JSON object each."""
        for path in self.logs.glob("*.log"):
            for line in path.read_text(errors="replace").splitlines():
                if '"channel": "console"' in line:
                    yield from re.findall(r"(?<!\d)\d{6}(?!\d)", json.loads(line)["text"])


@contextlib.contextmanager
def running_site() -> Iterator[Site]:
    """Make it, serve it, and take everything away again."""
    # The name begins with our own process's, so that a run that was killed is cleaned up after.
    database = replace(DATABASE, name=f"{DATABASE.name}_browser")
    database.drop()
    database.create()
    with contextlib.ExitStack() as stack:
        stack.callback(database.drop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sidan-browser-")))
        (folder / "logs").mkdir()
        web_port, live_port = free_port(), free_port()
        environment = {
            **os.environ,
            **settings_environment(),
            # The console channel shows its codes in the demo only.
            "SIDAN_MODE": "demo",
            "SIDAN_DATA": str(folder),
            "SIDAN_PORT": str(web_port),
            "SIDAN_LIVE_PORT": str(live_port),
            "SIDAN_LIVE_URL": f"http://127.0.0.1:{live_port}/live/",
            "SIDAN_WEB_WORKERS": "1",
            "DATABASE_URL": database.app_url,
            "DATABASE_OWNER_URL": database.owner_url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        run_module(environment, "django", "collectstatic", "--noinput", "--verbosity=0")
        told = json.loads(run_module(environment, "tests.browser.build"))
        for program in PROGRAMS:
            stack.enter_context(running_program(program, environment, folder / "logs" / f"{program}.log"))
        site = Site(url=f"http://127.0.0.1:{web_port}", logs=folder / "logs", **told)
        wait_until_ready(f"{site.url}/readyz", folder / "logs" / "serve.log")
        yield site


def run_module(environment: dict[str, str], module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@contextlib.contextmanager
def running_program(verb: str, environment: dict[str, str], log: Path) -> Iterator[None]:
    with log.open("w") as target:
        process = subprocess.Popen(
            [sys.executable, "-m", "ops.cli", verb], cwd=ROOT, env=environment, stdout=target, stderr=target
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str, log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=30) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise AssertionError(f"the site does not answer: {log.read_text()[-2000:]}")
