"""A process that dies in the middle of what it does: at one of its statements, wherever that is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection

RELEASE = "RELEASE SAVEPOINT"
WRITES = ("INSERT", "UPDATE", "DELETE", "WITH", RELEASE)
"""How the statements begin at which it may die: before the write, or before what makes it last."""


class Killed(BaseException):
    """Not an error that anybody could catch by mistake, as a signal is none."""


def dies_at(nth: int) -> AbstractContextManager[None]:
    """Let the connection die once, at its n-th statement that writes."""
    left = [nth]

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if left[0] and str(sql).lstrip().upper().startswith(WRITES):
            left[0] -= 1
            if not left[0]:
                if str(sql).startswith(RELEASE):
                    # Django undoes nothing when the end of a transaction fails; the end of a process does.
                    execute(str(sql).replace(RELEASE, "ROLLBACK TO SAVEPOINT"), params, many, context)
                raise Killed
        return execute(sql, params, many, context)

    return connection.execute_wrapper(count)


def killed_at(nth: int, work: Callable[[], object]) -> bool:
    """Do something until it dies; tell whether it did. The database undoes what its transaction had done by then."""
    try:
        with dies_at(nth):
            work()
    except Killed:
        return True
    return False
