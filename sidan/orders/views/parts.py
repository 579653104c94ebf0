"""What the page of an order shows of its parts, and which of them was meant."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpRequest

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.ids import read_uuid
from sidan.orders import queries
from sidan.orders.forms.console import CallForm
from sidan.orders.forms.passing import TakeForm
from sidan.orders.forms.splitting import LeaveOutForm
from sidan.orders.models import Assignment, Order, WorkPart
from sidan.orders.states import UNDIVIDED


@dataclass(slots=True)
class PartRow:
    """One part; while it waits with the teams that could do it, and the form that leaves it out."""

    share: queries.PartShare
    proposals: queries.Proposals | None = None
    form: Form | None = None
    call_form: Form | None = None
    """Whom to ask openly; of a private order nobody."""
    offers: list[queries.Offer] = field(default_factory=list)
    """Who would take it, while it is called openly."""
    take_form: TakeForm | None = None
    """To take it back from a team whose time is over."""
    is_first: bool = False
    """The first one that waits: its teams are shown at once."""


def parts_context(
    found: Order,
    shares: list[queries.PartShare],
    *,
    handles: bool,
    areas: Callable[[Order], list[tuple[str, str]]],
) -> dict[str, Any]:
    """Gather the parts of an order; nobody has all of it. `areas` are asked for where somebody may be called openly."""
    rows = [PartRow(share) for share in shares]
    waiting = [row for row in rows if handles and row.share.waits]
    kinds = {row.share.part.category_id for row in waiting}
    fitting = {kind: queries.proposed_teams(order=found, category=kind) for kind in kinds}
    asked = areas(found) if waiting and not found.is_private else []
    for nth, row in enumerate(waiting):
        position = row.share.part.position
        row.proposals = fitting[row.share.part.category_id]
        row.form, row.is_first = LeaveOutForm(auto_id=f"out_{position}_%s"), nth == 0
        row.call_form = CallForm(auto_id=f"call_{position}_%s", areas=asked) if asked else None
    for row in rows:
        if handles and row.share.assignment:
            row.take_form = form_to_take(row.share.assignment, auto_id=f"take_{row.share.part.position}_%s")
        if handles and row.share.call is not None:
            row.offers = queries.offers_of(call=row.share.call, order=found)
    free = all(share.is_free for share in shares)
    # What a team relies on is not changed any more; then the page offers no way to.
    unchanging = {} if free else {"may_change": False}
    return unchanging | {"parts": rows, "may_join": handles and free and found.state in UNDIVIDED}


def form_to_take(share: Assignment, **given: Any) -> TakeForm | None:
    """Return the form to take a share back from its team, with the reasons that are so; nothing where it is not."""
    reasons = queries.reasons_to_take(share=share, at=now())
    return TakeForm(**given).offering(reasons) if reasons else None


def part_pressed(request: HttpRequest, found: Order) -> WorkPart | None:
    """Return the part of a split order whose button was pressed; nothing where none was meant. Raises NotFound."""
    text = request.POST.get("part", "")
    if not text:
        return None
    uuid = read_uuid(text)
    if uuid is None:
        raise NotFound
    return queries.part_by_uuid(order=found, uuid=uuid)
