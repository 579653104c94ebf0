"""PostgreSQL's own tools on a database known by its address; passwords go by the environment, not the command line."""

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg

from ops import postgres
from ops.errors import OpsError
from ops.postgres.account import clean_environment


def server_major(url: str) -> int:
    """Return the server's major version. Raises OpsError when it cannot be reached."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            return connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        raise OpsError(f"the database cannot be reached: {_first_line(str(error))}") from None


def is_empty(url: str) -> bool:
    """Say whether the database has no table yet."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public')"
        ).fetchone()
    return bool(row and row[0])


def dump(url: str, *, into: Path, compress: bool = True) -> None:
    """Write a consistent dump of all, without owners: the roles may be called otherwise where it is restored."""
    packed = [] if compress else ["--compress=none"]
    _run(url, "pg_dump", "--format=custom", "--no-owner", f"--file={into}", *packed)


def restore(url: str, *, dumped: Path) -> None:
    """Load a dump in one transaction: all of it or nothing."""
    _run(url, "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", str(dumped))


def _run(url: str, tool: str, *arguments: str) -> None:
    program = postgres.client_binaries(server_major=server_major(url)).program(tool)
    parts = urlsplit(url)
    password = unquote(parts.password or "")
    bare = urlunsplit(parts._replace(netloc=re.sub(r":[^@:]*@", "@", parts.netloc, count=1)))
    done = subprocess.run(
        [str(program), f"--dbname={bare}", *arguments],
        env={**clean_environment(), "PGPASSWORD": password},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise OpsError(f"{tool} failed: {_first_line(done.stderr)}")


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "it said nothing")
