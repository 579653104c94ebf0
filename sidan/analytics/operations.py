"""Keep the counters: take in what has happened since, carry over what a move changes, or count everything anew."""

from datetime import date
from typing import Any, Final

from django.db import connection, transaction

from sidan.analytics.models import Counted, Rollup
from sidan.analytics.sql import ADD, CARRY
from sidan.core.figures import Source, sources

NOTE: Final = """
SELECT coalesce(max(id), 0), pg_snapshot_xmax(pg_current_snapshot())::text::bigint FROM {table}
"""
HAVE_ENDED: Final = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= %s"


def catch_up() -> int:
    """Count what every transaction of the last time has left, and note how far to count the next time.

    Called by a job every minute; done twice it counts nothing twice, for counting moves the cursor in the same
    transaction. A source that counts otherwise than it did, as after an upgrade, is counted anew with all others.
    Returns how many rows were taken in.
    """
    if _counted_otherwise():
        rebuild()
    return sum(map(catch_up_source, sources()))


def rebuild() -> None:
    """Throw the counters away and count everything anew: the numbers are the same, which is tested.

    For a definition that has changed, or counters that somebody's hand has spoilt. Readers wait for nothing: until the
    next `catch_up` they count the rows themselves.
    """
    with transaction.atomic():
        for source in sources():
            _lock(source)
        Rollup.objects.all().delete()
        for source in sources():
            Counted.objects.filter(source=source.code).update(
                counted_to=0, seen_to=0, seen_before=0, definition=source.definition
            )


@transaction.atomic
def carry_over(*, place_id: int, from_parent_id: int, to_parent_id: int, on: date) -> None:
    """Take what the counters hold of a place and all below it since a day to where they stand from that day on.

    In the transaction of the move itself: what an order counts for later goes where its first row is by then, and no
    reader sees the one without the other. Nobody counts meanwhile, for the cursors are locked first; what is still
    uncounted is spread by the tree of after the move in any case.
    """
    kept = [(source, _lock(source).counted_to) for source in sources()]
    told: dict[str, Any] = {
        "place": place_id,
        "old": from_parent_id,
        "new": to_parent_id,
        "on": on,
        "after": 0,
    }
    with connection.cursor() as cursor:
        for source, counted_to in kept:
            cursor.execute(CARRY.format(changes=source.changes), {**told, "upto": counted_to})
    # Who never stood there is not listed there with nothing.
    Rollup.objects.filter(place=from_parent_id, below=place_id, count=0).delete()


def count_rows(*, source: Source, after: int, upto: int) -> None:
    """Add the rows of a source with ids above one and up to another to the counters; the caller keeps the cursor."""
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(changes=source.changes), {"after": after, "upto": upto})


def catch_up_source(source: Source) -> int:
    """Do it for one source, in a transaction of its own: sources can be counted side by side."""
    with transaction.atomic():
        counted = _lock(source)
        taken = 0
        if counted.seen_to > counted.counted_to and _have_ended(counted.seen_before):
            count_rows(source=source, after=counted.counted_to, upto=counted.seen_to)
            taken = counted.seen_to - counted.counted_to
            counted.counted_to = counted.seen_to
        # Noted anew only when the last note was used: otherwise writers that never pause would put it off for ever.
        if counted.seen_to == counted.counted_to:
            with connection.cursor() as cursor:
                cursor.execute(NOTE.format(table=source.table))
                counted.seen_to, counted.seen_before = cursor.fetchone()
        counted.save(update_fields=["counted_to", "seen_to", "seen_before"])
        return taken


def _counted_otherwise() -> bool:
    kept = dict(Counted.objects.values_list("source", "definition"))
    return any(kept.get(source.code, source.definition) != source.definition for source in sources())


def _lock(source: Source) -> Counted:
    """One counts at a time: two jobs would both count the same rows."""
    Counted.objects.bulk_create(
        [Counted(source=source.code, definition=source.definition)], ignore_conflicts=True
    )
    return Counted.objects.select_for_update().get(source=source.code)


def _have_ended(before: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(HAVE_ENDED, [before])
        return bool(cursor.fetchone()[0])
