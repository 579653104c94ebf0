"""In which order the dispatcher's queue stands: its own, or one by a column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.db.models import CharField, DateTimeField, F, Field, QuerySet, Value
from django.db.models.functions import Coalesce

from sidan.core.pagination import key_order
from sidan.orders.models import Order

OURS: Final = "ours"
EVERYWHERE: Final = "everywhere"
"""Of the orders in sight, those that one's own places hold, or all: one begins with one's own."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the reader chose above the queue."""

    chip: str = ""
    category: str = ""
    place_id: int | None = None
    text: str = ""
    at: datetime | None = None
    """The present, for what is soon due or overdue."""
    by: str = ""
    """One of `BY`: who asked."""
    held: str = ""
    """`OURS`: only what the reader decides about; of who decides nowhere, what their places hold."""
    sort: str = ""
    """One of `SORTS`; without one, or where it does not hold, the list's own order."""


_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
_LONG_AGO: Final = datetime(1, 1, 4, tzinfo=UTC)
SORTS: Final[Mapping[str, tuple[Any, "Field[Any, Any]"]]] = {
    "-state_since": (F("state_since"), DateTimeField()),
    # What has no limit stands last in either direction.
    "due": (Coalesce("due_at", Value(_NEVER)), DateTimeField()),
    "-due": (Coalesce("due_at", Value(_LONG_AGO)), DateTimeField()),
    "kind": (F("category"), CharField()),
    "-kind": (F("category"), CharField()),
    "place": (F("origin_place__path_names"), CharField()),
    "-place": (F("origin_place__path_names"), CharField()),
    "state": (F("state"), CharField()),
    "-state": (F("state"), CharField()),
}
"""The orders that a reader may choose besides the list's own: by what, and how a cursor keeps it.

Each sorts what is open, which is little; over all that has ended, and over all that words are looked for in, there is
none but the list's own."""
KEY: Final = "sort_key"


def chosen_sort(chosen: QueueFilter) -> str:
    """Return the order that the reader chose, where it holds; nothing for the list's own."""
    holds = chosen.sort in SORTS and chosen.chip != "ended" and not chosen.text
    return chosen.sort if holds else ""


def ordered(rows: QuerySet[Order], *, chosen: QueueFilter) -> QuerySet[Order]:
    """Return orders as the list shows them: for a table to take away."""
    return keyed(rows, chosen)[0]


def keyed(rows: QuerySet[Order], chosen: QueueFilter) -> tuple[QuerySet[Order], str]:
    """Return rows with what they are sorted by, in that order, and the order as `core.pagination` names it."""
    sort = queue_sort(chosen)
    by = SORTS[sort][0] if sort in SORTS else F(sort.removeprefix("-"))
    key = f"-{KEY}" if sort.startswith("-") else KEY
    return rows.annotate(**{KEY: by}).order_by(*key_order(key)), key


def field_of(sort: str) -> "Field[Any, Any]":
    """Return the field that reads a cursor's value."""
    field: Field[Any, Any] = SORTS[sort][1] if sort in SORTS else getattr(Order, sort.removeprefix("-")).field
    return field


def queue_sort(chosen: QueueFilter) -> str:
    """Return the order of a list, as `core.pagination` names it: the one that its reader chose, or the list's own.

    That is what waits longest first, and what has ended latest. What is searched for in all orders stands as it was
    placed, the latest first: the texts lie in that order.
    """
    if sort := chosen_sort(chosen):
        return sort
    if chosen.text and not chosen.chip:
        return "-id"
    return "-state_since" if chosen.chip == "ended" else "state_since"
