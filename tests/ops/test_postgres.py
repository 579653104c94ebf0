"""The launcher against real servers of both kinds: nothing here is simulated."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from ops import envfile, postgres
from ops.errors import OpsError
from ops.postgres import account, binaries, cluster, launcher, sockets

KINDS: list[binaries.Kind] = ["wheel", "system"]


def skip_unless_present(kind: binaries.Kind) -> None:
    """The machine's own PostgreSQL is a second kind to test where there is one; the wheel is always there."""
    if kind == "system" and not shutil.which("psql") and not Path("/usr/lib/postgresql").is_dir():
        pytest.xfail("this machine has no PostgreSQL of its own")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_folder_becomes_a_chinese_speaking_database_with_two_roles(
    open_folder: Path, kind: binaries.Kind
) -> None:
    skip_unless_present(kind)
    with postgres.running_database(open_folder, kind=kind, durable=False) as urls:
        with psycopg.connect(urls.app) as connection:
            row = connection.execute("SELECT current_user, '寻乌' ~ '^\\w+$', upper('é')").fetchone()
            assert row == ("sidan_app", True, "É")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("CREATE TABLE t (id int)")
        with psycopg.connect(urls.owner) as connection:
            connection.execute("CREATE TABLE t (id int)")
            connection.execute("CREATE EXTENSION btree_gist")
    assert postgres.postmaster_pid(open_folder, kind=kind) is None


def test_only_the_owner_of_the_installation_can_read_its_passwords(open_folder: Path) -> None:
    with postgres.running_database(open_folder, durable=False) as urls:
        wrong = urls.app.replace("sidan_app:", "sidan_app:x")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(wrong)
    assert (open_folder / envfile.ENV_NAME).stat().st_mode & 0o777 == 0o600


def test_the_last_user_stops_the_server_and_no_earlier_one(open_folder: Path) -> None:
    with postgres.running_database(open_folder, durable=False) as first:
        with postgres.running_database(open_folder, durable=False) as second:
            assert second == first
        assert postgres.postmaster_pid(open_folder)
    assert postgres.postmaster_pid(open_folder) is None


def test_a_started_server_stays_until_it_is_stopped(open_folder: Path) -> None:
    postgres.start(open_folder, durable=False)
    with postgres.running_database(open_folder, durable=False):
        pass
    assert postgres.postmaster_pid(open_folder)
    assert postgres.stop(open_folder)
    assert not postgres.stop(open_folder)


def test_what_was_committed_is_there_after_kill_9_of_the_server(open_folder: Path) -> None:
    with postgres.running_database(open_folder) as urls:
        with psycopg.connect(urls.owner) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        pid = postgres.postmaster_pid(open_folder)
        assert pid
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        with postgres.running_database(open_folder) as again, psycopg.connect(again.owner) as connection:
            assert connection.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_server_killed_while_it_is_started_again_is_one_sentence_and_comes_up_at_the_next_try(
    open_folder: Path,
) -> None:
    with (
        postgres.running_database(open_folder) as urls,
        ThreadPoolExecutor(max_workers=1) as beside,
        contextlib.closing(psycopg.connect(urls.superuser)) as holding,
        contextlib.closing(psycopg.connect(urls.superuser, autocommit=True)) as looking,
    ):
        holding.execute("LOCK TABLE pg_catalog.pg_authid IN SHARE MODE")
        starting = beside.submit(postgres.revive, open_folder)
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while looking.execute(waiting).fetchone() == (0,):
            assert not starting.done()
            time.sleep(0.05)
        pid = postgres.postmaster_pid(open_folder)
        assert pid
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(OpsError, match="broke off while it was started"):
            starting.result(timeout=60)
        again = postgres.revive(open_folder)
        with psycopg.connect(again.app) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_left_by_a_killed_program_is_adopted_and_then_stopped(open_folder: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from ops.postgres import running_database\n"
        "with running_database(Path(sys.argv[1]), durable=False): print('up', flush=True); time.sleep(60)"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(open_folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert program.stdout
    assert program.stdout.readline() == "up\n"
    program.kill()
    program.wait()
    program.stdout.close()
    left = postgres.postmaster_pid(open_folder)
    assert left
    with postgres.running_database(open_folder, durable=False):
        assert postgres.postmaster_pid(open_folder) == left
    assert postgres.postmaster_pid(open_folder) is None


def test_a_lock_file_whose_number_another_process_got_is_not_believed(open_folder: Path) -> None:
    with postgres.running_database(open_folder, durable=False):
        lines = (open_folder / "postgres" / "postmaster.pid").read_text().split("\n")
    stale = open_folder / "postgres" / "postmaster.pid"
    stale.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    account.hand_over(account.server_account(), stale)
    with postgres.running_database(open_folder, durable=False) as urls, psycopg.connect(urls.app):
        assert postgres.postmaster_pid(open_folder) != os.getpid()


def test_a_folder_of_another_version_is_refused_and_left_alone(open_folder: Path) -> None:
    (open_folder / "postgres").mkdir()
    (open_folder / "postgres" / "PG_VERSION").write_text("14\n")
    with (
        pytest.raises(OpsError, match=r"made by PostgreSQL 14"),
        postgres.running_database(open_folder, durable=False),
    ):
        pass
    assert [path.name for path in (open_folder / "postgres").iterdir()] == ["PG_VERSION"]


def test_a_full_disk_is_one_sentence(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "NEEDED_MEGABYTES", 10**9)
    with pytest.raises(OpsError, match="is full"), postgres.running_database(open_folder):
        pass
    assert not (open_folder / "postgres").exists()


def test_a_database_given_by_url_is_used_as_it_is(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://sidan_app@db/sidan")
    with postgres.running_database(open_folder) as urls:
        assert urls.app == urls.owner == "postgresql://sidan_app@db/sidan"
    assert list(open_folder.iterdir()) == []


def test_data_and_programs_in_a_closed_home_are_kept_outside(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.xfail("only root lends the server another account")
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setattr(launcher, "OUTSIDE", open_folder / "outside")
    with postgres.running_database(home / "var", durable=False) as urls, psycopg.connect(urls.app):
        location = Path((home / "var" / "postgres.location").read_text().strip())
        assert location.is_relative_to(open_folder / "outside")
    found = postgres.find_binaries(kind="wheel")
    package = found.folder.parent.parent
    shutil.copytree(package, home / package.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    shutil.copytree(libraries, home / libraries.name, symlinks=True)
    closed = binaries.Binaries(
        folder=home / package.name / "pginstall" / "bin", major=found.major, kind="wheel"
    )
    server = account.server_account()
    copied = binaries.reachable(closed, server, store=open_folder / "store")
    assert copied.folder.is_relative_to(open_folder / "store")
    assert account.run_as(server, [copied.program("postgres"), "--version"]).returncode == 0


def test_a_stop_removes_the_socket_s_folder_and_looking_makes_none(open_folder: Path) -> None:
    with postgres.running_database(open_folder, durable=False) as urls:
        assert urls.socket
        folder = urls.socket.parent
        assert urls.socket.exists()
    assert not folder.exists()
    assert postgres.postmaster_pid(open_folder) is None
    assert not postgres.stop(open_folder)
    assert not folder.exists()


def test_a_start_removes_what_a_killed_server_left_and_nothing_that_may_live(tmp_path: Path) -> None:
    me = account.ServerAccount(uid=os.geteuid(), gid=os.getegid(), lent=False)
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    names = {"mine": "aaaaaaaaaa", "dead": "bbbbbbbbbb", "alive": "cccccccccc", "young": "dddddddddd"}
    folders = {word: tmp_path / f"sidan-{name}" for word, name in names.items()}
    other = tmp_path / "sidan-demo"
    for folder in (*folders.values(), other):
        sockets.make_socket_folder(folder, account=me)
    for word, pid in (("dead", int(ended.stdout)), ("young", int(ended.stdout)), ("alive", os.getpid())):
        (folders[word] / ".s.PGSQL.5432.lock").write_text(f"{pid}\n/somewhere\n")
        (folders[word] / ".s.PGSQL.5432").touch()
    long_ago = time.time() - 2 * sockets.YOUNG_SECONDS
    for folder in (folders["mine"], folders["dead"], folders["alive"], other):
        os.utime(folder, (long_ago, long_ago))
    sockets.remove_dead_folders(beside=folders["mine"], account=me)
    assert sorted(tmp_path.iterdir()) == sorted([folders["mine"], folders["alive"], folders["young"], other])


@pytest.mark.parametrize(("gigabytes", "kept_mb"), [(0.5, 128), (4, 512), (64, 1024)])
def test_the_server_keeps_an_eighth_of_the_memory_for_its_tables(
    monkeypatch: pytest.MonkeyPatch, gigabytes: float, kept_mb: int
) -> None:
    machine = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(gigabytes * 1024**3) // 4096}
    monkeypatch.setattr(os, "sysconf", machine.__getitem__)
    assert cluster.memory_for_pages_mb() == kept_mb
