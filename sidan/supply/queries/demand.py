"""What is asked for and what became of it, by place, kind of service and week: read from counters alone."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from sidan.analytics.policies import Period
from sidan.analytics.queries import place_figures, weeks_by_child
from sidan.orders.enums import OrderState
from sidan.orders.figures import BETWEEN, NOT_WANTED
from sidan.places.models import Place
from sidan.supply.policies import Fate, mondays

PARTS: Final = {
    "orders.category": "asked",
    "orders.met": "met",
    "orders.lost": "lost",
    "orders.taken_back": "taken_back",
}
"""The figure behind each part of a fate. All four are dated on the day on which the order was placed."""
Key = TypeVar("Key")
REASONS: Final = ("orders.lost_of", "orders.returned_of")
"""Both dated by the placing, too. Of the first, what is not spared makes up `orders.lost`."""
TEAM_SAID: Final = ("decline", "release", "fail")
Where = tuple[int, str, date]
"""Below which child (0: at the place itself), of which kind, in the week that begins on which day."""


@dataclass(slots=True)
class Demand:
    """What was asked for at a place and below it in some weeks."""

    weeks: list[date]
    cells: dict[Where, Fate] = field(default_factory=dict)

    def total(self) -> Fate:
        """Return all of it together."""
        return self._grouped(lambda _where: 0).get(0, Fate())

    def by_week(self) -> dict[date, Fate]:
        """Return each week, the empty ones too."""
        found = self._grouped(lambda where: where[2])
        return {week: found.get(week, Fate()) for week in self.weeks}

    def by_kind(self) -> dict[str, Fate]:
        """Return each kind of service that was asked for, by its code."""
        return self._grouped(lambda where: where[1])

    def by_child(self) -> dict[int, Fate]:
        """Return each child that something was asked for below."""
        return self._grouped(lambda where: where[0])

    def kind_by_week(self) -> dict[tuple[str, date], Fate]:
        return self._grouped(lambda where: (where[1], where[2]))

    def child_by_week(self) -> dict[tuple[int, date], Fate]:
        return self._grouped(lambda where: (where[0], where[2]))

    def _grouped(self, key: Callable[[Where], Key]) -> dict[Key, Fate]:
        found: dict[Key, Fate] = {}
        for where, fate in self.cells.items():
            found.setdefault(key(where), Fate()).add(fate)
        return found


def demand_of(*, root: Place, first: date, last: date, kinds: Collection[str] = ()) -> Demand:
    """Return what was asked for from a Monday to a day, and what has become of it until now; of some kinds, or all."""
    demand = Demand(weeks=mondays(first=first, last=last))
    for cell in weeks_by_child(root=root, figures=PARTS, first=first, last=last):
        if kinds and cell.key not in kinds:
            continue
        fate = demand.cells.setdefault((cell.below, cell.key, cell.start), Fate())
        part = PARTS[cell.figure]
        setattr(fate, part, getattr(fate, part) + cell.count)
    return demand


@dataclass(frozen=True, slots=True)
class Why:
    """In which way something came to nothing, for which reason; `kind` and how often stand beside it."""

    how: str
    reason: str

    @property
    def is_spared(self) -> bool:
        """Tell whether nobody goes without: it was asked for twice, or is not wanted any more."""
        return self.how == OrderState.REFUSED and self.reason in NOT_WANTED

    @property
    def is_of_team(self) -> bool:
        """Tell whether a team said no, whatever followed; else it is the end of the order."""
        return self.how in TEAM_SAID


@dataclass(frozen=True, slots=True)
class WhyOfKind:
    """How often a kind of service came to nothing in a way, for a reason."""

    kind: str
    why: Why
    count: int


def reasons_of(*, root: Place, first: date, last: date, kinds: Collection[str] = ()) -> list[WhyOfKind]:
    """Return why what was asked for in a time came to nothing, by orders and by answers of teams: the most first."""
    found = place_figures(root=root, figures=REASONS, period=Period(first, last)).total
    told = []
    for figure in REASONS:
        for key, count in found.parts(figure).items():
            kind, why = _told(key)
            if count and (not kinds or kind in kinds):
                told.append(WhyOfKind(kind, why, count))
    return sorted(told, key=lambda row: (-row.count, row.kind, row.why.how, row.why.reason))


def reasons_by_week(
    *, root: Place, first: date, last: date, kinds: Collection[str] = ()
) -> dict[Where, dict[Why, int]]:
    """Return the same by place and kind, in the week in which the order was placed."""
    found: dict[Where, dict[Why, int]] = {}
    for cell in weeks_by_child(root=root, figures=REASONS, first=first, last=last):
        kind, why = _told(cell.key)
        if not kinds or kind in kinds:
            reasons = found.setdefault((cell.below, kind, cell.start), {})
            reasons[why] = reasons.get(why, 0) + cell.count
    return found


def _told(key: str) -> tuple[str, Why]:
    kind, how, reason = key.split(BETWEEN)
    return kind, Why(how, reason)
