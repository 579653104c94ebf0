"""The disk fills while people order: they are told, nothing acknowledged is lost, and it goes on by itself."""

import contextlib
import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bench.site import own_folder
from ops import postgres
from tests.faults.conftest import SCRIPT, Supervised, free_ports, supervised
from tests.faults.test_kill import (
    BEFORE_THE_FIRST_KILL,
    Orderers,
    assert_acknowledged_is_there_once,
    assert_all_programs_came_back,
)
from tests.faults.test_lost_database import EN, SORRY, ZH

pytestmark = pytest.mark.slow
DISK_MEGABYTES = 500
# A real installation asks for 200 MB before it starts its database; this disk is not large enough for that.
LESS_ROOM = "from ops.postgres import cluster\ncluster.NEEDED_MEGABYTES = 60\n"
PATIENCE = 240


@dataclass
class Disk:
    """A disk that can be filled and freed."""

    folder: Path

    def fill(self) -> None:
        """Leave room for not one page more."""
        with (self.folder / "ballast").open("ab", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(b"x" * 4096)

    def free(self) -> None:
        """Make room, and do nothing else: nobody tells the installation."""
        (self.folder / "ballast").unlink()


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    """Mount a small file system on a folder where that is allowed."""
    options = f"size={DISK_MEGABYTES}m,mode=0755"
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", options, "sidan-test", str(folder)]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.xfail("a small file system must be mounted for this: it takes root with CAP_SYS_ADMIN")
    try:
        yield Disk(folder)
    finally:
        postgres.stop(folder)
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def cramped() -> Iterator[tuple[Supervised, Disk]]:
    """An installation of its own on a disk of its own."""
    with (
        own_folder() as folder,
        small_disk(folder) as disk,
        supervised(folder, port=free_ports(), script=LESS_ROOM + SCRIPT) as site,
    ):
        yield site, disk


def wait_until(condition: Callable[[], bool], what: str) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, what
        time.sleep(0.2)


def is_told_in_words(site: Supervised) -> bool:
    """Say whether a reader of each language is told in it that it does not work now."""
    for cookie in (ZH, EN):
        status, body = site.fetch(method="GET", path="/services/", cookie=cookie)
        if status != 503 or SORRY[cookie] not in body.decode():
            return False
    return True


def keep_no_old_log(site: Supervised) -> None:
    """Let the server throw old files of its log away: with them it could begin anew on a full disk, again and again."""
    with psycopg.connect(site.superuser_url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET wal_recycle = off")
        connection.execute("SELECT pg_reload_conf()")


def provoke_the_end(site: Supervised, disk: Disk) -> bool:
    """Write into the server's log until there is no room for more: it ends, rather than promise what it cannot keep."""
    disk.fill()
    with (
        contextlib.suppress(psycopg.Error),
        psycopg.connect(site.superuser_url, autocommit=True) as connection,
    ):
        for _nth in range(500):
            connection.execute("SELECT pg_logical_emit_message(true, 'a test', repeat('x', 1000000))")
    return not site.postmasters()


def test_a_full_disk_is_told_of_loses_nothing_and_is_got_over(cramped: tuple[Supervised, Disk]) -> None:
    site, disk = cramped
    started = datetime.now(UTC)
    keep_no_old_log(site)
    with Orderers(site.county, port=site.port) as orderers:
        time.sleep(BEFORE_THE_FIRST_KILL)
        before = len(orderers.acknowledged)
        assert before > 0
        disk.fill()
        wait_until(lambda: bool(orderers.unavailable), "nobody noticed that the disk is full")
        assert_told_in_words(list(orderers.unavailable))
        first = site.postmasters()
        wait_until(
            lambda: provoke_the_end(site, disk) or site.postmasters() != first,
            "the server goes on without a log",
        )
        wait_until(lambda: is_told_in_words(site), "readers are not told")
        time.sleep(5)
        assert site.supervisor.poll() is None, "nobody is left to start it again"
        disk.free()
        wait_until(lambda: len(orderers.acknowledged) > before + 50, "it did not go on by itself")
    assert_acknowledged_is_there_once(site, orderers, since=started)
    assert_all_programs_came_back(site)


def assert_told_in_words(bodies: list[bytes]) -> None:
    """Each client that could not be served was told so in its own language."""
    for body in bodies:
        problem = json.loads(body)
        assert (problem["status"], problem["code"]) == (503, "unavailable")
        assert SORRY[ZH] in problem["title"]
