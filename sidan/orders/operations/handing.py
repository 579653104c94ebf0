"""Up and down the tree: a place passes an order up, asks above for help, or sends it down to one below (R-O4).

The state stays what it was; the holder changes in the door's own statement. Whoever handed an order over still sees
it, as a party to it. Figures are not touched: an order counts at its origin, whatever its route (ADR 0009).
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import act
from sidan.orders.enums import HandoverKind
from sidan.orders.models import Order, OrderHandover, OrderParty
from sidan.orders.notices import (
    of_place,
    tell_dispatchers,
    tell_helpers,
    tell_helpers_of_danger,
    tell_resident,
)
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.door import own_move, pass_door
from sidan.orders.operations.handling import require_reason
from sidan.orders.operations.standing import require_verb
from sidan.orders.permissions import require_handing_over, require_handling
from sidan.orders.queries.route import help_asked, place_above, place_of_holder, stands_below
from sidan.places.models import Place


class NobodyAbove(Conflict):
    code = "nobody_above"
    sentence = _("There is no place above %(place)s that takes orders.")


class PrivateStaysHere(Conflict):
    code = "private_stays_here"
    sentence = _("A private order is not shown to another place as well. Pass it up instead.")


class HelpAskedAlready(Conflict):
    code = "help_asked_already"
    sentence = _("%(place)s has been asked for help already, and has not answered yet.")


class NotBelowHolder(Invalid):
    code = "not_below_holder"
    sentence = _("An order is sent down only to an open place below the one that holds it.")


def pass_up_order(*, actor: Actor, at: datetime, order: Order, reason: str, words: str = "") -> Order:
    """Give the order to the next place above, which decides from now on. Time limits call this as SYSTEM.

    Raises:
        NotYourQueue, ReasonMissing, NobodyAbove, OrderMovedOn.
    """
    require_handing_over(actor=actor, order=order)
    require_reason(reason)
    require_verb(order=order, verb="pass_up")
    holder = place_of_holder(order=order)
    to = _above(holder)
    with act():
        _hand(actor, at, order, HandoverKind.PASS_UP, holder, to, reason, words)
        tell_resident(kind="order_passed_up", order=order, at=at, **of_place(to))
        tell_dispatchers(kind="order_received", order=order, at=at, **of_place(holder))
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return order


def ask_for_help(*, actor: Actor, at: datetime, order: Order, reason: str, words: str = "") -> Order:
    """Keep the order and ask the next place above to help with it; those above are told.

    Once, until somebody decides: whether help is open is read from the steps, and the door lets nobody through who
    read an older turn, so of two who ask at once one is asked first and the other is told.

    Raises:
        NotYourQueue, ReasonMissing, HelpAskedAlready, NobodyAbove, OrderMovedOn
        PrivateStaysHere: a private order is seen at one place; another one takes it over, or does not see it.
    """
    require_handing_over(actor=actor, order=order)
    require_reason(reason)
    require_verb(order=order, verb="ask_help")
    if order.is_private:
        raise PrivateStaysHere
    asked = help_asked(order=order)
    if asked is not None:
        raise HelpAskedAlready(place=asked.to_place.shown_short)
    holder = place_of_holder(order=order)
    to = _above(holder)
    with act():
        _hand(actor, at, order, HandoverKind.ASK_HELP, holder, to, reason, words)
        tell_helpers(place_id=to.pk, kind="order_help_asked", order=order, at=at, **of_place(holder))
        if hear_and_warn(actor=actor, at=at, order=order, words=words):
            tell_helpers_of_danger(place_id=to.pk, order=order, at=at)
    return order


def send_down_order(
    *, actor: Actor, at: datetime, order: Order, to: Place, reason: str, words: str = ""
) -> Order:
    """Give the order to a place below the one that holds it, for example the resident's own township.

    Raises:
        NotYourQueue, ReasonMissing, NotBelowHolder, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    require_reason(reason)
    if not stands_below(place=to, holder_id=order.holder_place_id):
        raise NotBelowHolder
    holder = place_of_holder(order=order)
    with act():
        _hand(actor, at, order, HandoverKind.SEND_DOWN, holder, to, reason, words)
        tell_resident(kind="order_sent_down", order=order, at=at, **of_place(to))
        tell_dispatchers(kind="order_received", order=order, at=at, **of_place(holder))
        # After the hand-over: who holds it now is told and decides.
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return order


def _above(holder: Place) -> Place:
    above = place_above(place=holder)
    if above is None:
        raise NobodyAbove(place=holder.shown_short)
    return above


def _hand(
    actor: Actor, at: datetime, order: Order, kind: HandoverKind, holder: Place, to: Place, reason: str, words: str
) -> None:  # fmt: skip
    """Take the step through the door and write the row; the one who helps or handed over is a party from now on."""
    keeps = kind == HandoverKind.ASK_HELP
    step_id = pass_door(
        order=order, actor=actor, at=at, moves=[own_move(order, kind.value)], reason=reason, words=words,
        to_place_id=None if keeps else to.pk,
    )  # fmt: skip
    OrderHandover.objects.create(
        step_id=step_id, order=order, kind=kind, from_place=holder, to_place=to, reason_code=reason,
        by_id=actor.account_id, at=at,
    )  # fmt: skip
    party = to if keeps else holder
    # a place may hand over an order that comes back to it: it is a party already then
    OrderParty.objects.bulk_create([OrderParty(order=order, place=party, since=at)], ignore_conflicts=True)
    if not keeps:
        order.holder_place = to
