"""Appending a mark: to which coming of the person it belongs, and whether an earlier one gives way to it."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, Grade
from sidan.attendance.models import Mark
from sidan.attendance.operations.locking import lock_person
from sidan.attendance.policies.stretches import coming_at, going_at
from sidan.attendance.queries import STANDS, stretches_of
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import Conflict, Invalid

_CAME: Final = (
    "SELECT 1 FROM attendance_mark came WHERE cause_id = %s AND person_id = %s AND nth = %s AND direction = 'in'"
    " AND at <= %s AND NOT EXISTS (SELECT 1 FROM attendance_mark newer WHERE newer.instead_of_id = came.id) AND NOT"
    " EXISTS (SELECT 1 FROM attendance_confirmation said WHERE said.mark_id = came.id AND NOT said.is_right)"
)


class AlreadyMarked(Conflict):
    code = "already_marked"
    sentence = _("This was written down already; nothing was changed.")

    def __init__(self, standing: Mark | None = None) -> None:
        self.standing = standing
        """What stands already."""
        super().__init__()


class NotCheckedIn(Conflict):
    code = "not_checked_in"
    sentence = _("Check in first; then you can check out.")


class LeftBeforeComing(Conflict):
    code = "left_before_coming"
    sentence = _("This going is earlier than the coming that is written down.")


class CodeUsed(Invalid):
    code = "code_used"
    sentence = _("You have used these six digits already. Wait for the next ones; they come within a minute.")


def append(written: Mark) -> None:
    """Append a mark of what one comes to once, such as a visit.

    Raises:
        AlreadyMarked, NotCheckedIn, LeftBeforeComing, CodeUsed
    """
    if written.direction == Direction.OUT:
        lock_person(person_id=written.person_id)
    if not _insert(written):
        lock_person(person_id=written.person_id)
        _append_instead(written)


def append_among(written: Mark) -> None:
    """Append a mark of what one comes to again, after a break or the next day: to the coming to which it belongs.

    The first coming, for which a crowd stands in line, is one statement and waits for nobody.

    Raises:
        AlreadyMarked, NotCheckedIn, LeftBeforeComing, CodeUsed
    """
    if written.direction == Direction.IN and _insert(written):
        return
    lock_person(person_id=written.person_id)
    told = stretches_of(cause_id=written.cause_id, person_id=written.person_id)
    if written.direction == Direction.IN:
        same = coming_at(stretches=told, at=written.at, zone=BUSINESS_ZONE)
        written.nth = same or max((one.nth for one in told), default=0) + 1
    else:
        written.nth = going_at(stretches=told, at=written.at) or 1
    if not _insert(written):
        _append_instead(written)


def _insert(written: Mark) -> bool:
    """Insert a mark; says no where it stands already, and where somebody would leave without having come.

    Plain SQL because an insert that fails would need a savepoint around it: two round trips at every door.
    """
    columns = [field for field in Mark._meta.concrete_fields if not field.primary_key]
    names = ", ".join(str(field.column) for field in columns)
    values = [getattr(written, field.attname) for field in columns]
    places = ", ".join(["%s"] * len(columns))
    of_whom: list[Any] = [written.cause_id, written.person_id, written.nth, written.at]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO attendance_mark ({names}) SELECT {places} WHERE %s OR EXISTS ({_CAME})"
            " ON CONFLICT DO NOTHING RETURNING id",
            [*values, written.direction == Direction.IN, *of_whom],
        )
        row = cursor.fetchone()
    if row is None:
        return False
    written.pk = row[0]
    return True


def _append_instead(written: Mark) -> None:
    """Append a mark in the place of the one that was told before, if that one gives way; else say why not."""
    rows = Mark.objects.filter(cause=written.cause_id, person=written.person_id, nth=written.nth)
    before = rows.filter(replaced_by=None, direction=written.direction).select_related("confirmation").first()
    if before is not None and _gives_way(before, written):
        written.instead_of_id = before.pk
        if _insert(written):
            return
    _refuse(written)


def _gives_way(before: Mark, written: Mark) -> bool:
    """Tell whether an earlier mark gives way to a new one: denied, only told and this one is better known, or void.

    The database knows the same (migrations 0014, 0020): a time that counts never gives way.
    """
    said = getattr(before, "confirmation", None)
    if said is not None:
        return not said.is_right
    if before.grade == Grade.WEAK and written.grade != Grade.WEAK:
        return True
    # The coming that it belonged to fell, and the one that stands is later.
    came = Mark.objects.filter(
        STANDS, cause=before.cause_id, person=before.person_id, nth=before.nth, direction=Direction.IN
    ).first()
    return before.direction == Direction.OUT and (came is None or came.at > before.at)


def _refuse(written: Mark) -> None:
    """Say why a mark could not be appended."""
    rows = Mark.objects.filter(STANDS, cause=written.cause_id, person=written.person_id, nth=written.nth)
    if written.direction == Direction.OUT:
        came = rows.filter(direction=Direction.IN).first()
        if came is None:
            raise NotCheckedIn
        if came.at > written.at:
            raise LeftBeforeComing
    standing = rows.filter(direction=written.direction).first()
    if standing is not None:
        raise AlreadyMarked(standing)
    raise CodeUsed
