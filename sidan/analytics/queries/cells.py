"""Reading counters: the kept ones, and on top the rows that no job has counted yet.

Counters, cursors and how far each source's table has grown are read in one statement, the rest after it: nothing is
counted twice or missed, whatever the job does meanwhile. A source without new rows is not asked any further.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Final

from django.db import connection

from sidan.analytics.models import ITSELF
from sidan.analytics.policies import BEGINNING, Period, monday_of, month_of, spans, until_end
from sidan.analytics.sql import (
    CURSORS,
    EACH_KEPT,
    EACH_TAIL,
    FEW,
    KEPT,
    NEWEST,
    TAIL,
    TODAY_KEPT,
    TODAY_TAIL,
    WAYS,
    WHOLE_KEPT,
)
from sidan.core.figures import Kind, Source, figure_of, sources

OF_THE_DAY: Final = "of_the_day"
TODAY: Final = "today"
EACH: Final = "each"
WEEK: Final = "week"
MONTH: Final = "month"
EVERYTHING: Final = 2**62
FEW_ROWS: Final = 1000
"""Uncounted rows of a table: more than a minute's are summed by PostgreSQL before they come here."""
_CURSOR, _NEWEST = -1, -2
_KEPT_BY: Final = {OF_THE_DAY: KEPT, TODAY: TODAY_KEPT, EACH: EACH_KEPT}
_STARTS: Final = {WEEK: "date_trunc('week', start)::date", MONTH: "start", "": "DATE '2000-01-01'"}
_TAIL_BY: Final = {OF_THE_DAY: TAIL, TODAY: TODAY_TAIL, EACH: EACH_TAIL}


@dataclass(frozen=True, slots=True)
class Cell:
    """One counter as it was read: below which child, of which figure and part, from when, how many."""

    below: int
    figure: str
    key: str
    start: date
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Some figures of a time, `by` week or month or as one, for each child by itself or for all together.

    All children together is the place itself to the reader (`below` is ITSELF), and a fraction of the rows.
    """

    figures: Sequence[str]
    period: Period
    by: str = ""
    by_child: bool = True

    def period_of(self, figure: str) -> Period:
        """Return the time of a figure: a stock sums everything up to the end."""
        return until_end(self.period) if figure_of(figure).kind is Kind.STOCK else self.period

    def start_of(self, day: date) -> date:
        """Return the start under which a day is summed."""
        if self.by == WEEK:
            return monday_of(day)
        return month_of(day) if self.by == MONTH else BEGINNING


def read_cells(*, root_id: int, asked: Sequence[Asked], tree: str) -> Iterator[tuple[int, Cell]]:
    """Yield what was asked for of a place, each cell with the place of its question in the list."""
    cursors, newest = dict[str, int](), dict[str, int]()
    for nth, below, figure, key, start, count in _kept(root_id, asked, tree):
        if nth == _CURSOR:
            cursors[figure] = count
        elif nth == _NEWEST:
            newest[figure] = count
        else:
            yield nth, Cell(below, figure, key, start, count)
    behind = {source: cursors.get(source.code, 0) for source in sources_of(asked)}
    behind = {source: after for source, after in behind.items() if newest[source.table] > after}
    few = {source: after for source, after in behind.items() if newest[source.table] - after <= FEW_ROWS}
    tails = [_few(few, root_id)] if tree == OF_THE_DAY else []
    tails += [
        tail(source=source, root_id=root_id, tree=tree, after=after)
        for source, after in behind.items() if tree != OF_THE_DAY or source not in few
    ]  # fmt: skip
    for below, figure, key, day, count in chain.from_iterable(tails):
        for nth, one in enumerate(asked):
            if figure in one.figures and _within(day, one.period_of(figure)):
                part = below if one.by_child else ITSELF
                yield nth, Cell(part, figure, key, one.start_of(day), count)


def _few(behind: Mapping[Source, int], root_id: int) -> list[tuple[Any, ...]]:
    """Count the few rows of some sources above an id each, by the tree of their day, as `tail` does."""
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for source, after in behind.items():
            cursor.execute(FEW.format(changes=source.changes), {"after": after, "upto": EVERYTHING})
            rows += cursor.fetchall()
        pairs = sorted({(place_id, stood_on) for place_id, stood_on, *_rest in rows})
        if not pairs:
            return []
        places, days = zip(*pairs, strict=True)
        cursor.execute(WAYS, {"root": root_id, "places": list(places), "days": list(days)})
        below = {(place_id, stood_on): child for place_id, stood_on, child in cursor.fetchall()}
    return [(below[tuple(row[:2])], *row[3:5], row[2], row[5]) for row in rows if tuple(row[:2]) in below]


def tail(*, source: Source, root_id: int, tree: str, after: int) -> list[tuple[Any, ...]]:
    """Count the rows of a source above an id: (below, figure, key, day, count)."""
    statement = _TAIL_BY[tree].format(changes=source.changes)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"root": root_id, "after": after, "upto": EVERYTHING})
        return list(cursor.fetchall())


def sources_of(asked: Sequence[Asked]) -> list[Source]:
    """Return the sources that feed any of the figures asked for."""
    wanted = {figure for one in asked for figure in one.figures}
    return [source for source in sources() if any(figure.code in wanted for figure in source.figures)]


def _within(day: date, period: Period) -> bool:
    return (period.first is None or day >= period.first) and (period.last is None or day <= period.last)


def _kept(root_id: int, asked: Sequence[Asked], tree: str) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {"root": root_id}
    parts = [CURSORS]
    parts += [NEWEST.format(table=table) for table in sorted({source.table for source in sources_of(asked)})]
    for nth, one in enumerate(asked):
        kept = WHOLE_KEPT if tree == OF_THE_DAY and not one.by_child else _KEPT_BY[tree]
        condition = condition_of(one, nth, values)
        parts.append("(" + kept.format(nth=nth, condition=condition, start=_STARTS[one.by]) + ")")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return list(cursor.fetchall())


def condition_of(asked: Asked, nth: int, values: dict[str, Any]) -> str:
    """Return which counters a question needs; figures of the same time stand together. Adds the values it names."""
    times: dict[Period, list[str]] = {}
    for figure in asked.figures:
        times.setdefault(asked.period_of(figure), []).append(figure)
    told = []
    for mth, (period, figures) in enumerate(times.items()):
        name = f"{nth}_{mth}"
        values[f"figures{name}"] = figures
        told.append(f"(figure = ANY(%(figures{name})s) AND ({_runs(asked, period, name, values)}))")
    return " OR ".join(told) or "FALSE"


def _runs(asked: Asked, period: Period, name: str, values: dict[str, Any]) -> str:
    runs = []
    for nth, (grain, first, last) in enumerate(_spans(asked, period)):
        values |= {f"first{name}_{nth}": first, f"last{name}_{nth}": last}
        runs.append(f"grain = '{grain}' AND start BETWEEN %(first{name}_{nth})s AND %(last{name}_{nth})s")
    return " OR ".join(f"({run})" for run in runs) or "FALSE"


def _spans(asked: Asked, period: Period) -> Iterator[tuple[str, date, date]]:
    if asked.by:
        grain = "month" if asked.by == MONTH else "day"
        yield grain, asked.start_of(period.first or BEGINNING), period.last or date.max
    else:
        yield from ((span.grain, span.first, span.last) for span in spans(period))
