"""Run programs under the supervisor on a running database; shared by the verbs that do."""

import contextlib
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ops import postgres
from ops.errors import DiskFull, OpsError
from ops.installation import data_folder, database_kind, held_alone
from ops.preflight import LOCK
from ops.programs import Program, check_ports
from ops.supervisor import Supervisor, end_leftovers

AWAY_SECONDS = 60.0


@contextlib.contextmanager
def only_supervisor(programs: list[Program]) -> Iterator[None]:
    """Be the one supervisor of this folder, with leftovers of a killed one gone and all ports free."""
    sentence = f"this installation ({data_folder()}) is running already; stop it first"
    with held_alone(LOCK, sentence=sentence):
        end_leftovers(data_folder())
        check_ports(programs)
        yield


def supervise(
    programs: list[Program],
    urls: postgres.Urls,
    *,
    when_ready: Callable[[], None] = lambda: None,
    each_second: Callable[[], None] = lambda: None,
) -> None:
    """Run until SIGINT or SIGTERM; the database is started again if it is killed."""
    keeper = DatabaseKeeper(urls)

    def watch() -> None:
        keeper()
        each_second()

    Supervisor(data_dir=data_folder(), programs=programs, watch=watch, when_ready=when_ready).run()


class DatabaseKeeper:
    """Starts the database again whenever it ended. May be killed while it starts: then once more, for a minute.

    On a full disk it waits for as long as that takes: whoever makes room need not know that something is to be started.
    """

    def __init__(self, urls: postgres.Urls) -> None:
        self._socket, self._away_since, self._said = urls.socket, 0.0, ""

    def __call__(self) -> None:
        """Look once. Raises OpsError when the database has not come back within a minute."""
        if self._socket is None or _listens(self._socket):
            self._away_since, self._said = 0.0, ""
            return
        self._away_since = self._away_since or time.monotonic()
        if not self._said:
            self._say("the database ended; starting it again")
        try:
            postgres.revive(data_folder(), kind=database_kind())
        except DiskFull as error:
            self._away_since = 0.0
            self._say(str(error))
        except OpsError as error:
            if time.monotonic() - self._away_since > AWAY_SECONDS:
                raise
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        """Say it once: this is asked every second, and the journal lies on the same disk perhaps."""
        if sentence != self._said:
            print(sentence, file=sys.stderr, flush=True)
        self._said = sentence


def _listens(path: Path) -> bool:
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        probe.connect(str(path))
        return True
    return False
