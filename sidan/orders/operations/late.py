"""Times of a visit that arrive after it has ended: what is still taken in, and why the rest is not."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.models import Mark
from sidan.attendance.operations import Told
from sidan.attendance.queries import refused_records
from sidan.core.errors import Conflict
from sidan.hours.queries import has_occasion
from sidan.orders.enums import Machine, VisitState
from sidan.orders.models import Order, Visit
from sidan.orders.notices import of_team, tell_dispatchers
from sidan.orders.operations.serving import record_service_found

ENDED: Final = frozenset({VisitState.DONE, VisitState.FAILED, VisitState.CALLED_OFF})
"""Somebody may have been at the door of a visit that ended so, of one that was called off without anybody's knowing."""
_MOST_REFUSED: Final = 5
"""Times told of one visit that ended: six digits that leave no mark when they are wrong could be guessed."""


class VisitEnded(Conflict):
    code = "visit_ended"
    sentence = _(
        "When this arrived, the visit had been reported or handed back already. After that, only a time that the code"
        " of the door proves is added by itself."
    )


class AfterTheEnd(Conflict):
    code = "after_visit_ended"
    sentence = _("This time lies after the moment at which the visit was reported or handed back.")


class VisitCalledOff(Conflict):
    code = "visit_called_off"
    sentence = _(
        "This visit was called off, or another team has it now. Only a time from before that is added by itself, if the"
        " code of the door proves it."
    )


def require_before_end(*, visit: Visit, order: Order, person_id: int, told: Told) -> None:
    """Let a time kept without network in after the visit has ended, if it lies before the end: nobody knew of it then.

    What was reported, given up or called off stays as it is; the time is evidence beside it.

    Raises:
        VisitCalledOff, AfterTheEnd.
        VisitEnded: so many of this person were refused that digits may be guessed.
    """
    require_not_after(visit=visit, order=order, told=told)
    if refused_records(cause_id=visit.cause_id, person_id=person_id) >= _MOST_REFUSED:
        raise why_not_by_itself(visit=visit)


def require_not_after(*, visit: Visit, order: Order, told: Told) -> None:
    """Refuse a time that lies after the end of its visit. Raises AfterTheEnd, VisitCalledOff."""
    ended = order.steps.filter(machine=Machine.VISIT, visit_id=visit.pk, to_state=visit.state).last()
    if ended is None or told.at > ended.at:
        raise VisitCalledOff if visit.state == VisitState.CALLED_OFF else AfterTheEnd


def require_by_hand(*, visit: Visit, order: Order, told: Told) -> None:
    """Let the leader write a time of a visit that has ended by hand. Raises AfterTheEnd.

    Raises:
        VisitCalledOff: by hand nobody was there; where the code proves that somebody was, it is told as a late time.
    """
    if visit.state == VisitState.CALLED_OFF:
        raise VisitCalledOff
    require_not_after(visit=visit, order=order, told=told)


def why_not_by_itself(*, visit: Visit) -> Conflict:
    """Return why a visit that has ended takes in no time that nothing proves."""
    return VisitCalledOff() if visit.state == VisitState.CALLED_OFF else VisitEnded()


def tell_if_called_off(*, at: datetime, visit: Visit, order: Order, written: Mark) -> None:
    """Somebody was at the door before their visit was called off: say what it was, and tell the office, once a visit.

    Order and visit stay where they are; the caller holds the order's lock.
    """
    if visit.state != VisitState.CALLED_OFF or has_occasion(cause_id=visit.cause_id):
        return
    record_service_found(at=at, visit=visit, order=order, came_at=written.at)
    tell_dispatchers(kind="order_was_there", order=order, at=at, **of_team(visit.assignment.team))
