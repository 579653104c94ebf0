"""Figures of a place and its children: a page costs what it shows, however many orders there were."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sidan.analytics.models import ITSELF
from sidan.analytics.policies import Period
from sidan.analytics.queries.cells import EACH, MONTH, OF_THE_DAY, WEEK, Asked, Cell, read_cells
from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.people.enums import FIGURE_ROLES
from sidan.places.models import Place
from sidan.places.queries import ancestors_of, children_of, stands_within


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
    cells = read_cells(root_id=root.pk, asked=[Asked(list(figures), period)], tree=tree)
    return _by_child(root, (cell for _nth, cell in cells))


def place_with_months(
    *, root: Place, by_child: Sequence[str], together: Sequence[str], by_month: Sequence[str], period: Period,
    months: Period, tree: str = OF_THE_DAY,
) -> tuple[PlaceFigures, dict[date, Counts]]:  # fmt: skip
    """Read for a page, at once: some figures of each place under the root, some of all together, some by month.

    Those that are read together stand in the total only: a page that shows nothing else of them need not read as many
    rows as there are children. The figures are of a period, the months of a time of their own. As for `place_figures`
    the caller has checked the reader.
    """
    asked = [
        Asked(by_child, period),
        Asked(together, period, by_child=False),
        Asked(by_month, months, by=MONTH, by_child=False),
    ]
    parts: list[list[Cell]] = [[], [], []]
    for nth, cell in read_cells(root_id=root.pk, asked=asked, tree=tree):
        parts[nth].append(cell)
    found = _by_child(root, parts[0])
    for cell in parts[1]:
        found.total.counts[cell.figure, cell.key] += cell.count
    by_start = defaultdict[date, Counts](Counts)
    for cell in parts[2]:
        by_start[cell.start].counts[cell.figure, cell.key] += cell.count
    return found, dict(by_start)


def _by_child(root: Place, cells: Iterable[Cell]) -> PlaceFigures:
    by_place, total = defaultdict[int, Counts](Counts), Counts()
    for cell in cells:
        by_place[cell.below].counts[cell.figure, cell.key] += cell.count
        total.counts[cell.figure, cell.key] += cell.count
    children = list(children_of(place_id=root.pk))
    former_ids = by_place.keys() - {place.pk for place in children} - {ITSELF}
    former = Place.objects.filter(pk__in=former_ids).order_by("sort_code", "id")
    rows = [(place, by_place[place.pk]) for place in [*children, *former]]
    return PlaceFigures(root=root, own=by_place[ITSELF], children=rows, total=total)


def weeks_by_child(*, root: Place, figures: Iterable[str], first: date, last: date) -> Iterator[Cell]:
    """Yield some figures of a place for each week of a time and each child (`below`), as the tree stood on the day."""
    asked = [Asked(list(figures), Period(first, last), by=WEEK)]
    return (cell for _nth, cell in read_cells(root_id=root.pk, asked=asked, tree=OF_THE_DAY))


def figures_of_each(*, root: Place, figures: Iterable[str], period: Period) -> dict[int, Counts]:
    """Return some figures of each place that stands at or below the root today, each by itself, by its id.

    A place without anything is left out. It costs what there are places and days, not what there are orders.
    """
    found: dict[int, Counts] = defaultdict(Counts)
    for _nth, cell in read_cells(root_id=root.pk, asked=[Asked(list(figures), period)], tree=EACH):
        found[cell.below].counts[cell.figure, cell.key] += cell.count
    return found
