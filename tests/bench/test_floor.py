"""The floor of plain SQL writes what the tables of today ask for: it is run by nobody but who measures."""

import re

import pytest
from django.db import connection

from bench import floor

WRITES = {
    name: words.strip()
    for name, words in vars(floor).items()
    if isinstance(words, str) and words.strip().startswith("INSERT INTO")
}
HEAD = re.compile(r"INSERT INTO (\w+)\s*\(([^)]+)\)")
ASKED = """
SELECT attname, attnotnull AND NOT atthasdef AND attidentity = '' FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"""


def test_the_floor_writes() -> None:
    assert len(WRITES) >= 5


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITES)
def test_a_row_of_the_floor_names_every_column_that_must_be_filled(name: str) -> None:
    found = HEAD.match(WRITES[name])
    assert found
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [found[1]])
        columns = dict(cursor.fetchall())
    named = {column.strip() for column in found[2].split(",")}
    assert named <= set(columns)
    assert {column for column, is_asked in columns.items() if is_asked} - named == set()
