"""Two orders of one person for the same thing become one (R-Z6): the one ends, and says which one goes on."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, Invalid
from sidan.core.events import publish
from sidan.core.transactions import act
from sidan.orders.enums import ENDED, OrderState, Reason, Urgency
from sidan.orders.events import OrderMerged
from sidan.orders.models import Order, OrderMerge
from sidan.orders.notices import tell_resident
from sidan.orders.operations.danger import hear_and_warn, mark_danger, mark_urgent
from sidan.orders.operations.door import lock_order, lock_turn
from sidan.orders.operations.ending import end_early
from sidan.orders.permissions import require_handling
from sidan.orders.queries.page import whole_need
from sidan.people.queries import are_one_person


class NotAlike(Invalid):
    code = "not_alike"
    sentence = _("Only two orders of the same person for the same kind of service become one.")


class OneIsPrivate(Invalid):
    code = "one_is_private"
    sentence = _(
        "One of the two is private, and whoever reads the other would learn of it. Ask the resident which one goes on."
    )


class OtherHasEnded(Conflict):
    code = "other_has_ended"
    sentence = _("The other order is over already. Nobody would come any more.")


class OtherCouldNotBeDone(Conflict):
    code = "other_could_not_be_done"
    sentence = _("The other order could not be done, and nobody is asked for it. Let this one go on instead.")


class OtherIsDone(Conflict):
    code = "other_is_done"
    sentence = _("The other order was served already, and nobody comes for it again. Let this one go on.")


def merge_order(*, actor: Actor, at: datetime, order: Order, into: Order, words: str = "") -> Order:
    """End an order as asked for already; the other one goes on, as urgent as the more urgent of the two.

    Whoever merges two orders locks both, the older first, so that no two are merged into each other at once.

    Raises:
        NotYourQueue: one of the two is not the actor's to decide about.
        NotAlike, OrderMovedOn.
        OneIsPrivate: and the other is not; each would name the other to its readers.
        OtherHasEnded, OtherCouldNotBeDone, OtherIsDone: nobody would come for the one that is left.
    """
    require_handling(actor=actor, order=order)
    require_handling(actor=actor, order=into)
    if order.pk == into.pk or not _are_alike(order, into):
        raise NotAlike
    if order.is_private != into.is_private:
        raise OneIsPrivate
    with act():
        locked = {pk: lock_order(order_id=pk) for pk in sorted((order.pk, into.pk))}
        lock_turn(order=order)
        goes_on = locked[into.pk]
        if goes_on.state in ENDED:
            raise OtherHasEnded
        if goes_on.state == OrderState.FAILED:
            raise OtherCouldNotBeDone
        if goes_on.state == OrderState.DONE:
            raise OtherIsDone
        step_id = end_early(
            actor=actor, at=at, order=order, verb="merge", reason=Reason.DUPLICATE, words=words
        )
        OrderMerge.objects.create(step_id=step_id, order=order, into=into, by_id=actor.account_id or 0, at=at)
        publish(OrderMerged(order_id=order.pk, into_id=into.pk, at=at))
        _carry_over(actor, at, order, goes_on, words)
        into.urgency, into.turn = goes_on.urgency, goes_on.turn
        tell_resident(kind="order_merged", order=order, at=at, into=into.number)
    return order


def _carry_over(actor: Actor, at: datetime, order: Order, goes_on: Order, words: str) -> None:
    """Mark what goes on by how urgent the other one was, and by what was said beside the merge."""
    hear_and_warn(actor=actor, at=at, order=goes_on, words=words)
    if order.urgency == Urgency.DANGER:
        mark_danger(actor=actor, at=at, order=goes_on, numbers=_numbers(order))
    elif order.urgency == Urgency.URGENT:
        mark_urgent(actor=actor, at=at, order=goes_on)


def _numbers(order: Order) -> set[str]:
    """Return whom to call by what was asked for and by what was said of it since."""
    return {*numbers_to_call(whole_need(order.text)), *order.calls_heard.split()}


def _are_alike(order: Order, into: Order) -> bool:
    """Tell whether one human asked for both, and for the same."""
    return order.category_id == into.category_id and are_one_person(
        person_id=order.requester_id, other_id=into.requester_id
    )
