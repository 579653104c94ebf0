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

from sidan.analytics.models import ITSELF, Counted
from sidan.analytics.policies import BEGINNING, Period, monday_of, month_of, spans, until_end
from sidan.analytics.sql import (
    CURSORS,
    EACH_KEPT,
    EACH_TAIL,
    KEPT,
    OVER_EACH,
    TAIL,
    TODAY_KEPT,
    TODAY_TAIL,
)
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.figures import Kind, Source, figure_of, sources
from sidan.people.enums import FIGURE_ROLES
from sidan.places.models import Place
from sidan.places.queries import ancestors_of, children_of, stands_within

OF_THE_DAY: Final = "of_the_day"
TODAY: Final = "today"
EACH: Final = "each"
WEEK: Final = "week"
EVERYTHING: Final = 2**62
TRIES: Final = 3
"""A job counts a source once a minute: that it does so while one reads is rare, twice in a row all but impossible."""
_CURSOR_ROW: Final = -1
_KEPT_BY: Final = {OF_THE_DAY: KEPT, TODAY: TODAY_KEPT, EACH: EACH_KEPT}
_STARTS: Final = {WEEK: "date_trunc('week', start)::date"}
_TAIL_BY: Final = {OF_THE_DAY: TAIL, TODAY: TODAY_TAIL, EACH: EACH_TAIL}


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


def overseen_above(*, actor: Actor, root: Place) -> list[Place]:
    """Return the places above that the reader oversees as well: the way back up."""
    line = ancestors_of(place_id=root.pk)
    roots = actor.places_where(frozenset(FIGURE_ROLES))
    first = next((nth for nth, place in enumerate(line) if place.pk in roots), len(line))
    return line[first:]


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


def weeks_by_child(*, root: Place, figures: Iterable[str], first: date, last: date) -> Iterator[Cell]:
    """Yield some figures of a place for each week of a time and each child (`below`), as the tree stood on the day."""
    yield from _cells(root.pk, list(figures), Period(first, last), OF_THE_DAY, WEEK)


def figures_of_each(*, root: Place, figures: Iterable[str], period: Period) -> dict[int, Counts]:
    """Return some figures of each place that stands at or below the root today, each by itself, by its id.

    A place without anything is left out. It costs what there are places and days, not what there are orders.
    """
    found: dict[int, Counts] = defaultdict(Counts)
    for cell in _cells(root.pk, list(figures), period, EACH, ""):
        found[cell.below].counts[cell.figure, cell.key] += cell.count
    return found


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
    for _try in range(TRIES):
        found, is_sound = _over_each_once(root, list(figures), last_of, period, list(statements), values)
        if is_sound:
            break
    return found


def _over_each_once(
    root: Place,
    figures: list[str],
    last_of: str,
    period: Period,
    statements: list[str],
    values: dict[str, Any],
) -> tuple[list[list[tuple[Any, ...]]], bool]:
    """Return the rows, and whether no job has counted meanwhile: then nothing is there twice."""
    before = _cursors()
    tail = [
        row
        for source in sources()
        if any(figure.code in figures for figure in source.figures)
        for row in _tail(source, root.pk, EACH, before.get(source.code, 0))
        if row[1] in figures
    ]
    condition, found = _condition(dict.fromkeys(figures, period), "")
    found |= {
        "root": root.pk, "last_of": last_of, "from": period.first or BEGINNING, "until": period.last or date.max,
        "tail_places": [row[0] for row in tail], "tail_figures": [row[1] for row in tail],
        "tail_days": [row[3] for row in tail], "tail_counts": [int(row[4]) for row in tail],
    }  # fmt: skip
    rows = []
    with connection.cursor() as cursor:
        for body in statements:
            cursor.execute(OVER_EACH.format(condition=condition, body=body), {**values, **found})
            rows.append(list(cursor.fetchall()))
    return rows, _cursors() == before


def _cursors() -> dict[str, int]:
    """Return how far each source is counted."""
    return dict(Counted.objects.values_list("source", "counted_to"))


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
    if by == WEEK:
        return monday_of(day)
    if by:
        return month_of(day) if by == "month" else day
    return BEGINNING


def _kept(root_id: int, periods: dict[str, Period], tree: str, by: str) -> list[tuple[Any, ...]]:
    condition, values = _condition(periods, by)
    start = _STARTS.get(by, "start" if by else "DATE '2000-01-01'")
    statement = _KEPT_BY[tree].format(condition=condition, start=start)
    with connection.cursor() as cursor:
        cursor.execute(f"{CURSORS} UNION ALL ({statement})", {"root": root_id, **values})
        return list(cursor.fetchall())


def _condition(periods: dict[str, Period], by: str) -> tuple[str, dict[str, Any]]:
    """Return which counters make up the figures, each in its period, and the values of that condition."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
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
            grain = "day" if by == WEEK else by
            values |= {"by": grain, "first": _start(first, by), "last": period.last or date.max}
        conditions.append(f"(figure = %(figure{nth})s AND ({' OR '.join(runs) or 'FALSE'}))")
    return " OR ".join(conditions) or "FALSE", values


def _tail(source: Source, root_id: int, tree: str, after: int) -> list[tuple[Any, ...]]:
    statement = _TAIL_BY[tree].format(changes=source.changes)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"root": root_id, "after": after, "upto": EVERYTHING})
        return list(cursor.fetchall())
