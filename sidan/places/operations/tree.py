"""The dated closure, kept by set-based statements: its cost does not depend on Python but on the rows that change.

A link lasts from the day it began up to, not including, the day it ended. A closed place keeps its links: it works no
longer, but its orders stay visible to those above it. ADR 0002 tells why.
"""

from datetime import date
from typing import Any, Final

from django.db import connection

from sidan.places.enums import INSIDE_COUNTY
from sidan.places.policies import PATH_SIGN

TREE_LOCK: Final = 360_734_002
"""Any number, the same in every process: the shape of the tree is changed by one transaction at a time."""

LINK_NEW = """
INSERT INTO places_placelink (ancestor_id, descendant_id, depth, during)
SELECT ancestor_id, %(place)s, depth + 1, during * daterange(%(day)s, NULL)
FROM places_placelink WHERE descendant_id = %(parent)s AND during && daterange(%(day)s, NULL)
UNION ALL
SELECT %(place)s, %(place)s, 0, daterange(%(day)s, NULL)
"""

# Links from places above the moved one to places of its subtree: these are what a move ends and begins.
_CROSSING = """
    FROM places_placelink
    WHERE upper_inf(during) AND ancestor_id <> %(place)s
    AND ancestor_id IN (
        SELECT ancestor_id FROM places_placelink WHERE descendant_id = %(place)s AND upper_inf(during))
    AND descendant_id IN (
        SELECT descendant_id FROM places_placelink WHERE ancestor_id = %(place)s AND upper_inf(during))
"""

# Every day on which a link of the place, of what stands or stood below it, or of the new parent began or ended.
EARLIEST_MOVE = """
SELECT max(greatest(lower(during), upper(during))) FROM places_placelink
WHERE ancestor_id = %(place)s OR descendant_id IN (%(place)s, %(parent)s)
"""

UNLINK_SAME_DAY = f"""
DELETE FROM places_placelink WHERE id IN (SELECT id {_CROSSING} AND lower(during) = %(day)s)
"""

UNLINK = f"""
UPDATE places_placelink SET during = daterange(lower(during), %(day)s) WHERE id IN (SELECT id {_CROSSING})
"""

LINK_MOVED = """
INSERT INTO places_placelink (ancestor_id, descendant_id, depth, during)
SELECT above.ancestor_id, below.descendant_id, above.depth + 1 + below.depth, daterange(%(day)s, NULL)
FROM places_placelink above, places_placelink below
WHERE above.descendant_id = %(parent)s AND upper_inf(above.during)
AND below.ancestor_id = %(place)s AND upper_inf(below.during)
"""

REWRITE_PATHS = """
UPDATE places_place SET path_names = fresh.path, path_names_en = fresh.path_en
FROM (
    SELECT link.descendant_id, string_agg(above.short_name, %(sign)s ORDER BY link.depth DESC) AS path,
        string_agg(coalesce(nullif(above.name_en, ''), above.short_name), %(sign)s ORDER BY link.depth DESC) AS path_en
    FROM places_placelink link
    JOIN places_place above ON above.id = link.ancestor_id
    JOIN places_place self ON self.id = link.descendant_id
    WHERE upper_inf(link.during)
    AND (above.kind = ANY(%(inside)s) OR self.kind <> ALL(%(inside)s))
    AND link.descendant_id IN (
        SELECT descendant_id FROM places_placelink WHERE ancestor_id = %(place)s AND upper_inf(during))
    GROUP BY link.descendant_id
) AS fresh
WHERE places_place.id = fresh.descendant_id
AND (places_place.path_names, places_place.path_names_en) IS DISTINCT FROM (fresh.path, fresh.path_en)
"""


def lock_tree() -> None:
    """Wait until no other transaction changes the shape of the tree; two moves could otherwise make a ring."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def link_new_place(*, place_id: int, parent_id: int | None, day: date) -> None:
    """Link a new place to itself and to all that stood above its parent since that day, each for its own days."""
    with connection.cursor() as cursor:
        cursor.execute(LINK_NEW, {"place": place_id, "parent": parent_id, "day": day})


def earliest_day_of_move(*, place_id: int, parent_id: int) -> date | None:
    """Return the last day on which anything changed that a move would cut: no move may be dated before it."""
    with connection.cursor() as cursor:
        cursor.execute(EARLIEST_MOVE, {"place": place_id, "parent": parent_id})
        row = cursor.fetchone()
    return row[0] if row else None


def relink_moved_place(*, place_id: int, parent_id: int, day: date) -> None:
    """End the subtree's links to what stood above and begin those to the new places above. Three statements."""
    facts: dict[str, Any] = {"place": place_id, "parent": parent_id, "day": day}
    with connection.cursor() as cursor:
        cursor.execute(UNLINK_SAME_DAY, facts)
        cursor.execute(UNLINK, facts)
        cursor.execute(LINK_MOVED, facts)


def rewrite_paths(*, place_id: int) -> None:
    """Write the shown path of a place and of all below it from the links of today."""
    with connection.cursor() as cursor:
        cursor.execute(
            REWRITE_PATHS,
            {"place": place_id, "sign": PATH_SIGN, "inside": [str(kind) for kind in INSIDE_COUNTY]},
        )
