"""Taking in the official divisions: streamed into a waiting table, then merged by a few statements."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction

from sidan.audit.operations import record
from sidan.core import clock
from sidan.core.actor import Actor
from sidan.places.models import Place
from sidan.places.sources import BrokenSource, DivisionRow, NoSource

BATCH: Final = 20_000
"""Rows between two reports of progress; also what is kept in memory at most."""

LOCK: Final = "LOCK TABLE places_division_incoming IN EXCLUSIVE MODE"
"""One source at a time: the waiting rows of two would be merged as one."""
# Nobody counts the waiting rows for the planner between filling and merging, so it takes them for none and would walk
# them one by one: joins by hash only.
PLAN = "SET LOCAL enable_nestloop = off"
PLAN_AS_BEFORE = "SET LOCAL enable_nestloop = on"
COPY = "COPY places_division_incoming (code, name, level, parent_code, file, line) FROM STDIN"
TWO_NAMES = """
SELECT code, (array_agg(file ORDER BY line))[2], (array_agg(line ORDER BY line))[2]
FROM places_division_incoming GROUP BY code HAVING count(DISTINCT name) > 1 LIMIT 1
"""
# The package repeats a city without counties as its own county (441900 for 4419), a county without townships likewise.
TOLD_TWICE = """
DELETE FROM places_division_incoming again USING places_division_incoming first
WHERE again.code = first.code AND again.ctid > first.ctid
"""
ORPHAN = """
SELECT fresh.code, fresh.file, fresh.line FROM places_division_incoming fresh
WHERE fresh.parent_code <> ''
AND NOT EXISTS (SELECT 1 FROM places_division_incoming above WHERE above.code = fresh.parent_code)
AND NOT EXISTS (SELECT 1 FROM places_division known WHERE known.code = fresh.parent_code)
ORDER BY fresh.line LIMIT 1
"""
COUNT = """
SELECT count(*) FILTER (WHERE known.code IS NULL),
       count(*) FILTER (WHERE known.name <> fresh.name),
       count(*) FILTER (WHERE known.withdrawn_on IS NOT NULL),
       count(*) FILTER (WHERE known.name = fresh.name AND known.withdrawn_on IS NULL)
FROM places_division_incoming fresh LEFT JOIN places_division known ON known.code = fresh.code
"""
RENAMED = """
SELECT known.code, known.name, fresh.name FROM places_division_incoming fresh
JOIN places_division known ON known.code = fresh.code WHERE known.name <> fresh.name ORDER BY known.code LIMIT 50
"""
MERGE = """
INSERT INTO places_division AS known (code, name, level, parent_code)
SELECT code, name, level, parent_code FROM places_division_incoming
ON CONFLICT (code) DO UPDATE SET name = excluded.name, withdrawn_on = NULL
WHERE known.name <> excluded.name OR known.withdrawn_on IS NOT NULL
"""
# A source is complete for every parent whose children it names: what is not among them is withdrawn, with all below.
WITHDRAW = """
UPDATE places_division SET withdrawn_on = %(day)s
WHERE withdrawn_on IS NULL AND level = %(level)s
AND NOT EXISTS (SELECT 1 FROM places_division_incoming fresh WHERE fresh.code = places_division.code)
AND (
    parent_code IN (SELECT DISTINCT parent_code FROM places_division_incoming WHERE level = %(level)s)
    OR parent_code IN (SELECT code FROM places_division WHERE withdrawn_on IS NOT NULL AND level < %(level)s)
)
RETURNING code, name
"""


@dataclass(frozen=True, slots=True)
class DivisionReport:
    """What a source brought. `renamed_examples` holds (code, old name, new name), `withdrawn_examples` (code, name)."""

    added: int
    renamed: int
    withdrawn: int
    returned: int
    unchanged: int
    renamed_examples: tuple[tuple[str, str, str], ...] = ()
    withdrawn_examples: tuple[tuple[str, str], ...] = ()
    places_to_check: tuple[tuple[str, str], ...] = ()
    """Places (name, code) that stand on a division with another name now, or on a withdrawn one."""

    @property
    def total(self) -> int:
        return self.added + self.renamed + self.returned + self.unchanged


@transaction.atomic
def load_divisions(
    *, actor: Actor, at: datetime, rows: Iterable[DivisionRow], progress: Callable[[int], None] | None = None
) -> DivisionReport:
    """Take in divisions, all or none; the same source again changes nothing.

    Raises:
        BrokenSource: a line is wrong, a code has two names, or a division's parent is unknown. Nothing was changed.
        NoSource: there was not a single row.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        if not _copy(cursor, rows, progress):
            raise NoSource(file="")
        cursor.execute(PLAN)
        _refuse_found(cursor, TWO_NAMES, "the code %s stands there a second time, with another name")
        cursor.execute(TOLD_TWICE)
        _refuse_found(cursor, ORPHAN, "the division above %s is not known")
        cursor.execute(COUNT)
        added, renamed, returned, unchanged = cursor.fetchone()
        cursor.execute(RENAMED)
        new_names = tuple(cursor.fetchall())
        cursor.execute(MERGE)
        withdrawn = _withdraw(cursor, day=clock.business_date(at))
        cursor.execute("DELETE FROM places_division_incoming")
        cursor.execute(PLAN_AS_BEFORE)
    touched = [code for code, _old, _new in new_names] + [code for code, _name in withdrawn]
    record(
        actor=actor, at=at, verb="places.divisions_loaded", subject=("division", None),
        added=added, renamed=renamed, withdrawn=len(withdrawn), returned=returned,
    )  # fmt: skip
    return DivisionReport(
        added=added, renamed=renamed, withdrawn=len(withdrawn), returned=returned, unchanged=unchanged,
        renamed_examples=new_names, withdrawn_examples=tuple(withdrawn[:50]),
        places_to_check=tuple(
            Place.objects.filter(division__in=touched).order_by("id").values_list("name", "division_id")
        ),
    )  # fmt: skip


def _copy(cursor: Any, rows: Iterable[DivisionRow], progress: Callable[[int], None] | None) -> int:
    done, stream = 0, iter(rows)
    with cursor.copy(COPY) as copy:
        while batch := list(islice(stream, BATCH)):
            for row in batch:
                copy.write_row(row)
            done += len(batch)
            if progress:
                progress(done)
    return done


def _refuse_found(cursor: Any, statement: str, fault: str) -> None:
    cursor.execute(statement)
    found = cursor.fetchone()
    if found:
        code, file, line = found
        raise BrokenSource(file=file, line=line, fault=fault % code)


def _withdraw(cursor: Any, *, day: date) -> list[tuple[str, str]]:
    """Withdraw level by level, from provinces down, so that what lies below a withdrawn one goes with it."""
    gone: list[tuple[str, str]] = []
    for level in range(1, 6):
        cursor.execute(WITHDRAW, {"day": day, "level": level})
        gone += cursor.fetchall()
    return gone
