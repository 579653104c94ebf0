"""A whole installation to measure or to break: its own folder, its own PostgreSQL with fsync on, granian before it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops import installation, postgres, programs

ROOT = Path(__file__).resolve().parent.parent
PORT = 18431
READY_SECONDS = 40


@dataclass(frozen=True)
class Site:
    """What runs, and what is in it."""

    folder: Path
    port: int
    urls: postgres.Urls
    county: dict[str, Any]
    web_pid: int
    postmaster_pid: int


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """Give a folder that PostgreSQL's own account can reach, and leave nothing of it."""
    folder = Path(tempfile.mkdtemp(prefix="sidan-bench-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        postgres.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


def clean_environment(folder: Path, *, port: int, live_port: int) -> dict[str, str]:
    """Return the surroundings of an installation that takes nothing over from whoever calls it."""
    foreign = ("SIDAN_", "DATABASE_", "DJANGO_", "PROMETHEUS_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    own = {
        "SIDAN_DATA": str(folder),
        "SIDAN_MODE": "demo",
        "SIDAN_PORT": str(port),
        "SIDAN_LIVE_PORT": str(live_port),
    }
    return {"PYTHONPATH": str(ROOT), **kept, **own}


@contextlib.contextmanager
def measured_site() -> Iterator[Site]:
    """Migrate, load the county, serve it with the very command line of a real installation."""
    with own_folder() as folder:
        environment = clean_environment(folder, port=PORT, live_port=PORT + 2)
        os.environ.clear()
        os.environ.update(environment)
        with installation.running_installation(create=True) as urls:
            print("migrating", flush=True)
            installation.run_django("migrate", "--verbosity=0", as_owner=True)
            print("loading a county", flush=True)
            county = load_county()
            pid = postgres.postmaster_pid(folder)
            assert pid, "the server has just been started"
            with _serving(folder) as web_pid:
                yield Site(folder, PORT, urls, county, web_pid, pid)


def load_county() -> dict[str, Any]:
    """Build the county in a process of its own, so that this one stays free of Django's settings."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.county"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    if done.returncode:
        raise RuntimeError(f"the county could not be built:\n{done.stderr}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[int]:
    metrics = folder / "metrics"
    metrics.mkdir()
    (folder / "static").mkdir(exist_ok=True)
    # As the supervisor starts it: the counters of all workers in one folder, the output in a file.
    surroundings = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(metrics), "PYTHONUNBUFFERED": "1"}
    with (folder / "web.log").open("wb") as log:
        web = subprocess.Popen(programs.web().argv, cwd=ROOT, env=surroundings, stdout=log, stderr=log)
        try:
            wait_for_port(PORT)
            yield web.pid
        finally:
            web.terminate()
            web.wait(timeout=20)


def wait_for_port(port: int) -> None:
    """Wait until somebody listens.

    Raises:
        TimeoutError: nobody does within forty seconds.
    """
    give_up = time.monotonic() + READY_SECONDS
    while time.monotonic() < give_up:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on port {port}")
