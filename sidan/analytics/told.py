"""Figures as a page and a file show them: rows of a table, parts as bars beside their numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sidan.analytics.forms import Chosen
from sidan.analytics.policies import Period
from sidan.analytics.queries import Counts, PlaceFigures, place_figures, place_with_months
from sidan.core.figures import Figure, Words, sources
from sidan.orders.enums import OrderState
from sidan.places.models import Place
from sidan.reviews.queries import Satisfaction, satisfaction_of_figures

GROUPS: Final[Mapping[str, tuple[str | Promise, frozenset[str]]]] = {
    "to_admit": (_("To admit"), frozenset({OrderState.SUBMITTED})),
    "finding": (
        _("Finding a team"),
        frozenset({OrderState.ADMITTED, OrderState.REOPENED, OrderState.FAILED, OrderState.DISPATCHED}),
    ),
    "with_team": (
        _("With a team"),
        frozenset({OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY}),
    ),
    "to_review": (_("To be reviewed"), frozenset({OrderState.DONE})),
    "closed": (_("Closed"), frozenset({OrderState.CLOSED})),
    "refused": (_("Not admitted"), frozenset({OrderState.REFUSED})),
    "cancelled": (_("Cancelled"), frozenset({OrderState.CANCELLED})),
}
"""The columns: together they hold every state once, so that each row adds up to its total."""

STATE: Final = "orders.state"
PLACED: Final = "orders.placed"
ENDED: Final = "orders.ended"
SATISFIED: Final = "reviews.satisfied"
"""Told as a sentence (`satisfaction_of`): a share by itself says nothing."""
MOST_BARS: Final = 10
"""More do not help the eye."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place with where its orders stand, by column, each with the column's key and word."""

    name: str
    url: str
    cells: list[tuple[str, str | Promise, int]]
    total: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a figure: its word, its number, and its share of the whole in percent where there is a whole."""

    label: str
    count: int
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure split into its parts; the bar only repeats the number beside it."""

    title: str
    bars: list[Bar]
    total: int | None
    """Nothing where the parts are unlike things, which no sum holds."""


def all_figures() -> list[Figure]:
    """Return every figure that stands on the page of all figures."""
    figures = [figure for source in sources() for figure in source.figures if figure.is_listed]
    return list({figure.code: figure for figure in figures}.values())


def read(*, root: Place, chosen: Chosen) -> PlaceFigures:
    """Read every figure of a place for what was chosen. The caller has checked that the reader oversees it."""
    codes = [figure.code for figure in all_figures()]
    return place_figures(root=root, figures=codes, period=chosen.period, tree=chosen.tree)


def read_page(*, root: Place, chosen: Chosen, months: Period) -> tuple[PlaceFigures, Mapping[date, Counts]]:
    """Read what the page of a place shows: where the orders of each place under it stand, all else together.

    The caller has checked that the reader oversees it.
    """
    return place_with_months(
        root=root, by_child=[STATE], together=[figure.code for figure in all_figures() if figure.code != STATE],
        by_month=[PLACED, ENDED], period=chosen.period, months=months, tree=chosen.tree,
    )  # fmt: skip


def row_of(counts: Counts, *, name: str, url: str) -> Row:
    """Return one line of the table of states."""
    by_state = counts.parts(STATE)
    cells = [
        (key, label, sum(by_state.get(state, 0) for state in states))
        for key, (label, states) in GROUPS.items()
    ]
    return Row(name=name, url=url, cells=cells, total=sum(by_state.values()))


def states_of(counts: Counts) -> list[tuple[str, int]]:
    """Return the states in which there are orders, in their order."""
    by_state = counts.parts(STATE)
    return [(state, by_state[state]) for state in OrderState.values if by_state.get(state)]


def satisfaction_of(counts: Counts) -> Satisfaction:
    """Return how satisfied the residents are, with how that is known."""
    return satisfaction_of_figures(
        satisfied=counts.parts(SATISFIED), doubted=counts.parts("reviews.doubted"),
        collected=counts.parts("reviews.collected"), typed=counts.parts("reviews.typed"),
        unanswered=counts.of("orders.reviewed", "unanswered"),
    )  # fmt: skip


def charts_of(counts: Counts) -> list[Chart]:
    """Return the split figures of a period, those without anything left out."""
    told = []
    words_of = _words()
    for figure in all_figures():
        if figure.code in {STATE, PLACED, SATISFIED}:
            continue
        parts, words = counts.parts(figure.code), words_of[figure.code]
        whole = sum(parts.values()) if figure.is_whole else None
        if not parts or whole == 0:
            continue
        bars = _each(parts, words) if whole is None else _shares(parts, words, whole)
        told.append(Chart(title=str(figure.label), bars=bars, total=whole))
    return told


def _words() -> dict[str, Words]:
    """Return the words of the parts of each figure; those that several figures share are asked for once."""
    figures = all_figures()
    words = {keys: keys() for keys in {figure.keys for figure in figures}}
    return {figure.code: words[figure.keys] for figure in figures}


def _in_order(parts: dict[str, int], words: Words) -> list[str]:
    return [key for key in words if key in parts] + [key for key in parts if key not in words]


def _each(parts: dict[str, int], words: Words) -> list[Bar]:
    """Return every part in its order: unlike things are neither compared nor put together."""
    return [Bar(str(words.get(key, key or "–")), parts[key]) for key in _in_order(parts, words)]


def _shares(parts: dict[str, int], words: Words, whole: int) -> list[Bar]:
    """Return the parts in their order; of very many the largest, and the others together (the file has them all)."""
    order = _in_order(parts, words)
    if len(order) > MOST_BARS:
        order = sorted(order, key=lambda key: -parts[key])[: MOST_BARS - 1]
    bars = [
        Bar(str(words.get(key, key or "–")), parts[key], round(100 * parts[key] / whole)) for key in order
    ]
    rest = whole - sum(bar.count for bar in bars)
    if rest:
        bars.append(Bar(gettext("The others together"), rest, round(100 * rest / whole)))
    return bars


@dataclass(frozen=True, slots=True)
class Month:
    """How many orders came and were closed in a month."""

    start: date
    placed: int
    closed: int


def months_of(found: Mapping[date, Counts], starts: list[date]) -> list[Month]:
    """Return the months in their order, those without orders too."""
    empty = Counts()
    return [
        Month(start, found.get(start, empty).of(PLACED), found.get(start, empty).of(ENDED, "closed"))
        for start in starts
    ]


def table_of(found: PlaceFigures) -> Iterator[list[object]]:
    """Yield the rows of the file: a place a row, every part of every figure a column."""
    words = _words()
    columns = [(figure, key) for figure in all_figures() for key in words[figure.code] or {"": ""}]
    heads = [
        f"{figure.label}: {words[figure.code][key]}" if words[figure.code] else str(figure.label)
        for figure, key in columns
    ]
    yield [gettext("Place"), *heads]
    parts = [(gettext("%(place)s itself") % {"place": found.root.shown_name}, found.own)]
    parts += [(place.shown_name, counts) for place, counts in found.children]
    for name, counts in [*parts, (gettext("Together"), found.total)]:
        yield [name, *(counts.of(figure.code, key) for figure, key in columns)]
