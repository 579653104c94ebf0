"""Writing many rows: ids are taken from the sequences beforehand, so that rows can point at each other."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db import connection, models

BATCH: Final = 2000
Tell = Callable[[str, int, int], None]
"""Told what is being written, how many are done and how many there are."""


def silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def number_rows(rows: Sequence[models.Model]) -> None:
    """Give new rows their ids."""
    if not rows:
        return
    meta = rows[0]._meta
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [meta.db_table, len(rows)],
        )
        for row, (row_id,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = row_id


def write(rows: Sequence[models.Model], *, tell: Tell = silent) -> None:
    """Insert rows of one model in batches. The manager without a scope is used: all of it belongs to the demo."""
    if not rows:
        return
    manager: Any = rows[0].__class__._base_manager
    for start in range(0, len(rows), BATCH):
        manager.bulk_create(rows[start : start + BATCH])
        tell(str(rows[0]._meta.verbose_name_plural), min(start + BATCH, len(rows)), len(rows))
