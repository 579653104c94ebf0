"""The rows of the queue in finished words, which `orders/console/_row.html` puts down: the list and one row alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString

from sidan.core.ids import format_number
from sidan.core.moments import Counted, since_words, waited_words
from sidan.core.stencil import Stencil, joined
from sidan.core.templatetags.sidan import NOTHING, left_badge, state_badge
from sidan.orders.enums import ENDED
from sidan.orders.operations import CLOCKWORK
from sidan.orders.queries import QueueLine

_ROW: Final = Stencil(
    "orders/console/_row.html",
    holes=("uuid", "link", "number", "title", "place", "since", "how_long", "left", "state", "team"),
)
_NOBODY: Final = UUID(int=0)


def queue_rows(
    *, lines: Iterable[QueueLine], back: str, at: datetime, gone: frozenset[UUID] = frozenset()
) -> SafeString:
    """Return the rows. `back` is the list's query, `gone` are the orders that no longer belong into it."""
    # An address is made once: making fifty would cost more than the rows.
    shown = list(lines)
    counted = CLOCKWORK.counted([line.pk for line in shown if line.due_at is not None])
    head, tail = reverse("orders:queue_order", args=[_NOBODY]).split(str(_NOBODY))
    return joined(
        _row(line, counted.get(line.pk), f"{head}{line.uuid}{tail}?{back}", at=at, is_gone=line.uuid in gone)
        for line in shown
    )


def _row(line: QueueLine, counted: Counted | None, link: str, *, at: datetime, is_gone: bool) -> str:
    has_ended = line.state in ENDED
    told = since_words if has_ended else waited_words
    row = {
        "uuid": str(line.uuid),
        "link": link,
        "number": format_number(line.number),
        "title": line.title,
        "place": line.place,
        "since": line.state_since.isoformat(),
        "how_long": told(line.state_since, now=at),
        "left": NOTHING
        if has_ended
        else left_badge(due_at=line.due_at, half_at=line.half_at, at=at, counted=counted),
        "state": state_badge(line.state, "order_to_staff"),
        "team": line.team or NOTHING,
    }
    return _ROW.fill(row, ended=has_ended, urgency=line.urgency, is_private=line.is_private, is_gone=is_gone)
