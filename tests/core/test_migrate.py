"""What our own `migrate` leaves behind is what the models say (ADR 0059)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import get_commands
from django.db import connection, models

pytestmark = pytest.mark.django_db


def _tables() -> Iterator[type[models.Model]]:
    return (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model.__module__.startswith("sidan.")
    )


def _read(statement: str) -> set[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return set(cursor.fetchall())


def test_the_command_is_ours() -> None:
    assert get_commands()["migrate"] == "sidan.core"


def test_every_column_of_the_models_stands_in_the_database_with_its_type() -> None:
    found = _read(
        "SELECT relname, attname, format_type(atttypid, NULL), attnotnull FROM pg_attribute"
        " JOIN pg_class ON pg_class.oid = attrelid WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped"
    )
    columns = [
        (model._meta.db_table, field) for model in _tables() for field in model._meta.local_concrete_fields
    ]
    types = _types({field.db_type(connection) or "" for _table, field in columns})
    wanted = {
        (table, field.column, types[field.db_type(connection) or ""], not field.null)
        for table, field in columns
    }
    assert len(wanted) > 1_000
    assert wanted - found == set()


def _types(called: set[str]) -> dict[str, str]:
    """Return types, called as models call them, as the database does: without length."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT one, one::regtype::text FROM unnest(%s::text[]) one", [sorted(called)])
        return dict(cursor.fetchall())


def test_every_constraint_and_index_of_the_models_stands_in_the_database() -> None:
    found = {
        name for (name,) in _read("SELECT conname FROM pg_constraint UNION SELECT relname FROM pg_class")
    }
    wanted = {one.name for model in _tables() for one in (*model._meta.constraints, *model._meta.indexes)}
    assert len(wanted) > 500
    assert wanted - found == set()
