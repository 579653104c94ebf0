"""Figures of each place by itself, sorted and cut in the database by a reader's own statements."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import connection

from sidan.analytics.models import Counted
from sidan.analytics.policies import BEGINNING, Period
from sidan.analytics.queries.cells import EACH, Asked, condition_of, sources_of, tail
from sidan.analytics.sql import OVER_EACH
from sidan.places.models import Place

TRIES: Final = 3
"""A job counts a source once a minute: that it does so while one reads is rare, twice in a row all but impossible."""


def over_each_place(
    *,
    root: Place,
    figures: Iterable[str],
    last_of: str,
    period: Period,
    statements: Iterable[str],
    **values: Any,
) -> list[list[tuple[Any, ...]]]:
    """Run a reader's own statements over some flows of each place that stands at or below the root today.

    They read `counted` (place_id, figure, count in the period) and `last_day` (place_id, day: when `last_of` last arose
    there, whenever that was), so that PostgreSQL sorts and cuts a list of a province's villages.
    """
    asked = Asked(list(figures), period)
    for _try in range(TRIES):
        found, is_sound = _once(root, asked, last_of, list(statements), values)
        if is_sound:
            break
    return found


def _once(
    root: Place, asked: Asked, last_of: str, statements: list[str], values: dict[str, Any]
) -> tuple[list[list[tuple[Any, ...]]], bool]:
    """Return the rows, and whether no job has counted meanwhile: then nothing is there twice."""
    before, period = _cursors(), asked.period
    uncounted = [
        row
        for source in sources_of([asked])
        for row in tail(source=source, root_id=root.pk, tree=EACH, after=before.get(source.code, 0))
        if row[1] in asked.figures
    ]
    found: dict[str, Any] = {
        "root": root.pk, "last_of": last_of, "from": period.first or BEGINNING, "until": period.last or date.max,
        "tail_places": [row[0] for row in uncounted], "tail_figures": [row[1] for row in uncounted],
        "tail_days": [row[3] for row in uncounted], "tail_counts": [int(row[4]) for row in uncounted],
    }  # fmt: skip
    condition, rows = condition_of(asked, 0, found), []
    with connection.cursor() as cursor:
        for body in statements:
            cursor.execute(OVER_EACH.format(condition=condition, body=body), {**values, **found})
            rows.append(list(cursor.fetchall()))
    return rows, _cursors() == before


def _cursors() -> dict[str, int]:
    """Return how far each source is counted."""
    return dict(Counted.objects.values_list("source", "counted_to"))
