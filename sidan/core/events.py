"""Facts in the past tense, told from a lower app to higher ones without an import.

A receiver runs inside the transaction that publishes, so that fact and effect are kept or lost together. What may
wait (sending mail, counting) is deferred by the receiver as a job, whose row is part of the same transaction.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

_Event = TypeVar("_Event")
_receivers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


class NotInTransaction(RuntimeError):
    """An event was published outside a transaction: its effects could be lost apart from it."""


def subscribe(kind: type[_Event]) -> Callable[[Callable[[_Event], None]], Callable[[_Event], None]]:
    """Register a receiver of one kind of event; used as a decorator in `receivers.py`."""

    def register(receiver: Callable[[_Event], None]) -> Callable[[_Event], None]:
        _receivers[kind].append(receiver)
        return receiver

    return register


def publish(event: object) -> None:
    """Tell every receiver of this kind, in the order of registration, within the running transaction.

    Raises:
        NotInTransaction: there is none.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{type(event).__name__} was published outside a transaction")
    for receiver in _receivers[type(event)]:
        receiver(event)
