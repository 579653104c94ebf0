"""The protocol of figures: how an app declares numbers that are counted for places (kept and served by analytics).

A source is an append-only table; each of its rows changes some figures by some count at a place on a day. Because
rows are only ever added, what was counted once stays right, and counting everything anew gives the same numbers.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.functional import Promise

Words = Mapping[str, str | Promise]


class Kind(Enum):
    """How a figure reads over time."""

    FLOW = "flow"
    """What happened within a period: orders placed in November."""
    STOCK = "stock"
    """How things stand at the end of a period: orders that wait. Its changes cancel out."""


def no_keys() -> Words:
    """Return the words of a figure that is not split."""
    return {}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that every place has: its own, plus the sum of its children."""

    code: str
    label: str | Promise
    kind: Kind = Kind.FLOW
    keys: Callable[[], Words] = no_keys
    """The words of the parts it is split into, in the order in which they are shown."""
    is_listed: bool = True
    """Stands on the page of all figures. One of very many parts does not: a page of its own makes sense of it."""
    is_whole: bool = True
    """Its parts are things of one kind, so that a sum and shares of it say something. Pupils and leaflets are not."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from.

    `changes` is a SELECT of (place_id, stood_on, day, figure, key, change) over the rows of `table` with an id above
    %(after)s and up to %(upto)s: `day` is when it happened, `stood_on` the day whose tree of places decides to whom it
    is added. The ids must come from the table's sequence, drawn after the transaction wrote something else.
    """

    code: str
    table: str
    changes: str
    figures: tuple[Figure, ...]
    """All that its rows change. Another source may feed the same figure: both declare it."""

    @property
    def definition(self) -> str:
        """A digest of what is counted and how: a counter kept by another definition is not of this figure."""
        parts = [self.table, self.changes, *sorted(figure.code for figure in self.figures)]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


_sources: Final[dict[str, Source]] = {}


def register_source(source: Source) -> None:
    """Make a source known; done by each app when it starts."""
    _sources[source.code] = source


def sources() -> list[Source]:
    """Return all sources, in the order in which the apps were loaded."""
    return list(_sources.values())


def figure_of(code: str) -> Figure:
    """Return a figure by its code.

    Raises:
        KeyError: no app declares it.
    """
    return {figure.code: figure for source in sources() for figure in source.figures}[code]
