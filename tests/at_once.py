"""Several people at the same moment: a thread for each, with a database connection of its own that is open already."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final

from django.db import connection, transaction

from sidan.core.errors import DomainError
from sidan.core.scope import everything

Act = Callable[[], object]
DONE: Final = "done"
WAITS: Final = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)
PATIENCE_SECONDS: Final = 60


def answers_at_once(acts: Sequence[Act]) -> list[DomainError | None]:
    """Let everybody press at the same moment; return each one's refusal, in the order of the acts."""
    gate = Barrier(len(acts))

    def press(act: Act) -> DomainError | None:
        connection.ensure_connection()
        gate.wait(timeout=PATIENCE_SECONDS)
        return _answer(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(press, acts))


def all_at_once(*acts: Act) -> list[str]:
    """Let some people act at the same moment; return how each was answered: done, or the code of the refusal."""
    return [refusal.code if refusal else DONE for refusal in answers_at_once(acts)]


def second_behind(first: Act, second: Act, meanwhile: Act | None = None) -> str:
    """Let the second act while the transaction of the first is not over; return how the second was answered.

    The first is over as soon as the second waits for it, or has not waited; what somebody else does meanwhile, on a
    connection of his own, is over before.
    """
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(_answer, second)
            give_up = time.monotonic() + PATIENCE_SECONDS
            while not (waiting.done() or _somebody_waits_for_us()):
                assert time.monotonic() < give_up, "the second neither waits nor is done"
                time.sleep(0.01)
            if meanwhile is not None:
                assert pool.submit(_answer, meanwhile).result(timeout=PATIENCE_SECONDS) is None
        refusal = waiting.result(timeout=PATIENCE_SECONDS)
    return refusal.code if refusal else DONE


def _answer(act: Act) -> DomainError | None:
    try:
        with everything("a race"):
            act()
    except DomainError as refusal:
        return refusal
    finally:
        connection.close()
    return None


def _somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0])
