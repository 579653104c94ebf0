"""`sidan demo` as a person runs it: from nothing to an answer in the browser, stopped, and started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops import postgres
from ops.supervisor import end_leftovers
from tests.ops.installations import ROOT, Installation
from tests.ops.test_supervisor import marked, wait_for

pytestmark = pytest.mark.slow
# Everything else on this machine may be busy: what takes five seconds alone may take many.
PATIENCE = 180


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def county(open_folder: Path) -> Installation:
    ports = {"SIDAN_PORT": str(free_port()), "SIDAN_LIVE_PORT": str(free_port())}
    return Installation(open_folder / "demo", ports)


@contextlib.contextmanager
def demo(installation: Installation) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run the demo until the address is printed; give the process and what it has said so far."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ops.cli", "demo"],
        cwd=ROOT,
        env=installation.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
    reader.start()
    try:
        wait_for(lambda: process.poll() is not None or any("Sidan is at" in line for line in said), PATIENCE)
        assert process.poll() is None, "".join(said)
        yield process, said
    finally:
        process.kill()
        process.wait()
        reader.join()
        if process.stdout:
            process.stdout.close()
        end_leftovers(installation.folder)


def status_of(installation: Installation, path: str) -> int:
    url = f"http://127.0.0.1:{installation.settings['SIDAN_PORT']}{path}"
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def toured(installation: Installation) -> subprocess.CompletedProcess[str]:
    """Take the tour against a demo that runs."""
    words = [sys.executable, "-m", "ops.tour", f"http://127.0.0.1:{installation.settings['SIDAN_PORT']}"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


def test_a_demo_starts_survives_kills_stops_whole_and_keeps_its_data(county: Installation) -> None:
    with demo(county) as (process, said):
        assert sum("dispatcher" in line for line in said) == 1
        assert any("worker.log" in line for line in said)
        assert status_of(county, "/readyz") == status_of(county, "/") == 200

        tour = toured(county)
        assert tour.returncode == 0, tour.stdout + tour.stderr

        assert "running already" in county.refused("demo")
        same_port = Installation(county.folder.parent / "other", county.settings)
        assert f"port {county.settings['SIDAN_PORT']} is in use" in same_port.refused("demo")
        assert not (same_port.folder / "postgres").exists()

        server = postgres.postmaster_pid(county.folder)
        assert server
        os.kill(server, signal.SIGKILL)
        wait_for(lambda: postgres.postmaster_pid(county.folder) not in (None, server), PATIENCE)
        wait_for(lambda: status_of(county, "/readyz") == 200, PATIENCE)

        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
        assert marked(county.folder) == set()
        assert postgres.postmaster_pid(county.folder) is None

    began = time.monotonic()
    with demo(county) as (process, said):
        assert any("data already" in line for line in said)
        assert any("dispatcher" in line for line in said)
        print(f"a second start took {time.monotonic() - began:.1f} s")
        # The supervisor dies in the middle of everything: the next start adopts or ends what it left.
        process.kill()
        process.wait()
    with demo(county) as (process, _):
        assert status_of(county, "/readyz") == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0
    assert [line for line in county.sidan("doctor").stdout.splitlines() if line.startswith("WRONG")] == []
    assert "are gone" in county.must("reset", "--yes")
    assert not (county.folder / "postgres").exists()


def test_a_start_killed_while_it_loads_leaves_nothing_and_the_next_one_loads_anew(
    county: Installation,
) -> None:
    words = [sys.executable, "-m", "ops.cli", "demo", "--no-serve"]
    killed = subprocess.Popen(
        words,
        cwd=ROOT,
        env=county.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert killed.stdout
        assert any("Loading the county" in line for line in killed.stdout)
        wait_for(lambda: marked(county.folder) != set(), PATIENCE)
    finally:
        killed.kill()
        killed.communicate()
    # Without a pause: what the killed one had begun to write may still be on its way.
    assert "Loaded " in county.must("demo", "--no-serve")
    assert marked(county.folder) == set()


def test_reset_asks_and_without_a_terminal_deletes_nothing(county: Installation) -> None:
    county.folder.mkdir()
    (county.folder / "sidan.env").write_text("SIDAN_SECRET_KEY=kept\n")
    assert "asks first" in county.refused("reset")
    assert (county.folder / "sidan.env").exists()
