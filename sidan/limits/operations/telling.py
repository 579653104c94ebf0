"""Who is told at the end of a limit of an order that names somebody, and what the trail says of the order."""

from datetime import datetime

from sidan.limits.enums import TO_OFFICE, AtEnd
from sidan.limits.models import TaskTimer, Timer
from sidan.limits.notices import tell_office, tell_office_above, tell_person
from sidan.limits.operations.taking import Trail
from sidan.limits.permissions import can_see_to_order
from sidan.orders.models import Order
from sidan.orders.queries import place_above, place_of_holder


def trail_of(order: Order) -> Trail:
    """Return where the audit trail tells what a clock did about an order: where it lies now."""
    return Trail(("order", order.pk), order.holder_place_id, order.county_id)


def tell_named(*, timer: Timer | TaskTimer, order: Order, at: datetime) -> str:
    """Tell the person whom the limit names; one who is gone, or may not act for it, can do nothing: then the office is.

    Returns what was done.
    """
    if can_see_to_order(account_id=timer.acting.person_id, order=order, step=timer.effect):
        tell_person(kind="limit_see_to_it", timer=timer, order=order, at=at)
        return AtEnd.TO_PERSON
    tell_office(kind="limit_see_to_it", timer=timer, order=order, at=at)
    return TO_OFFICE


def tell_above(*, timer: Timer | TaskTimer, order: Order, at: datetime) -> str:
    """Tell the office one level above of what stays where it is; of a private order nobody above reads.

    Returns what was done: where nobody stands above, those who decide were reminded before.
    """
    above = None if order.is_private else place_above(place=place_of_holder(order=order))
    if above is None:
        return AtEnd.REMIND
    tell_office_above(place_id=above.pk, timer=timer, order=order, at=at)
    return AtEnd.UP
