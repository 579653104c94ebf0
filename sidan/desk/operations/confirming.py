"""Calling a resident back about an order that somebody entered for them (R-Z4)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.calls import require_pause
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import act
from sidan.desk.enums import CallOutcome
from sidan.desk.models import CallClaim, Confirmation
from sidan.desk.permissions import require_calling_back
from sidan.desk.policies import CALL_LASTS, CALLS_AT_MOST, TASK
from sidan.desk.queries import claim_of, is_to_be_called, is_unconfirmed
from sidan.orders.enums import CANCELLABLE, AskedWay, AssignmentState, Reason
from sidan.orders.models import Order
from sidan.orders.notices import tell_dispatchers, tell_leaders
from sidan.orders.operations import TASK_CLOCKS, cancel_order_for, require_looked
from sidan.orders.operations.door import lock_order
from sidan.people.permissions import require_signed_in


class NothingToConfirm(Conflict):
    code = "nothing_to_confirm"
    sentence = _("Nobody needs to be called back about this order any more.")


class OutcomeUnknown(Invalid):
    code = "call_outcome_unknown"
    sentence = _("Please say what came of the call.")


class CalledEnough(Conflict):
    code = "called_enough"
    sentence = _(
        "%(calls)s calls were in vain, and nobody calls again. If they ring back, write down what they say."
    )


class BeingCalled(Conflict):
    code = "being_called"
    sentence = _("%(name)s is calling about this order at the moment.")


def claim_call(*, actor: Actor, at: datetime, order: Order) -> CallClaim:
    """Say that one is calling the resident now: for `CALL_LASTS` nobody else does. Said again it lasts anew.

    Raises:
        NotYourResident, EnteredByYou, NothingToConfirm
        BeingCalled: a colleague said so before, and the time is not over.
    """
    require_calling_back(actor=actor, order=order)
    account_id, _person_id = require_signed_in(actor=actor)
    with act():
        # The order's row is locked first: of two who say so at once the second reads the name of the first.
        if not is_to_be_called(order=lock_order(order_id=order.pk)):
            raise NothingToConfirm
        held = claim_of(order=order, at=at)
        if held is not None and held.by_id != account_id:
            raise BeingCalled(name=held.by.person.name)
        values = {"by_id": account_id, "at": at, "until": at + CALL_LASTS}
        claim, _is_new = CallClaim.objects.update_or_create(order=order, defaults=values)
        _leave_trail(actor, order, at, "order.calling")
    return claim


def release_call(*, actor: Actor, at: datetime, order: Order) -> None:
    """Say that one does not call now after all, so that a colleague may; done twice it stays so.

    Raises:
        NotYourResident, EnteredByYou
    """
    require_calling_back(actor=actor, order=order)
    account_id, _person_id = require_signed_in(actor=actor)
    with act():
        ended, _rows = CallClaim.objects.filter(order=order, by=account_id).delete()
        if ended:
            _leave_trail(actor, order, at, "order.not_calling")


def _leave_trail(actor: Actor, order: Order, at: datetime, verb: str, **facts: str) -> None:
    record(
        actor=actor, at=at, verb=verb, subject=("order", order.pk), county_id=order.county_id,
        place_id=order.origin_place_id, **facts,
    )  # fmt: skip


def confirm_order(*, actor: Actor, at: datetime, order: Order, outcome: str) -> Confirmation:
    """Write down what came of a call back; then nobody is calling any more. An order that is not wanted is cancelled;
    where somebody is there already, the team and who dispatches are told, and it goes on until they say how it ended.

    Who did not answer may ring back: what they say is kept as long as the order is open.

    Raises:
        NotYourResident, EnteredByYou, OutcomeUnknown, NothingToConfirm, OrderMovedOn
        LookFirst: the caller has not opened the contact within the last day.
        CalledEnough: nobody answered once more, after as many calls as are made.
        TriedJustNow: nobody answered, and less than two hours ago neither.
    """
    require_calling_back(actor=actor, order=order)
    account_id, person_id = require_signed_in(actor=actor)
    if outcome not in CallOutcome.values:
        raise OutcomeUnknown
    if person_id != order.requester_id:  # reading one's own number is no look
        require_looked(actor=actor, at=at, order=order)
    with act():
        present = lock_order(order_id=order.pk)
        if not is_unconfirmed(order=present):
            raise NothingToConfirm
        if outcome == CallOutcome.NO_ANSWER:
            _require_another_try(present, at)
        row = Confirmation.objects.create(order=order, outcome=outcome, by_id=account_id, at=at)
        CallClaim.objects.filter(order=order).delete()
        _leave_trail(actor, order, at, "order.confirm", outcome=outcome)
        if not is_to_be_called(order=present):
            TASK_CLOCKS.end(task=TASK, thing_id=order.pk, at=at)
        if outcome == CallOutcome.NOT_WANTED:
            _end(actor, at, order, present)
    return row


def _end(actor: Actor, at: datetime, order: Order, present: Order) -> None:
    """Cancel an order that is not wanted, or tell those who are there already."""
    if present.state in CANCELLABLE:
        cancel_order_for(
            actor=actor, at=at, order=order, asked_by=AskedWay.TELEPHONE, reason=Reason.NO_LONGER_NEEDED
        )
        return
    serving = present.assignments.filter(state=AssignmentState.ACCEPTED).values_list("team", flat=True)
    tell_leaders(team_ids=serving, kind="order_not_wanted", order=present, at=at)
    tell_dispatchers(kind="order_not_wanted_to_office", order=present, at=at)


def _require_another_try(order: Order, at: datetime) -> None:
    """Refuse a call in vain that does not count. Raises CalledEnough, TriedJustNow."""
    if not is_to_be_called(order=order):
        raise CalledEnough(calls=CALLS_AT_MOST)
    require_pause(tried_at=order.confirmations.order_by("at").values_list("at", flat=True).last(), at=at)
