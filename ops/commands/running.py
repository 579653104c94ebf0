"""Run programs under the supervisor on a running database; shared by the verbs that do."""

import contextlib
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from ops import postgres
from ops.installation import data_folder, database_kind, held_alone
from ops.programs import Program, check_ports
from ops.supervisor import Supervisor, end_leftovers


@contextlib.contextmanager
def only_supervisor(programs: list[Program]) -> Iterator[None]:
    """Be the one supervisor of this folder, with leftovers of a killed one gone and all ports free."""
    sentence = f"this installation ({data_folder()}) is running already; stop it first"
    with held_alone("supervisor.lock", sentence=sentence):
        end_leftovers(data_folder())
        check_ports(programs)
        yield


def supervise(
    programs: list[Program], urls: postgres.Urls, *, when_ready: Callable[[], None] = lambda: None
) -> None:
    """Run until SIGINT or SIGTERM; the database is started again if it is killed."""
    Supervisor(
        data_dir=data_folder(), programs=programs, watch=lambda: _keep_database(urls), when_ready=when_ready
    ).run()


def _keep_database(urls: postgres.Urls) -> None:
    if urls.socket is None or _listens(urls.socket):
        return
    print("the database ended; starting it again", file=sys.stderr, flush=True)
    postgres.revive(data_folder(), kind=database_kind())


def _listens(path: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        probe.connect(str(path))
        return True
    return False
