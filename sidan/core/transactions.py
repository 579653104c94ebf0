"""The transaction of one act, which may be a part of its request's; and what is written although the act is refused."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import IntegrityError, connection, transaction

from sidan.core.errors import DomainError

_whole: ContextVar[bool] = ContextVar("sidan_whole_request", default=False)
_kept: ContextVar[list[Callable[[], object]] | None] = ContextVar("sidan_kept_despite_refusal", default=None)


@contextmanager
def refusals_kept() -> Iterator[None]:
    """Do what `despite_refusal` was asked for after the transaction within has ended, however it ended."""
    works: list[Callable[[], object]] = []
    token = _kept.set(works)
    try:
        yield
    finally:
        _kept.reset(token)
        for work in works:
            work()


def despite_refusal(work: Callable[[], object]) -> None:
    """Write what must outlive a refused act, such as that it was tried. Called outside of the act itself."""
    works = _kept.get()
    if works is None:
        work()
    else:
        works.append(work)


@contextmanager
def whole_request() -> Iterator[None]:
    """Run a request that is undone as a whole as soon as any part of it is refused.

    Nothing may be read or written after a refusal, hence not for pages that show a refused form again.
    """
    with transaction.atomic():
        token = _whole.set(True)
        try:
            yield
        finally:
            _whole.reset(token)


def act() -> "transaction.Atomic":
    """Return the transaction of one operation.

    Within `whole_request` it is the request's own: a savepoint would be two round trips for nothing, for whatever is
    undone is undone together.
    """
    return transaction.atomic(savepoint=not _whole.get())


def draw_number() -> None:
    """Give the running transaction its number now, before any row of it draws an id.

    Figures count rows up to an id when all transactions of its time have ended (ADR 0011): one that drew an id first
    and its number later could be passed over. Who writes something else before needs no call.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")


@contextmanager
def told_when(*, constraint: str, refusal: Callable[[], DomainError]) -> Iterator[None]:
    """Tell in words that the database refused what is written in a transaction within, by a rule of this name.

    Raises:
        what `refusal` builds; it is asked after the transaction has ended, and may read.
    """
    try:
        yield
    except IntegrityError as refused:
        if getattr(getattr(refused.__cause__, "diag", None), "constraint_name", "") != constraint:
            raise
        raise refusal() from refused
