"""The database of a test run: one server for all runs, a template migrated once, a clone for each process.

Tests connect as `sidan_app`, the role that serves, so that what the database refuses in a county it refuses here. The
template is kept between runs under a hash of everything that migrating depends on.
"""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from ops.postgres import Urls

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE_PREFIX = "sidan_template_"
CLONE_PREFIX = "sidan_test_"
TEMPLATES_KEPT = 3
# Any number, the same in every process: who makes a template does so alone.
TEMPLATE_LOCK = 360_734
# What a migration may call besides its own file.
MIGRATION_HELPERS = (
    "config/settings.py",
    "sidan/core/database.py",
    "sidan/core/fields.py",
    "sidan/core/search.py",
    "sidan/core/ids.py",
)


@dataclass(frozen=True)
class TestDatabase:
    """The database of this process."""

    __test__ = False

    urls: Urls
    name: str

    @property
    def app_url(self) -> str:
        """The address that the tests use."""
        return at_database(self.urls.app, self.name)

    @property
    def owner_url(self) -> str:
        """The address that may change tables."""
        return at_database(self.urls.owner, self.name)

    def create(self) -> None:
        """Clone the template, making it first if the migrations changed."""
        template = ensure_template(self.urls)
        with _admin(self.urls) as admin:
            admin.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(
                    sql.Identifier(self.name),
                    sql.Identifier(template),
                    sql.Identifier(_user(self.urls.owner)),
                )
            )

    def drop(self) -> None:
        """Remove the clone, whoever is still connected."""
        with _admin(self.urls) as admin:
            drop_database(admin, self.name)


def database_of_this_process(urls: Urls) -> TestDatabase:
    """Name the database of this process; nothing is made yet."""
    return TestDatabase(urls=urls, name=f"{CLONE_PREFIX}{os.getpid()}")


def at_database(url: str, name: str) -> str:
    """Return the same address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def ensure_template(urls: Urls) -> str:
    """Return the name of a database with all migrations applied; make it if there is none of this very state."""
    name = TEMPLATE_PREFIX + migrations_hash()
    with _admin(urls) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        _drop_leftovers(admin)
        partial = f"{name}_partial"
        drop_database(admin, partial)
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(partial), sql.Identifier(_user(urls.owner))
            )
        )
        migrate(at_database(urls.owner, partial))
        admin.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(partial), sql.Identifier(name))
        )
    return name


def migrations_hash() -> str:
    """Hash everything that the outcome of migrating depends on."""
    digest = hashlib.sha256()
    files = [
        *(ROOT / "sidan").glob("*/migrations/*.py"),
        *(ROOT / "sidan").rglob("*.sql"),
        *(path for name in MIGRATION_HELPERS if (path := ROOT / name).exists()),
    ]
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    for package in ("django", "procrastinate"):
        digest.update(version(package).encode())
    return digest.hexdigest()[:16]


def migrate(owner_url: str) -> None:
    """Apply all migrations as the owning role, in a process of its own that leaves no connection behind."""
    environment = {
        **os.environ,
        **settings_environment(),
        "SIDAN_DB_ROLE": "owner",
        "DATABASE_URL": owner_url,
        "DATABASE_OWNER_URL": owner_url,
        "PYTHONPATH": str(ROOT),
    }
    command = [
        sys.executable,
        "-m",
        "django",
        "migrate",
        "--verbosity=0",
        "--skip-checks",
        "--settings=config.settings",
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the template could not be migrated:\n{done.stdout}{done.stderr}")


def settings_environment() -> dict[str, str]:
    """Return the settings of a test run: fixed keys, so that a failure can be repeated."""
    return {
        "SIDAN_MODE": "test",
        "SIDAN_SECRET_KEY": "only for tests: signs nothing that leaves this machine",
        "SIDAN_FIELD_KEYS": "1:" + "dGVzdC1maWVsZC1rZXktb2YtMzItYnl0ZXMtMDAwMDE=",
        "SIDAN_LOOKUP_KEYS": "1:" + "dGVzdC1sb29rdXAta2V5LW9mLTMyLWJ5dGVzLTAwMDE=",
        "SIDAN_SIGNING_KEYS": "1:" + "dGVzdC1zaWducy1rZXktb2YtMzItYnl0ZXMtMDAwMDE=",
        "SIDAN_HOSTS": "127.0.0.1,localhost,testserver",
        # Sessions are made once for many tests: one may be needed for the first time half an hour later, and none is to
        # be written in the middle of what counts statements. The tests of idle sessions set it themselves.
        "SIDAN_IDLE_MINUTES": "0",
    }


@contextlib.contextmanager
def _admin(urls: Urls) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Connect as who may create and drop databases: the superuser of our own server, else the owner."""
    with psycopg.connect(urls.superuser or urls.owner, autocommit=True) as connection:
        yield connection


def drop_database(admin: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Drop a database if it is there, cutting its connections."""
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_leftovers(admin: psycopg.Connection[tuple[object, ...]]) -> None:
    """Drop the clones of processes that were killed, and templates of states long gone."""
    rows = admin.execute("SELECT datname FROM pg_database ORDER BY oid DESC").fetchall()
    names = [str(row[0]) for row in rows]
    dead = [
        name
        for name in names
        if name.startswith(CLONE_PREFIX) and not _lives(name.removeprefix(CLONE_PREFIX))
    ]
    templates = [name for name in names if name.startswith(TEMPLATE_PREFIX) and not name.endswith("_partial")]
    for name in [*dead, *templates[TEMPLATES_KEPT:]]:
        # Another run may be cloning an old template at this moment: then it stays for the next time.
        with contextlib.suppress(psycopg.errors.ObjectInUse):
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _lives(pid: str) -> bool:
    # What follows the number names a further database of the same process.
    return Path(f"/proc/{pid.partition('_')[0]}").exists() or not Path("/proc/self").exists()


def _user(url: str) -> str:
    return urlsplit(url).username or "sidan_owner"
