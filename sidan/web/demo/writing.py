"""Writing many rows: ids are taken from the sequences beforehand, so that rows can point at each other."""

import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import cache
from io import BytesIO
from itertools import count, islice
from operator import attrgetter
from typing import Any, Final, TypeVar

from django.db import connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.base import ModelState
from psycopg import Copy
from psycopg.copy import FileWriter

BATCH: Final = 5000
"""Rows between two lines of progress."""
SWEPT_EVERY: Final = 12
"""Chunks between two looks for garbage."""
SWITCH_SECONDS: Final = 0.000_2
Tell = Callable[[str, int, int], None]
"""Told what is being written, how many are done and how many there are."""
Row = TypeVar("Row", bound=models.Model)
Thing = TypeVar("Thing")
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


def next_ids(
    model: type[models.Model], count: int, *, session: BaseDatabaseWrapper | None = None
) -> list[int]:
    """Take so many ids from a table's sequence, by a session beside this thread's own where that is at work."""
    with (session or connection).cursor() as cursor:
        cursor.execute(
            "WITH kept AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence)"
            " SELECT coalesce(array_agg(nextval(sequence)), '{}') FROM kept, generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        ids: list[int] = cursor.fetchone()[0]
        return ids


def number_rows(rows: Sequence[models.Model], *, session: BaseDatabaseWrapper | None = None) -> None:
    """Give new rows their ids, unless they have them from what they belong to."""
    if rows and rows[0].pk is None:
        for row, row_id in zip(rows, next_ids(type(rows[0]), len(rows), session=session), strict=True):
            row.pk = row_id


@contextmanager
def session_beside() -> Iterator[BaseDatabaseWrapper]:
    """Open a session beside this thread's own: it can be asked while that one is at work, and sees nothing of it."""
    beside = connection.copy()
    try:
        yield beside
    finally:
        beside.close()


def drafted(model: type[Row], /, **values: Any) -> Row:
    """Make a row as `model(**values)` does, in a quarter of its time: a district has four million of them.

    Nobody is told that it was made (`pre_init`, `post_init`), and a name that the model does not have is not refused.
    """
    constants, made, relations = _blank(model, tuple(values))
    row = model.__new__(model)
    kept = row.__dict__
    kept.update(constants)
    kept.update(values)
    state = kept["_state"] = ModelState()
    for name, default in made:
        kept[name] = default()
    for name, attname, key in relations:
        state.fields_cache[name] = value = kept.pop(name)
        kept[attname] = None if value is None else getattr(value, key)
    return row


@cache
def _blank(
    model: type[models.Model], given: tuple[str, ...]
) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]], list[tuple[str, str, str]]]:
    """Return what a new row of a model holds beside what is given: constants, what is made for each row, relations.

    The relations are those that are given as such, each with its column and the one that it points at.
    """
    fields = model._meta.concrete_fields
    made = [
        (each.attname, each.default)
        for each in fields if each.has_default() and callable(each.default) and each.attname not in given
    ]  # fmt: skip
    constants = {
        each.attname: each.get_default() for each in fields if each.attname not in {*given, *dict(made)}
    }
    relations = [
        (each.name, each.attname, each.target_field.attname)
        for each in fields if isinstance(each, models.ForeignKey) and each.name in given
    ]  # fmt: skip
    return constants, made, relations


def point(rows: Iterable[models.Model], *names: str) -> None:
    """Copy the ids of what rows point at by relations: targets were numbered after the rows were made."""
    columns = [(name, f"{name}_id") for name in names]
    for row in rows:
        cached, kept = row._state.fields_cache, row.__dict__
        for name, column in columns:
            kept[column] = cached[name].pk


def in_chunks(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Yield some things so many at a time, which bounds the memory that their rows take."""
    chunk: list[Thing] = []
    for one in things:
        chunk.append(one)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@contextmanager
def little_garbage() -> Iterator[Callable[[], None]]:
    """Look for garbage between chunks only, and not among those made before, who stay.

    Millions of rows are made here and none is garbage until its chunk is written; by default Python looks through
    them after every few hundred.
    """
    chunks = count(1)

    def swept() -> None:
        if not next(chunks) % SWEPT_EVERY:
            gc.collect()

    gc.freeze()
    gc.disable()
    try:
        yield swept
    finally:
        gc.enable()
        gc.unfreeze()


class Behind:
    """Does work on this thread's connection in a thread of its own, one piece at a time: PostgreSQL works meanwhile.

    Everything belongs to the transaction that is open. Between `begin` and the end of the block nobody else may use the
    connection.
    """

    def __enter__(self) -> "Behind":
        connection.inc_thread_sharing()
        self._shared, self._pending = connections[connection.alias], list[Future[None]]()
        self._thread = ThreadPoolExecutor(1, initializer=self._share)
        # Of a thread that computes Python asks back for its turn only so often, and the other waits as long at every
        # packet that PostgreSQL has taken: by default five milliseconds.
        self._before = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
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
            sys.setswitchinterval(self._before)
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
    model = type(rows[0])
    number_rows(rows)
    waiting = iter(rows)
    for start in range(0, len(rows), BATCH):
        with connection.cursor() as cursor, cursor.copy(_copy_into(model)) as copy:
            _put(copy, model, islice(waiting, BATCH))
        tell(str(model._meta.verbose_name_plural), min(start + BATCH, len(rows)), len(rows))


Packed = tuple[str, bytes]
"""A COPY, and what is to be sent with it."""


def packed(rows: Sequence[models.Model]) -> Packed:
    """Put new rows of one model, which have their ids, as COPY takes them; the connection may be at work meanwhile."""
    model, kept = type(rows[0]), BytesIO()
    with Copy(connection.connection.cursor(), writer=FileWriter(kept)) as copy:
        _put(copy, model, rows)
    return _copy_into(model), kept.getvalue()


def send(ready: Iterable[Packed]) -> None:
    """Write what was packed."""
    with connection.cursor() as cursor:
        for statement, data in ready:
            with cursor.copy(statement) as copy:
                copy.write(data)


@cache
def _copy_into(model: type[models.Model]) -> str:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    return f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'


def _put(copy: Copy, model: type[models.Model], rows: Iterable[models.Model]) -> None:
    values = _values_of(model)
    for row in _written(rows):
        copy.write_row(values(row))


def _written(rows: Iterable[models.Model]) -> Iterator[models.Model]:
    """Let each row know that it is in the database: whoever saves it again changes it."""
    here = connection.alias
    for row in rows:
        yield row
        row._state.adding, row._state.db = False, here


def _values_of(model: type[models.Model]) -> Callable[[models.Model], Sequence[Any]]:
    """Return how the columns of a row are read as the driver wants them, in one call where all stand on it so."""
    fields = model._meta.concrete_fields
    if all(map(_stands, fields)):
        read: Callable[[models.Model], Sequence[Any]] = attrgetter(*(field.attname for field in fields))
        return read
    each = [_value_of(field) for field in fields]
    return lambda row: [value(row) for value in each]


def _stands(field: Any) -> bool:
    moment = type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add)
    return moment or type(field) in AS_THEY_ARE


def _value_of(field: Any) -> Callable[[models.Model], Any]:
    """Return how a column is read: as it stands, following from another, encrypted, JSON."""
    if _stands(field):
        read: Callable[[models.Model], Any] = attrgetter(field.attname)
        return read
    here = connections[connection.alias]
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), here)
