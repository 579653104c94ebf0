"""What `sidan doctor` looks at. Each look returns a finding: what it saw, and what to do if that is wrong."""

import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psycopg

from ops.envfile import ENV_NAME
from ops.errors import OpsError
from ops.installation import ROOT, data_folder
from ops.postgres import Urls
from ops.postgres.binaries import OLDEST
from ops.programs import port_from_environment, port_is_free

State = Literal["ok", "warn", "wrong"]
FREE_MEGABYTES_WANTED = 2000
# The worker writes its heartbeat every ten seconds.
HEARTBEAT_SECONDS = 60
CLOCK_SECONDS = 5


@dataclass(frozen=True)
class Finding:
    """One line of the table."""

    what: str
    state: State
    seen: str
    advice: str = ""


def check_python() -> Iterator[Finding]:
    """The interpreter and the packages."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(
        "python", "ok" if sys.version_info >= (3, 11) else "wrong", version, "install Python 3.11 or newer"
    )
    missing = [
        name
        for name in ("django", "psycopg", "granian", "cryptography")
        if not importlib.util.find_spec(name)
    ]
    yield Finding(
        "packages", "wrong" if missing else "ok", ", ".join(missing) or "all here", "run `make venv`"
    )


def check_secrets() -> Iterator[Finding]:
    """The keys, and who may read them."""
    missing = [
        name
        for name in ("SIDAN_SECRET_KEY", "SIDAN_FIELD_KEYS", "SIDAN_LOOKUP_KEYS")
        if name not in os.environ
    ]
    advice = f"restore {ENV_NAME} from a backup: encrypted fields cannot be read without it"
    yield Finding(
        "keys", "wrong" if missing else "ok", f"missing: {', '.join(missing)}" if missing else "set", advice
    )
    path = data_folder() / ENV_NAME
    if path.exists():
        mode = path.stat().st_mode & 0o777
        yield Finding(
            "keys' file", "wrong" if mode & 0o077 else "ok", f"mode {mode:03o}", f"chmod 600 '{path}'"
        )


def check_folders() -> Iterator[Finding]:
    """Room and rights on the disk, and what is built."""
    folder = data_folder()
    free = shutil.disk_usage(folder).free // 2**20
    state: State = "ok" if free >= FREE_MEGABYTES_WANTED else "wrong"
    yield Finding("disk", state, f"{free} MB free", f"make room on the disk of {folder}")
    if not os.environ.get("SIDAN_FILES_URL"):
        files = folder / "files"
        usable = os.access(files if files.exists() else folder, os.W_OK)
        yield Finding(
            "files", "ok" if usable else "wrong", str(files), f"make {files} writable for this user"
        )
    static = (folder / "static" / "manifest.json").exists() or any(
        (folder / "static").glob("**/manifest.json")
    )
    yield Finding(
        "static files",
        "ok" if static else "wrong",
        "collected" if static else "absent",
        "run `sidan build` and `sidan migrate`",
    )
    stale = [path for path in _catalogues() if _is_stale(path)]
    seen = f"{len(stale)} not compiled" if stale else "compiled"
    yield Finding("words", "wrong" if stale else "ok", seen, "run `sidan build`")


def check_ports() -> Iterator[Finding]:
    """Whether the programs listen."""
    for name, setting, usual in (("web", "SIDAN_PORT", 8000), ("live", "SIDAN_LIVE_PORT", 8001)):
        port = port_from_environment(setting, usual)
        listening = not port_is_free(port)
        seen = f"something listens on port {port}" if listening else f"nothing listens on port {port}"
        advice = f"start it: `sidan {'serve' if name == 'web' else 'live'}`, systemd, or `make demo`"
        yield Finding(name, "ok" if listening else "warn", seen, advice)


def check_database(urls: Urls) -> Iterator[Finding]:
    """The server, the two roles and what they may."""
    for role, url in (("owner", urls.owner), ("serving role", urls.app)):
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                yield from _look_inside(connection, role)
        except psycopg.OperationalError as error:
            said = next(iter(str(error).splitlines()), "")
            yield Finding(
                f"database, {role}", "wrong", said, "check DATABASE_URL, DATABASE_OWNER_URL and the server"
            )
            return
    if urls.owner == urls.app:
        advice = (
            "give the owner of the tables and the serving role different addresses; see docs/deployment.md"
        )
        yield Finding("two roles", "wrong", "both addresses are the same", advice)


def check_worker(urls: Urls) -> Iterator[Finding]:
    """Whether a worker lives and jobs do not pile up."""
    if not _table_exists(urls.owner, "procrastinate_workers"):
        return
    with psycopg.connect(urls.owner) as connection:
        row = connection.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [HEARTBEAT_SECONDS],
        ).fetchone()
        alive = int(row[0]) if row else 0
        yield Finding("worker", "ok" if alive else "warn", f"{alive} alive", "start it: `sidan worker`")
        row = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' "
            "AND coalesce(scheduled_at, now()) < now() - interval '10 minutes'"
        ).fetchone()
        late = int(row[0]) if row else 0
        yield Finding("jobs", "warn" if late else "ok", f"{late} late", "see the worker's log")


def _look_inside(connection: psycopg.Connection[tuple[object, ...]], role: str) -> Iterator[Finding]:
    version = connection.info.server_version
    if role == "owner":
        state: State = "ok" if version // 10000 >= OLDEST else "wrong"
        yield Finding(
            "database",
            state,
            f"PostgreSQL {version // 10000}.{version % 10000}",
            f"upgrade to {OLDEST} or newer",
        )
        row = connection.execute(
            "SELECT pg_encoding_to_char(encoding), abs(extract(epoch FROM clock_timestamp()) - %s) "
            "FROM pg_database WHERE datname = current_database()",
            [time.time()],
        ).fetchone()
        encoding, apart = (str(row[0]), float(str(row[1]))) if row else ("?", 0.0)
        yield Finding(
            "encoding", "ok" if encoding == "UTF8" else "wrong", encoding, "make the database with UTF8"
        )
        state = "ok" if apart < CLOCK_SECONDS else "wrong"
        yield Finding(
            "clock",
            state,
            f"{apart:.1f} s from the database's",
            "run a time service (chrony) on both machines",
        )
        return
    row = connection.execute(
        "SELECT rolsuper OR rolcreatedb OR rolcreaterole, current_user FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    strong = bool(row and row[0])
    yield Finding(
        "serving role",
        "wrong" if strong else "ok",
        str(row[1]) if row else "?",
        "take its special rights away",
    )


def _table_exists(url: str, name: str) -> bool:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [name]).fetchone()
    return bool(row and row[0])


def _catalogues() -> Iterator[Path]:
    yield from (ROOT / "sidan").glob("*/locale/*/LC_MESSAGES/django.po")


def _is_stale(catalogue: Path) -> bool:
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def guarded(look: Callable[[], Iterator[Finding]], what: str) -> list[Finding]:
    """Return what a look finds; a look that fails is itself a finding, so that the others still run."""
    try:
        return list(look())
    except (OpsError, OSError, psycopg.Error) as error:
        return [Finding(what, "wrong", str(error).splitlines()[0], "see the sentence on the left")]
