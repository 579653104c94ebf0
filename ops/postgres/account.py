"""Who the server runs as: PostgreSQL refuses to be root, so root lends it an unprivileged account of the machine."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ops.errors import OpsError


@dataclass(frozen=True)
class ServerAccount:
    """The user and group of the server's processes; `lent` when we are root and act for somebody else."""

    uid: int
    gid: int
    lent: bool


def server_account() -> ServerAccount:
    """Return the caller, or for root the account `postgres`, else `nobody`. Raises OpsError when there is neither."""
    if os.geteuid() != 0:
        return ServerAccount(uid=os.geteuid(), gid=os.getegid(), lent=False)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerAccount(uid=entry.pw_uid, gid=entry.pw_gid, lent=True)
    raise OpsError(
        "PostgreSQL does not run as root and this machine has no user postgres or nobody; run as another user"
    )


def clean_environment() -> dict[str, str]:
    """Return an environment without the caller's PG* variables, which would point the tools at another server."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8"}


def run_as(
    account: ServerAccount, argv: Sequence[str | Path], *, timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's tools as its account, from `/` because the caller's folder may be closed to it."""
    return subprocess.run(
        [str(part) for part in argv],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=timeout,
        cwd="/",
        env=clean_environment(),
        check=False,
        user=account.uid if account.lent else None,
        group=account.gid if account.lent else None,
        extra_groups=[] if account.lent else None,
    )


def can_reach(account: ServerAccount, path: Path) -> bool:
    """Say whether the server's account may enter the nearest existing folder of `path` (not one of mode 0700)."""
    if not account.lent:
        return True
    existing = next(folder for folder in (path, *path.parents) if folder.exists())
    return run_as(account, ["/bin/sh", "-c", 'test -x "$1"', "sh", existing]).returncode == 0


def hand_over(account: ServerAccount, path: Path) -> None:
    """Make the server's account the owner of one file or folder."""
    if account.lent:
        os.chown(path, account.uid, account.gid)
