"""Whether an order, or one part of it, stands where a verb may be done; and where it stands afterwards."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Conflict, Invalid
from sidan.core.transitions import KEEPS
from sidan.orders.enums import ENDED, FREE_PART, OrderState
from sidan.orders.models import Order, WorkPart
from sidan.orders.states import ORDER, PART, state_of_parts


class OrderMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the order is in."""

    code = "order_moved_on"
    sentence = _(
        "This order has moved on in the meantime: it is now “%(state_words)s”. Look again and decide."
    )


class PartMissing(Invalid):
    """An order that was split is offered part by part."""

    code = "part_missing"
    sentence = _("This order was split. Please say which part of it you mean.")


class PartsTaken(Conflict):
    """What concerns the whole order waits until no team has a part of it."""

    code = "parts_taken"
    sentence = _("A team has a part of this order already. Take that part back first.")


class PartDone(Conflict):
    """What was done cannot be called off."""

    code = "part_done"
    sentence = _("A part of this order is done already. Tell the office which of the others are not needed.")


BY_PART: Final = frozenset({"dispatch", "call", "cannot"})
"""What is said of each part of an order that was split, and never of all of it; what nobody can do is left out."""
BEFORE_TEAMS: Final = frozenset({"change", "split", "join", "merge"})
"""What concerns the wish itself, on which a team that has a part relies."""


def moved_on(state: str) -> OrderMovedOn:
    """Build the answer for whoever came second."""
    return OrderMovedOn(state=state, state_words=OrderState(state).label)


def require_verb(*, order: Order, verb: str) -> None:
    """Refuse a verb that the table does not allow from the order's present state.

    Raises:
        OrderMovedOn: with the present state in words.
    """
    if order.state not in ORDER[verb].sources:
        raise moved_on(order.state)


def require_whole(*, order: Order, verb: str) -> None:
    """Refuse a verb about all of an order that was split, while its parts do not allow it.

    Raises:
        PartMissing, PartsTaken, PartDone.
    """
    if verb not in BY_PART | BEFORE_TEAMS | {"cancel"}:
        return
    standings = set(standings_of(order=order).values())
    if standings and verb in BY_PART:
        raise PartMissing
    if verb != "split" and OrderState.DONE in standings:
        raise PartDone
    if verb in BEFORE_TEAMS and not standings <= FREE_PART:
        raise PartsTaken


def standings_of(*, order: Order) -> dict[int, str]:
    """Return where each part of an order stands; nothing where it was not split."""
    return dict(WorkPart.objects.filter(order=order, ended_at=None).values_list("pk", "state"))


def after_part(*, order: Order, verb: str, part_id: int) -> tuple[str, str]:
    """Return where a part stands after a verb, and where the order stands then.

    Raises:
        OrderMovedOn: the table does not allow it.
    """
    rule, standings = PART.get(verb), standings_of(order=order)
    standing = standings.get(part_id, "")
    if rule is None or order.state in ENDED or standing not in rule.sources:
        raise moved_on(standing or order.state)
    standings[part_id] = rule.reached_from(standing)
    if rule.target == KEEPS:
        return standings[part_id], order.state
    return standings[part_id], state_of_parts(standings.values())
