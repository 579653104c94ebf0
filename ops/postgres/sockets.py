"""Short folders that sockets stand in: made at a start, removed at a stop; a later start removes what a kill left."""

import contextlib
import os
import re
import time
from pathlib import Path

from ops.errors import OpsError
from ops.postgres.account import ServerAccount, hand_over

OURS = re.compile(r"sidan-[0-9a-f]{10}")
SOCKET = ".s.PGSQL.5432"
# Another installation may be at its start just now: it has a folder, and nothing alive in it yet.
YOUNG_SECONDS = 600


def make_socket_folder(folder: Path, *, account: ServerAccount) -> None:
    """Make the folder for the server's account. Raises OpsError when somebody else owns one of that name."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o755)
        hand_over(account, folder)
    if folder.stat().st_uid != account.uid:
        raise OpsError(f"{folder} belongs to another user; PostgreSQL's socket cannot stand there")
    # Who removes dead folders looks at the time.
    os.utime(folder)


def remove_socket_folder(folder: Path) -> None:
    """Remove the folder of a server that has stopped. One that is not ours, or holds anything else, stays."""
    if not OURS.fullmatch(folder.name):
        return
    for name in (SOCKET, f"{SOCKET}.lock"):
        with contextlib.suppress(OSError):
            (folder / name).unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()


def remove_dead_folders(*, beside: Path, account: ServerAccount) -> None:
    """Remove what servers left that were killed and never started again, such as those of deleted installations."""
    for folder in beside.parent.glob("sidan-*"):
        with contextlib.suppress(OSError):
            seen = folder.stat()
            is_old = time.time() - seen.st_mtime > YOUNG_SECONDS
            if folder != beside and is_old and seen.st_uid == account.uid and not _lives(folder):
                remove_socket_folder(folder)


def _lives(folder: Path) -> bool:
    """Say whether the process that the socket's lock names is there; it may have got its number later."""
    try:
        pid = int((folder / f"{SOCKET}.lock").read_text(encoding="ascii").split("\n", 1)[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    except OSError:
        # It is somebody else's, or cannot be read: then it may live.
        return True
    return True
