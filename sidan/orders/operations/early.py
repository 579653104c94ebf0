"""How long before the agreed time a coming may lie that the resident's code does not prove."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, Grade
from sidan.attendance.models import Mark
from sidan.attendance.queries import proven_by
from sidan.core.errors import Conflict
from sidan.orders.models import Visit

TOLD_FROM: Final = timedelta(hours=2)
"""Before the agreed time: a coming begins the visit, after which the resident can no longer cancel or change."""


class TooEarly(Conflict):
    code = "too_early"
    sentence = _(
        "Without the resident's code, a coming can be written down from two hours before the agreed time on. Use the"
        " code, or agree on another time first."
    )


def opens_later(*, visit: Visit, at: datetime) -> datetime | None:
    """Return from when on a coming can be written down without the code; nothing where it can be by now."""
    opens = visit.planned_from - TOLD_FROM
    return opens if at < opens and not proven_by(cause_id=visit.cause_id, at=at) else None


def require_not_early(*, visit: Visit, written: Mark) -> None:
    """Refuse a coming long before the agreed time that nothing but a word or a telephone's place supports.

    The code is the resident's own yes: with it a team may come as early as both like, and once it has proven one of
    them there, the others may be written down beside.

    Raises:
        TooEarly: the caller's transaction takes the mark back.
    """
    if written.direction != Direction.IN or written.grade == Grade.STRONG:
        return
    if opens_later(visit=visit, at=written.at):
        raise TooEarly
