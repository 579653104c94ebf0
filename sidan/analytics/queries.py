"""Figures of a place and its children: the kept counters, and on top the rows that no job has counted yet.

The counters and the cursor are read in one statement, the rest after it: nothing is counted twice or missed, whatever
the job does meanwhile. What a page costs depends on what it shows, not on how many orders there were.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from sidan.analytics.models import ITSELF
from sidan.analytics.policies import BEGINNING, Period, month_of, spans, until_end
from sidan.analytics.sql import CURSORS, KEPT, TAIL, TODAY_KEPT, TODAY_TAIL
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.figures import Kind, Source, figure_of, sources
from sidan.people.enums import FIGURE_ROLES
from sidan.places.models import Place
from sidan.places.queries import children_of, stands_within

OF_THE_DAY: Final = "of_the_day"
TODAY: Final = "today"
EVERYTHING: Final = 2**62
_CURSOR_ROW: Final = -1


@dataclass(frozen=True, slots=True)
class Cell:
    """One counter as it was read: below which child, of which figure and part, from when, how many."""

    below: int
    figure: str
    key: str
    start: date
    count: int


@dataclass(slots=True)
class Counts:
    """The figures of one place with all below it: count by figure and part."""

    counts: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def of(self, figure: str, key: str = "") -> int:
        """Return one number."""
        return self.counts.get((figure, key), 0)

    def parts(self, figure: str) -> dict[str, int]:
        """Return all parts of a figure that are not nothing."""
        return {key: count for (code, key), count in self.counts.items() if code == figure and count}

    def total(self, figure: str) -> int:
        """Return the sum of all parts of a figure."""
        return sum(self.parts(figure).values())


@dataclass(slots=True)
class PlaceFigures:
    """A place, what arose at itself, its children each with all below, and their sum: parent = own + children."""

    root: Place
    own: Counts
    children: list[tuple[Place, Counts]]
    total: Counts


def figures_root(*, actor: Actor, uuid: UUID | None) -> Place:
    """Return the place whose figures are asked for: one in the reader's reach, or the first of the reader's own.

    Raises:
        NotFound: there is no such place, or it lies outside what the reader oversees.
    """
    roots = actor.places_where(frozenset(FIGURE_ROLES))
    wanted = {"uuid": uuid} if uuid else {"pk": roots[0] if roots else 0}
    place = Place.objects.filter(**wanted).first()
    if place is None or not stands_within(place_id=place.pk, root_ids=roots):
        raise NotFound
    return place


def place_figures(
    *, root: Place, figures: Iterable[str], period: Period, tree: str = OF_THE_DAY
) -> PlaceFigures:
    """Read some figures of a place and of each place right under it.

    A place that stood under the root only for a time is listed with what arose in that time. With `tree` TODAY
    everything is added up as the places stand now. The caller has checked that the reader oversees the root.
    """
    by_place: dict[int, Counts] = defaultdict(Counts)
    total = Counts()
    for cell in _cells(root.pk, list(figures), period, tree, ""):
        by_place[cell.below].counts[cell.figure, cell.key] += cell.count
        total.counts[cell.figure, cell.key] += cell.count
    children = list(children_of(place_id=root.pk))
    known = {place.pk for place in children}
    former = Place.objects.filter(pk__in=by_place.keys() - known - {ITSELF}).order_by("sort_code", "id")
    rows = [(place, by_place[place.pk]) for place in [*children, *former]]
    return PlaceFigures(root=root, own=by_place[ITSELF], children=rows, total=total)


def series(*, root: Place, figures: Iterable[str], first: date, last: date, by: str) -> dict[date, Counts]:
    """Return some figures of a place with all below it for each day or month (`by`) of a time, the empty ones too."""
    found: dict[date, Counts] = {}
    for cell in _cells(root.pk, list(figures), Period(first, last), OF_THE_DAY, by):
        found.setdefault(cell.start, Counts()).counts[cell.figure, cell.key] += cell.count
    return found


def _cells(root_id: int, figures: list[str], period: Period, tree: str, by: str) -> Iterator[Cell]:
    """Yield the counters, then what has happened since they were brought up to date."""
    periods = {code: _period_of(code, period) for code in figures}
    counted: dict[str, int] = {}
    for below, figure, key, _grain, start, count in _kept(root_id, periods, tree, by):
        if below == _CURSOR_ROW:
            counted[figure] = count
        else:
            yield Cell(below, figure, key, start, count)
    for source in sources():
        if not any(figure.code in periods for figure in source.figures):
            continue
        for below, figure, key, day, count in _tail(source, root_id, tree, counted.get(source.code, 0)):
            if figure in periods and _within(day, periods[figure]):
                yield Cell(below, figure, key, _start(day, by), count)


def _period_of(code: str, period: Period) -> Period:
    return until_end(period) if figure_of(code).kind is Kind.STOCK else period


def _within(day: date, period: Period) -> bool:
    return (period.first is None or day >= period.first) and (period.last is None or day <= period.last)


def _start(day: date, by: str) -> date:
    if by:
        return month_of(day) if by == "month" else day
    return BEGINNING


def _kept(root_id: int, periods: dict[str, Period], tree: str, by: str) -> list[tuple[Any, ...]]:
    conditions: list[str] = []
    values: dict[str, Any] = {"root": root_id}
    for nth, (code, period) in enumerate(periods.items()):
        values[f"figure{nth}"] = code
        runs = []
        for mth, span in enumerate([] if by else spans(period)):
            name = f"{nth}_{mth}"
            runs.append(f"(grain = '{span.grain}' AND start BETWEEN %(first{name})s AND %(last{name})s)")
            values |= {f"first{name}": span.first, f"last{name}": span.last}
        if by:
            runs.append("(grain = %(by)s AND start BETWEEN %(first)s AND %(last)s)")
            first = period.first or BEGINNING
            values |= {"by": by, "first": _start(first, by), "last": period.last or date.max}
        conditions.append(f"(figure = %(figure{nth})s AND ({' OR '.join(runs) or 'FALSE'}))")
    statement = (TODAY_KEPT if tree == TODAY else KEPT).format(
        condition=" OR ".join(conditions) or "FALSE", start="start" if by else "DATE '2000-01-01'"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{CURSORS} UNION ALL ({statement})", values)
        return list(cursor.fetchall())


def _tail(source: Source, root_id: int, tree: str, after: int) -> list[tuple[Any, ...]]:
    statement = (TODAY_TAIL if tree == TODAY else TAIL).format(changes=source.changes)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"root": root_id, "after": after, "upto": EVERYTHING})
        return list(cursor.fetchall())
