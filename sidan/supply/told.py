"""Numbers as a page and a file show them: bars of a chart, shaded cells, words of hints."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from sidan.catalogue.enums import Audience
from sidan.orders.enums import Reason
from sidan.places.models import Place
from sidan.supply.policies import Fate
from sidan.supply.queries import Demand, Hint, NeededOffMenu, Offered, Where, Why, WhyOfKind

Reasons = Mapping[Where, Mapping[Why, int]]
SHADES: Final = 4
WIDTH: Final = 720
HEIGHT: Final = 220
FOOT: Final = 34
HEAD: Final = 18
MOST_NUMBERED: Final = 12
"""With more weeks the numbers above the bars would touch; the table has them all."""
TALL_WIDTH: Final = 320
TALL_ROW: Final = 40
TALL_LEFT: Final = 52
TALL_RIGHT: Final = 46
TALL_GAP: Final = 6
"""Room for a day beside the bars, and for a number of four digits behind them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its word, where it leads, and its numbers."""

    name: str
    fate: Fate
    url: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A week in the chart: two bars side by side, told apart by pattern, with their numbers above."""

    week: date
    fate: Fate
    x: float
    x_unmet: float
    width: float
    y: float
    height: float
    y_unmet: float
    height_unmet: float
    is_labelled: bool
    is_numbered: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Weeks as bars, in the units of the drawing."""

    bars: list[Bar]
    base: int
    width: int = WIDTH
    height: int = HEIGHT


def chart_of(weeks: Mapping[date, Fate]) -> Chart:
    """Return the drawing of what was asked for and what is unmet, week by week."""
    most = max([fate.asked for fate in weeks.values()] + [1])
    slot = WIDTH / max(len(weeks), 1)
    width, base = slot * 0.36, HEIGHT - FOOT
    every = max(1, -(-len(weeks) // 12))
    bars = []
    for nth, (week, fate) in enumerate(weeks.items()):
        asked, unmet = ((base - HEAD) * count / most for count in (fate.asked, fate.unmet))
        bars.append(
            Bar(
                week=week, fate=fate, x=round(slot * nth + slot * 0.12, 1),
                x_unmet=round(slot * nth + slot * 0.5, 1), width=round(width, 1), y=round(base - asked, 1),
                height=round(asked, 1), y_unmet=round(base - unmet, 1), height_unmet=round(unmet, 1),
                is_labelled=nth % every == 0, is_numbered=len(weeks) <= MOST_NUMBERED,
            )
        )  # fmt: skip
    return Chart(bars=bars, base=base)


@dataclass(frozen=True, slots=True)
class TallBar:
    """A week in the chart for a narrow screen: two bars below each other, their numbers behind them."""

    week: date
    fate: Fate
    y: int
    width: float
    width_unmet: float

    @property
    def after(self) -> float:
        """Where the number behind the upper bar begins."""
        return round(self.width + TALL_GAP, 1)

    @property
    def after_unmet(self) -> float:
        return round(self.width_unmet + TALL_GAP, 1)


@dataclass(frozen=True, slots=True)
class TallChart:
    """Weeks as rows: on a telephone the drawing is as wide as its units, so that its words stay readable."""

    bars: list[TallBar]
    height: int
    width: int = TALL_WIDTH
    left: int = TALL_LEFT


def tall_chart_of(weeks: Mapping[date, Fate]) -> TallChart:
    """Return the same drawing for a narrow screen, the latest week last."""
    most = max([fate.asked for fate in weeks.values()] + [1])
    room = TALL_WIDTH - TALL_LEFT - TALL_RIGHT
    bars = [
        TallBar(
            week, fate, TALL_ROW * nth, round(room * fate.asked / most, 1), round(room * fate.unmet / most, 1)
        )
        for nth, (week, fate) in enumerate(weeks.items())
    ]
    return TallChart(bars=bars, height=TALL_ROW * len(weeks))


@dataclass(frozen=True, slots=True)
class Shaded:
    """A number in a table with how dark its ground is: 0 for nothing, up to SHADES. The number says it all."""

    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of weeks, and its sum."""

    name: str
    cells: list[Shaded]
    total: int


def grid_of(
    *, names: Mapping[str, str], found: Mapping[tuple[str, date], Fate], weeks: list[date]
) -> list[GridRow]:
    """Return what is unmet by row and week; rows without anything unmet are left out, the most unmet first."""
    most = max([fate.unmet for fate in found.values()] + [1])
    rows = []
    for key, name in names.items():
        counts = [found[key, week].unmet if (key, week) in found else 0 for week in weeks]
        if any(counts):
            cells = [Shaded(count, -(-count * SHADES // most)) for count in counts]
            rows.append(GridRow(name=name, cells=cells, total=sum(counts)))
    return sorted(rows, key=lambda row: -row.total)


def sorted_rows(rows: Iterator[Row]) -> list[Row]:
    """Return lines of a table, the most unmet first."""
    return sorted(rows, key=lambda row: (-row.fate.unmet, -row.fate.asked))


def demand_table(
    *, root: Place, demand: Demand, reasons: Reasons, places: Mapping[int, str], kinds: Mapping[str, str]
) -> Iterator[list[object]]:
    """Yield the rows of the file: place by kind by week, only where something was asked for or not admitted.

    All of it stands in the week in which the orders were placed, also why they came to nothing: one column a way and
    a reason.
    """
    given = {why for each in reasons.values() for why, count in each.items() if count}
    whys = sorted(given, key=lambda why: (why.is_of_team, how_word(why), reason_word(why.reason)))
    heads = [
        gettext("%(how)s: %(reason)s") % {"how": how_word(why), "reason": reason_word(why.reason)}
        for why in whys
    ]
    yield [
        gettext("Place"), gettext("Kind of service"), gettext("Week from"), gettext("Asked for"), gettext("Served"),
        gettext("Still in hand"), gettext("Not admitted or not done"), gettext("No longer wanted"), gettext("Unmet"),
        *heads,
    ]  # fmt: skip
    for where in sorted(demand.cells.keys() | reasons.keys(), key=lambda where: where[::-1]):
        (below, kind, week), fate, each = where, demand.cells.get(where, Fate()), reasons.get(where, {})
        place = places.get(below) or gettext("%(place)s itself") % {"place": root.shown_name}
        yield [
            place, kinds.get(kind, kind), week, fate.asked, fate.met, fate.in_hand, fate.lost, fate.taken_back,
            fate.unmet, *(each.get(why, 0) for why in whys),
        ]  # fmt: skip


def reason_word(code: str) -> str:
    """Return a reason in words."""
    return str(dict(Reason.choices).get(code, code)) if code else gettext("No reason given")


def how_word(why: Why) -> str:
    """Return in words in which way something came to nothing."""
    if why.is_spared:
        return gettext("Not admitted, as no longer wanted")
    return {
        "refused": gettext("Not admitted"),
        "cannot": gettext("No team was found"),
        "failed": gettext("Could not be done"),
        "decline": gettext("A team declined"),
        "release": gettext("A team gave it back before the visit"),
        "fail": gettext("A team could not do it"),
    }[why.how]


@dataclass(frozen=True, slots=True)
class ReasonRows:
    """Lines of one table of reasons: kind, way, reason, number; the shown ones, and the number of all."""

    rows: list[tuple[str, str, str, int]]
    total: int


def reason_rows(*, found: Iterable[WhyOfKind], kinds: Mapping[str, str]) -> ReasonRows:
    """Return reasons as a table shows them: every line, so that they add up."""
    rows = [
        (kinds.get(one.kind, one.kind), how_word(one.why), reason_word(one.why.reason), one.count)
        for one in found
    ]
    return ReasonRows(rows, sum(row[-1] for row in rows))


def hint_words(hint: Hint) -> str:
    """Return the sentence of a hint."""
    group = Audience(hint.group).label if hint.group else ""
    facts = {"count": hint.count, "usual": number_format(hint.usual, 0), "group": group}
    if hint.kind == "place_forgotten":
        if not hint.count:
            return gettext("Nobody has been served here in the last 90 days.")
        return (
            ngettext(
                "Nobody has been served here in the last 90 days, though there was %(count)s order.",
                "Nobody has been served here in the last 90 days, though there were %(count)s orders.",
                hint.count,
            )
            % facts
        )
    if hint.kind == "place_often":
        return (
            gettext(
                "Served %(count)s times in the last 30 days; the places beside it usually %(usual)s times."
            )
            % facts
        )
    if hint.kind == "group_forgotten":
        return (
            gettext(
                "%(group)s: what is meant for them was ordered here %(count)s times in the last 90 days,"
                " and nobody came."
            )
            % facts
        )
    if hint.kind == "kind_not_given":
        return (
            gettext(
                "This kind of service was asked for here %(count)s times in the last 90 days and not given once."
            )
            % facts
        )
    return gettext("This person was served %(count)s times in the last 30 days.") % facts


def gaps_table(
    *,
    needs: Sequence[tuple[str, NeededOffMenu]],
    wishes: Sequence[tuple[str, int]],
    off_menu: Sequence[Offered],
    unasked: Sequence[Offered],
    missing: Sequence[tuple[str, int]],
    places_open: int,
) -> Iterator[list[object]]:
    """Return the rows of the file of gaps, the head first: a line fills the columns of its part of the page."""
    yield [
        gettext("Finding"), gettext("Service"), gettext("Kind of service"), gettext("Team"),
        gettext("Open needs"), gettext("Voices"), gettext("Wishes"), gettext("Number of wishes"),
        gettext("Asked for in this time"), gettext("Asked for ever"),
        gettext("Places where one can order it"), gettext("Places in all"),
    ]  # fmt: skip
    for word, need in needs:
        finding = gettext("Needed, on no menu, but in the library")
        if not need.in_library:
            finding = gettext("Needed, and nowhere offered")
        yield [finding, "", word, "", need.needs, need.voices, *[""] * 6]
    for label, count in wishes:
        yield [gettext("Wished for freely"), *[""] * 5, label, count, *[""] * 4]
    for part, rows in (
        (gettext("Asked for, and on no menu now"), off_menu),
        (gettext("On the menu, and never asked for"), unasked),
    ):
        for one in rows:
            what = one.project
            names = (what.shown_title, what.category.shown_name, what.team.shown_name)
            yield [part, *names, *[""] * 4, one.count, one.ever, "", ""]
    for word, covered in missing:
        yield [
            gettext("Kinds that are not offered everywhere here"),
            "",
            word,
            *[""] * 7,
            covered,
            places_open,
        ]
