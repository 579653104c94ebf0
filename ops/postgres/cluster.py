"""One data folder of PostgreSQL and the server on it."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from ops.errors import DiskFull, OpsError
from ops.postgres.account import ServerAccount, hand_over, run_as
from ops.postgres.binaries import Binaries
from ops.postgres.sockets import make_socket_folder, remove_dead_folders, remove_socket_folder

NEEDED_MEGABYTES = 200
# A busy backend of a killed postmaster holds the shared memory until its query ends.
START_TRIES_SECONDS = 30
STILL_IN_USE = (
    "pre-existing shared memory",
    "is still in use",
    "lock file",
    "another server might be running",
    # The killed one's connections have had the last word: the reason has not reached the log file yet.
    "unexpected postmaster exit",
)

# Row values must not reach the server's log: DETAIL lines and statements show them (the reason for terse and panic).
# Pages are short reads from memory or a solid disk: told otherwise the planner reads whole tables, and in parallel.
SETTINGS = """\
# Written by the launcher before every start; change postgresql.conf below the include line instead.
listen_addresses = ''
port = 5432
unix_socket_directories = '{sockets}'
max_connections = 100
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
timezone = 'UTC'
random_page_cost = 1.1
max_parallel_workers_per_gather = 0
jit = off
"""
# A checkpoint lets every page be written whole into the log once more: while much comes in at once, such as a county or
# a day's import, there are as few as a moderate disk allows.
DURABLE = "shared_buffers = {memory}MB\nmax_wal_size = 3GB\ncheckpoint_timeout = 15min\n"
# For tests only: a crash of the machine may lose everything. A hundred teams of a test press at the same moment, each
# with a connection of its own, beside what other processes of the run hold.
FORGETFUL = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 300\n"

LEAST_MB, MOST_MB = 128, 1024


def memory_for_pages_mb() -> int:
    """Return how much the server keeps of its tables: an eighth of this machine's memory, 128 MB to 1 GB.

    With PostgreSQL's 128 MB a district of 120,000 orders does not fit: pages are copied from the system at each use.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min(max(memory // 8 // 1024**2, LEAST_MB), MOST_MB)


@dataclass(frozen=True)
class Cluster:
    """Where the data lies, where the socket stands, which programs serve it, and as whom."""

    folder: Path
    sockets: Path
    binaries: Binaries
    account: ServerAccount
    durable: bool

    def exists(self) -> bool:
        return (self.folder / "PG_VERSION").exists()

    def create(self, *, password: str) -> None:
        """Make the data folder, first beside its place, so that a kill half way leaves nothing that looks whole."""
        partial = self.folder.with_name(self.folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        hand_over(self.account, partial)
        make_socket_folder(self.sockets, account=self.account)
        with tempfile.NamedTemporaryFile("w", dir=self.sockets, prefix="password-") as secret:
            secret.write(password)
            secret.flush()
            hand_over(self.account, Path(secret.name))
            options = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--data-checksums"]
            options += ["--username=postgres", f"--pwfile={secret.name}"] + (
                [] if self.durable else ["--no-sync"]
            )
            done = self._run("initdb", "--pgdata", partial, *options)
        if done.returncode:
            shutil.rmtree(partial, ignore_errors=True)
            raise OpsError(
                f"PostgreSQL could not make its data folder {self.folder}: {last_line(done.stderr)}"
            )
        with (partial / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude_if_exists = 'sidan.conf'\n# Your own settings may follow here.\n")
        partial.replace(self.folder)

    def pid(self) -> int | None:
        """Return the postmaster's process id if it serves this very folder, else None.

        `pg_ctl status` alone is fooled by a number that another process has got since; a postmaster's working folder is
        its data folder, so that tells them apart where /proc exists.
        """
        if self._run("pg_ctl", "status", "-D", self.folder).returncode:
            return None
        try:
            pid = int((self.folder / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            serves = (
                Path(f"/proc/{pid}/cwd").resolve(strict=True) if Path("/proc/self").exists() else self.folder
            )
        except (OSError, ValueError):
            return None
        return pid if serves == self.folder.resolve() else None

    def running_sockets(self) -> Path:
        """Return the socket folder of the running server, which may not be ours: line 5 of its lock file."""
        return Path((self.folder / "postmaster.pid").read_text(encoding="utf-8").split("\n")[4])

    def start(self) -> None:
        """Start and wait until it answers. Raises OpsError with the server's own last words when it does not."""
        check_disk(self.folder)
        make_socket_folder(self.sockets, account=self.account)
        remove_dead_folders(beside=self.sockets, account=self.account)
        if self.pid() is None:
            # Left by a kill -9; the server would refuse to start if its number now belongs to another process.
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            # The same for the socket's lock; the folder is this server's own. A zombie counts as alive there.
            (self.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)
        settings = SETTINGS.format(sockets=str(self.sockets).replace("'", "''")) + (
            DURABLE.format(memory=memory_for_pages_mb()) if self.durable else FORGETFUL
        )
        (self.folder / "sidan.conf").write_text(settings, encoding="utf-8")
        hand_over(self.account, self.folder / "sidan.conf")
        log = self.folder / "start.log"
        log.unlink(missing_ok=True)
        give_up = time.monotonic() + START_TRIES_SECONDS
        while self._run("pg_ctl", "start", "-D", self.folder, "-l", log, "-w", "-t", "60", "-s").returncode:
            said = self._last_words()
            if not any(words in said for words in STILL_IN_USE) or time.monotonic() > give_up:
                raise OpsError(f"PostgreSQL did not start on {self.folder}: {last_line(said)}")
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop the fast way (open transactions are rolled back), and at once if it does not obey in half a minute."""
        sockets = self.running_sockets()
        self._stop_server()
        remove_socket_folder(sockets)

    def _stop_server(self) -> None:
        for mode in ("fast", "immediate"):
            done = self._run("pg_ctl", "stop", "-D", self.folder, "-w", "-t", "30", "-m", mode, "-s")
            if done.returncode == 0 or self.pid() is None:
                return
        if pid := self.pid():
            os.kill(pid, signal.SIGKILL)

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run_as(self.account, [self.binaries.program(program), *arguments])

    def _last_words(self) -> str:
        texts = [
            self.folder / "start.log",
            *sorted((self.folder / "log").glob("*.log"), key=os.path.getmtime)[-1:],
        ]
        return "\n".join(
            path.read_text(encoding="utf-8", errors="replace")[-4000:] for path in texts if path.exists()
        )


def check_version(folder: Path, binaries: Binaries) -> None:
    """Raise OpsError when another major version made the folder: it must not be touched then. None made is fine."""
    version = folder / "PG_VERSION"
    made_by = version.read_text(encoding="ascii").strip() if version.exists() else str(binaries.major)
    if made_by != str(binaries.major):
        raise OpsError(
            f"the data folder {folder} was made by PostgreSQL {made_by}, and the one found here is "
            f"{binaries.major}; install {made_by}, or back up with it and restore into a new folder"
        )


def check_disk(folder: Path, *, extra: int = 0) -> None:
    """Raise DiskFull when there is too little room for the write-ahead log: PostgreSQL would stop in the middle.

    `extra` is what else is going to be written there, in megabytes.
    """
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    free, needed = shutil.disk_usage(existing).free // 2**20, NEEDED_MEGABYTES + extra
    if free < needed:
        raise DiskFull(
            f"the disk that holds {folder} is full: {free} MB are free and {needed} MB are needed; "
            "make room and try again"
        )


def last_line(text: str) -> str:
    """Return the line that says why: the last FATAL or error, else the last line at all."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrong = [line for line in lines if re.search(r"FATAL|PANIC|error:|ERROR", line)]
    return (wrong or lines or ["no reason was given"])[-1]
