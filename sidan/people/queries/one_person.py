"""One human in several rows: a row that was merged points at the one that is kept, and nothing is rewritten."""

from collections.abc import Iterable
from typing import Final

from django.db import connection

_ROWS: Final = """
WITH RECURSIVE up AS (
    SELECT id, canonical_id FROM people_person WHERE id = %(person)s
    UNION SELECT person.id, person.canonical_id FROM people_person person JOIN up ON person.id = up.canonical_id
), whole AS (
    SELECT id, 0 AS depth FROM up WHERE canonical_id IS NULL
    UNION SELECT person.id, depth + 1 FROM people_person person JOIN whole ON person.canonical_id = whole.id
)
SELECT id FROM whole ORDER BY depth, id
"""
"""Up to the row that is kept, which may have been merged itself since, and down to all that were merged into it."""


def rows_of_person(*, person_id: int) -> list[int]:
    """Return all rows of the human that one of them is about, the kept one first: what they did stands with each.

    Of a person who was never merged the one row. Whoever asks checks the reader.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"person": person_id})
        return [row[0] for row in cursor.fetchall()] or [person_id]


_KEPT: Final = """
WITH RECURSIVE up AS (
    SELECT id AS asked, id, canonical_id FROM people_person WHERE id = ANY(%(people)s)
    UNION SELECT up.asked, person.id, person.canonical_id
    FROM people_person person JOIN up ON person.id = up.canonical_id
)
SELECT asked, id FROM up WHERE canonical_id IS NULL
"""


def kept_rows(*, person_ids: Iterable[int]) -> dict[int, int]:
    """Return of each of some rows the one that is kept of the human it is about: itself, or what it was merged into."""
    asked = list(person_ids)
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"people": asked})
        return {pk: pk for pk in asked} | dict(cursor.fetchall())


def are_one_person(*, person_id: int, other_id: int) -> bool:
    """Tell whether two rows are about one human."""
    return person_id == other_id or other_id in rows_of_person(person_id=person_id)
