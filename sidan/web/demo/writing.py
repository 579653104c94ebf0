"""Writing many rows: ids are taken from the sequences beforehand, so that rows can point at each other."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from itertools import islice
from operator import attrgetter
from typing import Any, Final

from django.db import connection, connections, models

BATCH: Final = 5000
"""Rows between two lines of progress."""
Tell = Callable[[str, int, int], None]
"""Told what is being written, how many are done and how many there are."""
AS_THEY_ARE: Final = frozenset(
    {
        models.BigAutoField, models.BigIntegerField, models.BooleanField, models.CharField, models.ForeignKey,
        models.OneToOneField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.TextField,
        models.UUIDField,
    }
)  # fmt: skip
"""Columns whose values the driver takes as they stand on the row; asking Django for each took most of the time."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take so many ids from a table's sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row_id for (row_id,) in cursor.fetchall()]


def number_rows(rows: Sequence[models.Model]) -> None:
    """Give new rows their ids."""
    if rows:
        for row, row_id in zip(rows, next_ids(type(rows[0]), len(rows)), strict=True):
            row.pk = row_id


class Behind:
    """Does work on this thread's connection in a thread of its own, one piece at a time: PostgreSQL works meanwhile.

    Everything belongs to the transaction that is open. Between `begin` and the end of the block nobody else may use the
    connection.
    """

    def __enter__(self) -> "Behind":
        connection.inc_thread_sharing()
        self._shared, self._pending = connections[connection.alias], list[Future[None]]()
        self._thread = ThreadPoolExecutor(1, initializer=self._share)
        return self

    def begin(self, work: Callable[[], None]) -> None:
        """Wait for the piece before, then begin this one. Raises what that one raised."""
        self._wait()
        self._pending = [self._thread.submit(copy_context().run, work)]

    def __exit__(self, *_error: object) -> None:
        try:
            self._wait()
        finally:
            self._thread.shutdown()
            connection.dec_thread_sharing()

    def _wait(self) -> None:
        while self._pending:
            self._pending.pop().result()

    def _share(self) -> None:
        connections[connection.alias] = self._shared


def check_foreign_keys() -> None:
    """Let the database check now what it would keep in mind until the end of a transaction of millions of rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def write(rows: Sequence[models.Model], *, tell: Tell = silent) -> None:
    """Write new rows of one model by COPY, and give those an id that have none."""
    if not rows:
        return
    meta = rows[0]._meta
    if rows[0].pk is None:
        number_rows(rows)
    fields = meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = [_value_of(field) for field in fields]
    waiting = iter(rows)
    for start in range(0, len(rows), BATCH):
        with (
            connection.cursor() as cursor,
            cursor.copy(f'COPY "{meta.db_table}" ({columns}) FROM STDIN') as copy,
        ):
            for row in _written(islice(waiting, BATCH)):
                copy.write_row([value(row) for value in values])
        tell(str(meta.verbose_name_plural), min(start + BATCH, len(rows)), len(rows))


def _written(rows: Iterator[models.Model]) -> Iterator[models.Model]:
    """Let each row know that it is in the database: whoever saves it again changes it."""
    for row in rows:
        yield row
        row._state.adding, row._state.db = False, connection.alias


def _value_of(field: Any) -> Callable[[models.Model], Any]:
    """Return how a column is read as the driver wants it: as it stands, following from another, encrypted, JSON."""
    if type(field) in AS_THEY_ARE:
        read: Callable[[models.Model], Any] = attrgetter(field.attname)
        return read
    if type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add):
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
