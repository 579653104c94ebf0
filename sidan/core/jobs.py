"""Jobs: work that may wait, kept as rows of the transaction that asked for it, so that a kill loses none.

A job is handed ids and codes only: its row lies open in the database and in the worker's logs. It runs at least once,
so what it does must be the same when done twice.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from typing import Any, Final, TypeVar
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from sidan.core.clock import now
from sidan.core.logs import log_context, logger
from sidan.core.metrics import count_job
from sidan.core.scope import everything

log = logger("sidan.jobs")
MAX_TRIES: Final = 6
_MAX_CODE_LENGTH: Final = 40

JobId = int | UUID | str
_Id = TypeVar("_Id", bound=int | str | tuple[int | str, ...])


class NotAnId(TypeError):
    """A job was handed something else than ids and codes."""


def check_job_arguments(arguments: dict[str, object]) -> dict[str, int | str]:
    """Return the arguments in the form they are stored.

    Raises:
        NotAnId: one is not a whole number, a UUID or a short code in ASCII.
    """
    checked: dict[str, int | str] = {}
    for name, value in arguments.items():
        is_code = isinstance(value, str) and value.isascii() and len(value) <= _MAX_CODE_LENGTH
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if isinstance(value, UUID):
            checked[name] = str(value)
        elif is_code or is_number:
            checked[name] = value  # type: ignore[assignment] # narrowed by the two names above
        else:
            raise NotAnId(f"a job may carry ids and codes only, not {name}")
    return checked


class Job:
    """A registered job: `defer` it inside a transaction, or `run` it at once in a test or a command."""

    def __init__(self, *, name: str, work: Callable[..., object], task: "Task[Any, Any, Any]") -> None:
        self.name = name
        self._work = work
        self._task = task

    def defer(self, **ids: JobId) -> None:
        """Ask for the job within the running transaction: rolled back, it was never asked for.

        Raises:
            NotAnId: something else than an id or a code was given.
        """
        self._task.defer(**check_job_arguments(dict(ids)))

    def run(self, *, at: datetime, **ids: JobId) -> object:
        """Do the work here and now, in the job's scope."""
        return _in_scope(self.name, self._work, at, ids)


def _in_scope(name: str, work: Callable[..., object], at: datetime, ids: Any) -> object:
    started = time.perf_counter()
    outcome = "failed"
    with log_context(job=name), everything(f"job {name}"):
        try:
            result = work(at=at, **ids)
            outcome = "done"
            return result
        finally:
            seconds = time.perf_counter() - started
            count_job(job=name, outcome=outcome, seconds=seconds)
            log.info("job", outcome=outcome, milliseconds=round(seconds * 1000, 1))


def defer_by_name(name: str, **ids: JobId) -> None:
    """Ask for a registered job from an operation, which may not import the edge (`tasks.py`) that holds it.

    Raises:
        NotAnId: something else than an id or a code was given.
    """
    app.configure_task(name, allow_unknown=False).defer(**check_job_arguments(dict(ids)))


def job(*, name: str, queue: str = "default") -> Callable[[Callable[..., object]], Job]:
    """Register a function `(*, at, …ids)` of a `tasks.py` as a job, tried again with growing pauses when it fails."""

    def register(work: Callable[..., object]) -> Job:
        @wraps(work)
        def run(**ids: Any) -> None:
            _in_scope(name, work, now(), ids)

        retry = RetryStrategy(max_attempts=MAX_TRIES, exponential_wait=4)
        return Job(name=name, work=work, task=app.task(name=name, queue=queue, retry=retry)(run))

    return register


def periodic(*, name: str, cron: str) -> Callable[[Callable[..., object]], Job]:
    """Register a function `(*, at)` that runs by the clock (cron in UTC), never twice at once."""

    def register(work: Callable[..., object]) -> Job:
        @wraps(work)
        def run(timestamp: int) -> None:
            _in_scope(name, work, now(), {})

        task = app.task(name=name, queue="periodic", queueing_lock=name, lock=name)(run)
        app.periodic(cron=cron)(task)
        return Job(name=name, work=work, task=task)

    return register


def each_alone(
    ids: Iterable[_Id], act: Callable[[_Id], object], *, passing: tuple[type[Exception], ...] = ()
) -> int:
    """Do one act for each of what is due, and return for how many it was done.

    One that fails is logged and does not stop those behind it, in this run and in every later one; the failure is
    raised when all have had their turn, so that the job counts as failed. `passing` are refusals that say that
    nothing is to be done for this one any more.

    Raises:
        Exception: what the last failure was.
    """
    done, broken = 0, None
    for each in ids:
        try:
            act(each)
            done += 1
        except passing:
            continue
        except Exception as exc:  # noqa: BLE001 - whatever it is, it must not stop the others; it is raised below
            log.error("job_broken_at", thing=each, error=type(exc).__name__)
            broken = exc
    if broken is not None:
        raise broken
    return done
