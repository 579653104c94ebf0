"""Who calls back, and who gives out codes."""

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden
from sidan.orders.models import Order
from sidan.orders.permissions import ServesHere, has_served, may_change_for_resident


class NotYourResident(Forbidden):
    code = "not_your_resident"
    sentence = _("Only those who look after residents of this place may do this.")


class EnteredByYou(Forbidden):
    """Whoever entered an order does not confirm it: two people have heard the resident."""

    code = "entered_by_you"
    sentence = _("You entered this order yourself; somebody else calls back.")


def require_calling_back(*, actor: Actor, order: Order) -> None:
    require_looking_after(actor=actor, order=order)
    if order.placed_by_id == actor.account_id:
        raise EnteredByYou


def require_looking_after(*, actor: Actor, order: Order) -> None:
    if not may_change_for_resident(actor=actor, order=order):
        raise NotYourResident


def may_issue_code(*, actor: Actor, order: Order) -> bool:
    """Tell whether the actor gives out a code: who looks after the resident and has no part in the service.

    With a code one reads the digits for the door, and says afterwards how it was: both are the resident's side (R-Z2).
    """
    return may_change_for_resident(actor=actor, order=order) and not has_served(actor=actor, order=order)


def require_issuing_code(*, actor: Actor, order: Order) -> None:
    require_looking_after(actor=actor, order=order)
    if not may_issue_code(actor=actor, order=order):
        raise ServesHere


def why_no_code(*, actor: Actor, order: Order) -> str:
    """Return the sentence for who looks after an order that they serve or served themselves; else nothing."""
    mixed = may_change_for_resident(actor=actor, order=order) and has_served(actor=actor, order=order)
    return str(ServesHere.sentence) if mixed else ""
