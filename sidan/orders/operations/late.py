"""Times of a visit that arrive after it has ended: what is still taken in, and why the rest is not."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.operations import Told
from sidan.attendance.queries import refused_records
from sidan.core.errors import Conflict
from sidan.orders.enums import Machine, VisitState
from sidan.orders.models import Order, Visit

HELD: Final = frozenset({VisitState.DONE, VisitState.FAILED})
"""Somebody may have been at the door of a visit that ended so."""
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
    sentence = _("This visit was called off, or another team has it now.")


def require_before_end(*, visit: Visit, order: Order, person_id: int, told: Told) -> None:
    """Let a time kept without network in after the visit has ended, if it lies before the end: nobody knew of it then.

    What was reported or given up stays as it is; the time is evidence beside it.

    Raises:
        VisitCalledOff, AfterTheEnd.
        VisitEnded: so many of this person were refused that digits may be guessed.
    """
    require_not_after(visit=visit, order=order, told=told)
    if refused_records(cause_id=visit.cause_id, person_id=person_id) >= _MOST_REFUSED:
        raise VisitEnded


def require_not_after(*, visit: Visit, order: Order, told: Told) -> None:
    """Refuse a time that lies after the end of its visit, or of a visit that never was. Raises as above."""
    if visit.state not in HELD:
        raise VisitCalledOff
    ended = order.steps.filter(machine=Machine.VISIT, visit_id=visit.pk, to_state=visit.state).last()
    if ended is None or told.at > ended.at:
        raise AfterTheEnd
