"""Moving stored values to a new key: in batches, to be stopped and taken up again at will.

What is left to do is read from the rows themselves (their first two bytes name key and cipher), so nothing has to be
remembered between two runs. Field keys may be rotated while the installation serves, for every version is readable.
Lookup keys are rotated off line: while two versions stand in a column, its unique index cannot see that two hashes
are of one value.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from sidan.core.crypto import field_keys, lookup_keys
from sidan.core.fields import EncryptedTextField, LookupHashField

BATCH: Final = 500
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be moved: where it is, and how a batch of its values is made anew."""

    table: str
    key: str
    column: str
    source: str
    renew: Callable[[bytes], bytes]

    @property
    def label(self) -> str:
        """Name it in reports."""
        return f"{self.table}.{self.column}"


def _concrete_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def _renew_field(field: EncryptedTextField) -> Callable[[bytes], bytes]:
    def renew(token: bytes) -> bytes:
        keys = field_keys()
        return keys.encrypt(value=keys.decrypt(token=token, purpose=field.purpose), purpose=field.purpose)

    return renew


def _renew_hash(field: LookupHashField, source: EncryptedTextField) -> Callable[[bytes], bytes]:
    def renew(token: bytes) -> bytes:
        plain = field_keys().decrypt(token=token, purpose=source.purpose)
        return lookup_keys().hash(value=field.plain_form(plain), purpose=field.purpose)

    return renew


def source_of(field: LookupHashField) -> EncryptedTextField | None:
    """Return the encrypted column a hash belongs to: named as its source, or by leaving off "_hash"."""
    names = {one.name: one for one in field.model._meta.concrete_fields}
    source = names.get(field.source or field.name.removesuffix("_hash"))
    return source if isinstance(source, EncryptedTextField) else None


def encrypted_columns() -> list[Column]:
    """Return every encrypted column of the installation."""
    return [
        Column(
            model._meta.db_table,
            str(model._meta.pk.column),
            str(field.column),
            str(field.column),
            _renew_field(field),
        )
        for model in _concrete_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def hashed_columns() -> tuple[list[Column], list[str]]:
    """Return every hash that can be made anew, and the names of those whose plain value is not kept.

    The latter belong to rows that live for a day (failed sign-ins, sent codes): they are emptied by their own
    clean-up, and until then simply find nothing.
    """
    kept: list[Column] = []
    lost: list[str] = []
    for model in _concrete_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, LookupHashField):
                source = source_of(field)
                table, key = model._meta.db_table, str(model._meta.pk.column)
                if source is None:
                    lost.append(f"{table}.{field.column}")
                else:
                    kept.append(
                        Column(table, key, str(field.column), str(source.column), _renew_hash(field, source))
                    )
    return kept, lost


def _left(column: Column, head: bytes) -> sql.Composed:
    return sql.SQL(
        "{column} IS NOT NULL AND length({column}) > 0 AND substring({column} FROM 1 FOR 2) <> {head}"
    ).format(column=sql.Identifier(column.column), head=sql.Literal(head))


def count_left(*, column: Column, head: bytes) -> int:
    """Return how many values of a column are under another key than the given one."""
    query = sql.SQL("SELECT count(*) FROM {table} WHERE {left}").format(
        table=sql.Identifier(column.table), left=_left(column, head)
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def _batch(column: Column, head: bytes) -> int:
    """Move one batch, locked so that a write in between is not undone."""
    select = sql.SQL("SELECT {key}, {source} FROM {table} WHERE {left} ORDER BY {key} LIMIT {limit} FOR UPDATE").format(
        key=sql.Identifier(column.key), source=sql.Identifier(column.source), table=sql.Identifier(column.table),
        left=_left(column, head), limit=sql.Literal(BATCH),
    )  # fmt: skip
    update = sql.SQL(
        "UPDATE {table} SET {column} = fresh.value FROM unnest(%s::text[], %s::bytea[]) AS fresh(key, value)"
        " WHERE {table}.{key}::text = fresh.key"
    ).format(
        table=sql.Identifier(column.table),
        column=sql.Identifier(column.column),
        key=sql.Identifier(column.key),
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(select)
        rows: list[Any] = cursor.fetchall()
        if rows:
            fresh = [column.renew(bytes(row[1])) for row in rows]
            cursor.execute(update, [[str(row[0]) for row in rows], fresh])
    return len(rows)


def rotate(*, columns: list[Column], head: bytes, tell: Tell) -> Iterator[tuple[str, int]]:
    """Move every value of some columns; yields each column's name and how many values were moved.

    Raises:
        CryptoError: a value cannot be read; the batch it stands in stays as it was.
    """
    for column in columns:
        total, done = count_left(column=column, head=head), 0
        while moved := _batch(column, head):
            done += moved
            tell(column.label, done, max(total, done))
        yield column.label, done
