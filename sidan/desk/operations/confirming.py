"""Calling a resident back about an order that somebody entered for them (R-Z4)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import act
from sidan.desk.enums import CallOutcome
from sidan.desk.models import Confirmation
from sidan.desk.permissions import require_calling_back
from sidan.desk.policies import TASK
from sidan.desk.queries import is_to_be_called
from sidan.orders.enums import CANCELLABLE, Reason
from sidan.orders.models import Order
from sidan.orders.operations import TASK_CLOCKS, cancel_order_for
from sidan.orders.operations.door import lock_order
from sidan.people.permissions import require_signed_in


class NothingToConfirm(Conflict):
    code = "nothing_to_confirm"
    sentence = _("Nobody needs to be called back about this order any more.")


class OutcomeUnknown(Invalid):
    code = "call_outcome_unknown"
    sentence = _("Please say what came of the call.")


def confirm_order(*, actor: Actor, at: datetime, order: Order, outcome: str) -> Confirmation:
    """Write down what came of a call back. An order that the resident does not want is cancelled in their name.

    Raises:
        NotYourResident, EnteredByYou, OutcomeUnknown, NothingToConfirm, OrderMovedOn.
    """
    require_calling_back(actor=actor, order=order)
    account_id, _person_id = require_signed_in(actor=actor)
    if outcome not in CallOutcome.values:
        raise OutcomeUnknown
    with act():
        present = lock_order(order_id=order.pk)
        if not is_to_be_called(order=present):
            raise NothingToConfirm
        row = Confirmation.objects.create(order=order, outcome=outcome, by_id=account_id, at=at)
        record(
            actor=actor, at=at, verb="order.confirm", subject=("order", order.pk), county_id=order.county_id,
            place_id=order.origin_place_id, outcome=outcome,
        )  # fmt: skip
        if not is_to_be_called(order=present):
            TASK_CLOCKS.end(task=TASK, thing_id=order.pk, at=at)
        if outcome == CallOutcome.NOT_WANTED and present.state in CANCELLABLE:
            cancel_order_for(actor=actor, at=at, order=order, reason=Reason.NO_LONGER_NEEDED)
    return row
