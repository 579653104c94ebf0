"""Start, share and stop the installation's own PostgreSQL.

Several processes may use one data folder at a time (the demo, a backup, a test run). Each holds a shared lock on
`postgres.users` while it does, and the last one to leave stops the server; the kernel drops the lock of a process that
is killed. `postgres.lock` makes starting and stopping one at a time.
"""

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import psycopg

from ops.errors import OpsError
from ops.postgres.account import ServerAccount, can_reach, server_account
from ops.postgres.binaries import Binaries, Kind, all_binaries, find_binaries, is_reachable, reachable
from ops.postgres.cluster import Cluster, check_disk, check_version, last_line
from ops.postgres.roles import Urls, make_roles, passwords, urls_at, urls_from_environment

# Where root keeps what the server's own account must reach when the installation lies in a closed home folder.
OUTSIDE = Path("/var/lib/sidan")
LONGEST_SOCKET_PATH = 107
# What a new database takes before anything is in it, and a copy of PostgreSQL's programs.
NEW_CLUSTER_MEGABYTES, COPY_MEGABYTES = 100, 100


@contextlib.contextmanager
def running_database(data_dir: Path, *, kind: Kind = "auto", durable: bool = True) -> Iterator[Urls]:
    """Give a running database for as long as the block lasts, and stop it if nobody else uses it then.

    DATABASE_URL in the environment wins: that server is used as it is. `durable=False` is for tests: no fsync, and the
    owner may create databases. Raises OpsError with one sentence whenever it cannot be done.
    """
    given = urls_from_environment()
    if given:
        yield given
        return
    data_dir = _prepare(data_dir, kind=kind)
    with (data_dir / "postgres.users").open("w") as users:
        with _one_at_a_time(data_dir):
            fcntl.flock(users, fcntl.LOCK_SH)
            urls = _ensure_running(data_dir, kind=kind, durable=durable)
        try:
            yield urls
        finally:
            with _one_at_a_time(data_dir):
                _stop_if_unused(data_dir, users, kind=kind)


def start(data_dir: Path, *, kind: Kind = "auto", durable: bool = True) -> Urls:
    """Start the server (or adopt the running one) and leave it running until `stop`."""
    data_dir = _prepare(data_dir, kind=kind)
    with _one_at_a_time(data_dir):
        urls = _ensure_running(data_dir, kind=kind, durable=durable)
        (data_dir / "postgres.keep").touch()
    return urls


def revive(data_dir: Path, *, kind: Kind = "auto") -> Urls:
    """Start the server again if it was killed; for who holds `running_database` at this moment."""
    with _one_at_a_time(data_dir.resolve()):
        return _ensure_running(data_dir.resolve(), kind=kind, durable=True)


def stop(data_dir: Path, *, kind: Kind = "auto") -> bool:
    """Stop the server whoever uses it; say whether there was one."""
    data_dir = data_dir.resolve()
    if not data_dir.is_dir():
        return False
    with _one_at_a_time(data_dir):
        (data_dir / "postgres.keep").unlink(missing_ok=True)
        cluster = _cluster(data_dir, kind=kind, durable=True)
        if not cluster.exists() or cluster.pid() is None:
            return False
        cluster.stop()
    return True


def postmaster_pid(data_dir: Path, *, kind: Kind = "auto") -> int | None:
    """Return the process id of the server on this data folder, None when none runs."""
    cluster = _cluster(data_dir.resolve(), kind=kind, durable=True)
    return cluster.pid() if cluster.exists() else None


def client_binaries(*, server_major: int) -> Binaries:
    """Return programs to dump from or restore into a server: of its own version, else of the next newer one.

    A newer pg_restore may send settings that an older server does not know, so the same version comes first.
    """
    fitting = [one for one in all_binaries() if one.major >= server_major]
    if not fitting:
        raise OpsError(
            f"no pg_dump of PostgreSQL {server_major} is here; install postgresql-client-{server_major}"
        )
    return min(fitting, key=lambda one: one.major)


def check_room(data_dir: Path, *, kind: Kind = "auto", content: int = 0) -> None:
    """Raise OpsError when the disks cannot hold what a start writes, or another PostgreSQL made what is there.

    Asked once, before the first byte is written.

    `content` is what will be loaded into a new database, in megabytes; one that exists needs room to work only.
    """
    if urls_from_environment():
        return
    data_dir, account = data_dir.resolve(), server_account()
    place, binaries = _cluster_place(data_dir, account), find_binaries(kind=kind)
    check_version(place, binaries)
    new = 0 if (place / "PG_VERSION").exists() else NEW_CLUSTER_MEGABYTES + content
    copy = 0 if is_reachable(binaries, account, store=OUTSIDE) else COPY_MEGABYTES
    if copy and place.is_relative_to(OUTSIDE):
        new += copy
    elif copy:
        check_disk(OUTSIDE, extra=copy)
    check_disk(place, extra=new)


def _prepare(data_dir: Path, *, kind: Kind) -> Path:
    check_room(data_dir, kind=kind)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OpsError(f"the data folder {data_dir} cannot be made: {error.strerror}") from None
    if not os.access(data_dir, os.W_OK):
        raise OpsError(f"the data folder {data_dir} cannot be written; check whose it is")
    return data_dir.resolve()


@contextlib.contextmanager
def _one_at_a_time(data_dir: Path) -> Iterator[None]:
    with (data_dir / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _ensure_running(data_dir: Path, *, kind: Kind, durable: bool) -> Urls:
    cluster = _cluster(data_dir, kind=kind, durable=durable)
    secrets_by_role = passwords(data_dir=data_dir)
    check_version(cluster.folder, cluster.binaries)
    if not cluster.exists():
        cluster.create(password=secrets_by_role["postgres"])
    if cluster.pid() is None:
        cluster.start()
    sockets = cluster.running_sockets()
    try:
        make_roles(sockets=sockets, secrets_by_role=secrets_by_role, may_create_databases=not durable)
    except psycopg.OperationalError as error:
        # it may be killed at this moment as at any other; who keeps it running then tries once more
        said = last_line(str(error))
        raise OpsError(f"PostgreSQL on {cluster.folder} broke off while it was started: {said}") from None
    return urls_at(sockets=sockets, secrets_by_role=secrets_by_role)


def _stop_if_unused(data_dir: Path, users: IO[str], *, kind: Kind) -> None:
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return  # somebody else still works with it and will be the last to leave
    if not (data_dir / "postgres.keep").exists():
        cluster = _cluster(data_dir, kind=kind, durable=True)
        if cluster.pid() is not None:
            cluster.stop()


def _cluster(data_dir: Path, *, kind: Kind, durable: bool) -> Cluster:
    account = server_account()
    binaries = reachable(find_binaries(kind=kind), account, store=OUTSIDE)
    folder = _cluster_folder(data_dir, account)
    return Cluster(
        folder=folder,
        sockets=_socket_folder(folder, account),
        binaries=binaries,
        account=account,
        durable=durable,
    )


def _cluster_folder(data_dir: Path, account: ServerAccount) -> Path:
    """Return where the cluster lies; a place outside the data folder is noted, so that it stays the same."""
    place, note = _cluster_place(data_dir, account), data_dir / "postgres.location"
    if not place.is_relative_to(data_dir) and not note.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{place}\n", encoding="utf-8")
    return place


def _cluster_place(data_dir: Path, account: ServerAccount) -> Path:
    """Tell, without writing: `<data>/postgres`, or a folder outside when the server's account cannot come here."""
    note = data_dir / "postgres.location"
    if note.exists():
        return Path(note.read_text(encoding="utf-8").strip())
    inside = data_dir / "postgres"
    if inside.exists() or can_reach(account, data_dir):
        return inside
    return OUTSIDE / _short_name(data_dir) / "postgres"


def _socket_folder(folder: Path, account: ServerAccount) -> Path:
    """Name a short folder for the socket, made at the start: the kernel cuts a socket's path at 107 bytes."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    bases = [Path("/run")] if account.lent else [Path(runtime)] if runtime else []
    for base in (*bases, Path(tempfile.gettempdir())):
        sockets = base / f"sidan-{_short_name(folder)}"
        if len(bytes(sockets / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH or not os.access(base, os.W_OK):
            continue
        if not sockets.exists() or sockets.stat().st_uid == account.uid:
            return sockets
    raise OpsError(
        f"no folder for PostgreSQL's socket could be made in {tempfile.gettempdir()}; set TMPDIR to a short path"
    )


def _short_name(path: Path) -> str:
    return hashlib.sha256(bytes(path)).hexdigest()[:10]
