"""Pinning where the door of an order is, so that a check-in by place is measured to it and not to the village."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import MeasuredTo
from sidan.attendance.operations import Reading, Target
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import act
from sidan.orders.enums import ENDED
from sidan.orders.models import Order, OrderPoint
from sidan.orders.operations.door import lock_order
from sidan.orders.permissions import require_pinning, require_unpinning
from sidan.orders.queries.doors import point_of
from sidan.people.permissions import require_signed_in
from sidan.places.queries import place_point

SHARP_M: Final = 100
"""A point less exact than this is no better than the village's own."""


class PointBlurred(Invalid):
    code = "point_blurred"
    sentence = _(
        "The telephone knows only to %(accuracy)s m where it is. Go to a window or outside and try again; it also works"
        " without."
    )


class PointNeedsConsent(Invalid):
    code = "point_needs_consent"
    sentence = _("Ask the resident first, and say that they agree.")


class NoPointNow(Conflict):
    code = "no_point_now"
    sentence = _("The order has ended; no place is kept of it any more.")


def pin_point(
    *, actor: Actor, at: datetime, order: Order, reading: Reading, resident_agrees: bool = False
) -> OrderPoint:
    """Keep where the door is, in place of an earlier point; staff say that the resident agrees.

    Raises:
        NotYourOrder, ServesHere, PointNeedsConsent, PointBlurred, NoPointNow.
    """
    account_id, person_id = require_signed_in(actor=actor)
    require_pinning(actor=actor, order=order)
    is_own = order.requester_id == person_id
    if not is_own and not resident_agrees:
        raise PointNeedsConsent
    if reading.accuracy_m > SHARP_M:
        raise PointBlurred(accuracy=round(reading.accuracy_m))
    point = reading.point
    with act():
        if lock_order(order_id=order.pk).state in ENDED:
            raise NoPointNow
        kept, _is_new = OrderPoint.objects.update_or_create(
            order=order,
            defaults={
                "spot": f"{point.longitude:.6f} {point.latitude:.6f}", "coordinate_system": point.system,
                "accuracy_m": round(reading.accuracy_m), "pinned_by_id": account_id, "is_own": is_own,
                "pinned_at": at,
            },
        )  # fmt: skip
        _trail(actor, at, order, "pin_point")
    return kept


def unpin_point(*, actor: Actor, at: datetime, order: Order) -> None:
    """Remove the point; without one nothing happens. Raises NotYourOrder."""
    require_unpinning(actor=actor, order=order)
    with act():
        removed, _by_model = OrderPoint.objects.filter(order=order).delete()
        if removed:
            _trail(actor, at, order, "unpin_point")


def forget_points_of_ended() -> int:
    """Remove the points of orders that have ended. Returns how many; done twice it does nothing."""
    removed, _by_model = OrderPoint.objects.filter(order__state__in=sorted(ENDED)).delete()
    return removed


def target_of(*, actor: Actor, order: Order) -> Target | None:
    """Return to what a reading at this order's door is measured: its own point, else the village's, else nothing.

    A point that the reader pinned, as before they were named, proves nothing of them: it is passed over.
    """
    pinned = point_of(order=order)
    if pinned and pinned.pinned_by_id != actor.account_id:
        return Target(point=pinned.point, of=MeasuredTo.VISIT, accuracy_m=pinned.accuracy_m)
    point = place_point(place_id=order.origin_place_id)
    return Target(point=point) if point else None


def _trail(actor: Actor, at: datetime, order: Order, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"order.{verb}", subject=("order", order.pk), place_id=order.holder_place_id,
        county_id=order.county_id,
    )  # fmt: skip
