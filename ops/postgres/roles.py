"""The two roles of the database and the addresses to reach it by.

`sidan_owner` owns the tables and migrates; `sidan_app` serves and cannot change what has value (architecture, section
4, rule 9).
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import psycopg
from psycopg import sql

from ops.envfile import ensure_env

DATABASE = "sidan"
OWNER = "sidan_owner"
APP = "sidan_app"
SUPERUSER = "postgres"
PASSWORD_NAMES = {
    SUPERUSER: "SIDAN_PG_SUPERUSER_PASSWORD",
    OWNER: "SIDAN_PG_OWNER_PASSWORD",
    APP: "SIDAN_PG_APP_PASSWORD",
}


@dataclass(frozen=True)
class Urls:
    """Addresses of one database. `superuser` is empty where the server is not ours (DATABASE_URL)."""

    owner: str
    app: str
    superuser: str = ""

    @property
    def socket(self) -> Path | None:
        """Return the file of the server's socket; None where the server is not ours."""
        folder = unquote(self.superuser.partition("?host=")[2])
        return Path(folder) / ".s.PGSQL.5432" if folder else None

    def as_environment(self) -> dict[str, str]:
        """Return what Django and the tools read."""
        return {"DATABASE_URL": self.app, "DATABASE_OWNER_URL": self.owner}


def urls_from_environment() -> Urls | None:
    """Return the addresses of a server that somebody else keeps, if DATABASE_URL names one."""
    app = os.environ.get("DATABASE_URL", "")
    return Urls(owner=os.environ.get("DATABASE_OWNER_URL", app), app=app) if app else None


def passwords(*, data_dir: Path) -> dict[str, str]:
    """Return each role's password, made at the first call and kept with the installation's other secrets."""
    values = ensure_env(
        data_dir=data_dir,
        generators={name: lambda: secrets.token_urlsafe(24) for name in PASSWORD_NAMES.values()},
    )
    return {role: values[name] for role, name in PASSWORD_NAMES.items()}


def urls_at(*, sockets: Path, secrets_by_role: dict[str, str]) -> Urls:
    """Build the three addresses of a server that listens on a socket only."""

    def url(role: str) -> str:
        password = quote(secrets_by_role[role], safe="")
        return f"postgresql://{role}:{password}@/{DATABASE}?host={quote(str(sockets))}"

    return Urls(owner=url(OWNER), app=url(APP), superuser=url(SUPERUSER))


def make_roles(*, sockets: Path, secrets_by_role: dict[str, str], may_create_databases: bool) -> None:
    """Make roles and database if absent and set the passwords; safe to repeat at every start."""
    create = sql.SQL("CREATEDB" if may_create_databases else "NOCREATEDB")
    admin = psycopg.connect(
        host=str(sockets),
        user=SUPERUSER,
        password=secrets_by_role[SUPERUSER],
        dbname="postgres",
        autocommit=True,
    )
    with admin, admin.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname IN (%s, %s)", [OWNER, APP])
        existing = {row[0] for row in cursor.fetchall()}
        for role, rights in ((OWNER, create), (APP, sql.SQL("NOCREATEDB"))):
            verb = sql.SQL("ALTER" if role in existing else "CREATE")
            cursor.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
                    verb, sql.Identifier(role), rights, sql.Literal(secrets_by_role[role])
                )
            )
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
            cursor.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(APP)
                )
            )
