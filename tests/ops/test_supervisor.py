"""The supervisor with real processes: small ones of our own, killed in all the ways a machine kills."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ops.supervisor import MARK, end_leftovers

ROOT = Path(__file__).resolve().parents[2]
# A program that itself starts another one, as a web server starts its workers.
SLEEP = "import time; time.sleep(99)"
PROGRAM = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', '{SLEEP}']); {SLEEP}"
SCRIPT = """
import sys
from pathlib import Path
from ops.errors import OpsError
from ops.programs import Program
from ops.supervisor import Supervisor
programs = [Program("one", (sys.executable, "-c", sys.argv[2])), Program("two", (sys.executable, "-c", sys.argv[2]))]
try:
    Supervisor(Path(sys.argv[1]), programs, when_ready=lambda: print("ready", flush=True)).run()
except OpsError as error:
    sys.exit(str(error))
print("stopped", flush=True)
"""


@contextlib.contextmanager
def supervising(folder: Path, program: str = PROGRAM) -> Iterator[subprocess.Popen[str]]:
    """Run a supervisor over two programs; whatever happens, nothing of it stays."""
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SCRIPT), str(folder), program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
        end_leftovers(folder)


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    give_up = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < give_up, "it did not come to that"
        time.sleep(0.05)


def marked(folder: Path) -> set[int]:
    """Return the programs of this folder, and what they started."""
    wanted, found = f"{MARK}={folder}".encode(), set()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                found.add(int(entry.name))
    return found


def started(process: subprocess.Popen[str], folder: Path) -> None:
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    wait_for(lambda: len(marked(folder)) == 4)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_all_programs_and_what_they_started(tmp_path: Path, number: signal.Signals) -> None:
    with supervising(tmp_path) as process:
        started(process, tmp_path)
        process.send_signal(number)
        said, _ = process.communicate(timeout=120)
        assert said == "stopped\n"
        assert process.returncode == 0
        assert marked(tmp_path) == set()


def test_a_killed_program_is_started_again_and_its_orphans_are_ended(tmp_path: Path) -> None:
    with supervising(tmp_path) as process:
        started(process, tmp_path)
        before = marked(tmp_path)
        leader = next(pid for pid in before if os.getpgid(pid) == pid)
        group = {pid for pid in before if os.getpgid(pid) == leader}
        os.kill(leader, signal.SIGKILL)
        wait_for(lambda: not group & marked(tmp_path) and len(marked(tmp_path)) == 4)


def test_programs_end_when_the_supervisor_is_killed_and_the_next_one_finds_the_rest(tmp_path: Path) -> None:
    with supervising(tmp_path) as process:
        started(process, tmp_path)
        leaders = {pid for pid in marked(tmp_path) if os.getpgid(pid) == pid}
        process.kill()
        process.wait()
        wait_for(lambda: not leaders & marked(tmp_path))
        assert end_leftovers(tmp_path) == 2
        assert marked(tmp_path) == set()


def test_a_program_that_never_stays_up_ends_everything_with_its_last_words(tmp_path: Path) -> None:
    with supervising(tmp_path, "raise SystemExit('no such setting')") as process:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "does not stay up (no such setting" in said.splitlines()[-1]
        assert marked(tmp_path) == set()
