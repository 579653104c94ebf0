"""Keep the programs of one installation running, and leave nothing behind.

Each child leads a process group of its own, so that what it started can be ended with it, and asks the kernel to be
told when the supervisor dies. If the supervisor is killed all the same, the next one finds the leftovers by a mark in
their environment and ends them before it starts (`end_leftovers`).
"""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ops.children import MARK, ends_with_us
from ops.errors import OpsError
from ops.installation import ROOT
from ops.programs import Program

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
TICK_SECONDS = 1.0
STOP_SECONDS = 12.0
# Short at its longest: a database that comes back after a minute must not leave a county waiting for half another.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
# A program that lived so long was healthy: its next end is an accident, not a mistake in the settings.
STABLE_SECONDS = 10.0
TRIES_BEFORE_STABLE = 5
LARGEST_LOG = 20 * 2**20
MEMORY = Path("/dev/shm")


@dataclass
class Child:
    """A program and how it has fared."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_again: float = 0.0
    pause: float = FIRST_PAUSE
    failures: int = 0
    proven: bool = False


@dataclass
class Supervisor:
    """Runs programs until a signal. `watch` is called every second and may start the database again."""

    data_dir: Path
    programs: list[Program]
    watch: Callable[[], None] = lambda: None
    when_ready: Callable[[], None] = lambda: None
    children: list[Child] = field(default_factory=list)

    def run(self) -> None:
        """Start all and keep it running until SIGINT or SIGTERM. Raises OpsError when a program will not stay up."""
        self.children = [Child(program) for program in self.programs]
        # Signals are taken one at a time below instead of interrupting whatever is being done.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS | {signal.SIGCHLD})
        # Where all processes keep their counters for /metrics; those of processes long gone are of no use.
        shutil.rmtree(self._metrics, ignore_errors=True)
        self._metrics.mkdir(parents=True, mode=0o700)
        try:
            self._tend()
            if self._wait_until_ready():
                self.when_ready()
                while not self._signalled(TICK_SECONDS):
                    self._tend()
        finally:
            self._stop()
            shutil.rmtree(self._metrics, ignore_errors=True)
            # A second Ctrl-C must not cut short what follows: the database is still to be stopped.
            for number in STOP_SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS | {signal.SIGCHLD})

    @property
    def _metrics(self) -> Path:
        """Name a folder in memory where there is one: on a full disk the kernel kills who counts in a mapped file."""
        if os.access(MEMORY, os.W_OK):
            return MEMORY / f"sidan-metrics-{hashlib.sha256(bytes(self.data_dir)).hexdigest()[:10]}"
        return self.data_dir / "metrics"

    def _wait_until_ready(self) -> bool:
        """Wait until every port answers; False when a signal came first."""
        waiting = [program.port for program in self.programs if program.port]
        while waiting:
            if self._signalled(0.1):
                return False
            self._tend()
            waiting = [port for port in waiting if not _answers(port)]
        return True

    def _signalled(self, seconds: float) -> bool:
        got = signal.sigtimedwait(STOP_SIGNALS | {signal.SIGCHLD}, seconds)
        return got is not None and got.si_signo in STOP_SIGNALS

    def _tend(self) -> None:
        self.watch()
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                self._bury(child, now)
            if child.process is None and now >= child.start_again:
                self._start(child, now)

    def _start(self, child: Child, now: float) -> None:
        log = self.log_of(child.program)
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        with log.open("ab") as output:
            child.process = subprocess.Popen(
                child.program.argv,
                cwd=ROOT,
                env={
                    **os.environ,
                    MARK: str(self.data_dir),
                    "PROMETHEUS_MULTIPROC_DIR": str(self._metrics),
                    "PYTHONPATH": str(ROOT),
                    "PYTHONUNBUFFERED": "1",
                },
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # We have one thread, so a fork copies no lock in the middle of its work.
                preexec_fn=ends_with_us(),
            )
        child.started = now

    def _bury(self, child: Child, now: float) -> None:
        """Take note of an end that nobody asked for, end what the program left, and plan the next start."""
        assert child.process is not None
        _signal_group(child.process.pid, signal.SIGKILL)
        lived = now - child.started
        child.proven = child.proven or lived >= STABLE_SECONDS
        child.failures += 1
        child.pause = FIRST_PAUSE if lived >= STABLE_SECONDS else min(child.pause * 2, LONGEST_PAUSE)
        child.start_again = now + child.pause
        name, code = child.program.name, child.process.returncode
        child.process = None
        if not child.proven and child.failures >= TRIES_BEFORE_STABLE:
            raise OpsError(
                f"{name} does not stay up ({_last_line(self.log_of(child.program))}); see sidan doctor"
            )
        print(
            f"{name} ended with {code}; starting it again in {child.pause:.1f} s", file=sys.stderr, flush=True
        )

    def _stop(self) -> None:
        """Ask all to end, the last started first; make those end that do not within some seconds."""
        running = [child.process for child in reversed(self.children) if child.process is not None]
        for process in running:
            _signal_group(process.pid, signal.SIGTERM, only_leader=True)
        give_up = time.monotonic() + STOP_SECONDS
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, give_up - time.monotonic()))
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()

    def log_of(self, program: Program) -> Path:
        """Return the file that a program's output goes to."""
        return self.data_dir / "logs" / f"{program.name}.log"


def end_leftovers(data_dir: Path) -> int:
    """End the programs that a killed supervisor of this very folder left running; return how many there were.

    Only call this with the supervisor's lock held: then nobody alive owns them.
    """
    left = list(_marked(data_dir))
    for pid in left:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGTERM)
    give_up = time.monotonic() + STOP_SECONDS
    while any(_lives(pid) for pid in left) and time.monotonic() < give_up:
        time.sleep(0.1)
    for pid in filter(_lives, left):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    return len(left)


def _marked(data_dir: Path) -> Iterator[int]:
    wanted = os.fsencode(f"{MARK}={data_dir}")
    for entry in Path("/proc").glob("[0-9]*"):
        # Processes of other users and those that have just ended cannot be read, and are not ours.
        with contextlib.suppress(OSError):
            if int(entry.name) != os.getpid() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                yield int(entry.name)


def _lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False


def _signal_group(pid: int, number: signal.Signals, *, only_leader: bool = False) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if only_leader:
            os.kill(pid, number)
        else:
            os.killpg(pid, number)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _last_line(log: Path) -> str:
    lines = [
        line.strip()
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        if line.strip()
    ]
    return f"{lines[-1][:160]}; all of it in {log}" if lines else f"nothing in {log}"
