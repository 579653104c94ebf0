"""A second person's word on a time that was only told."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Grade
from sidan.attendance.models import Confirmation, Mark
from sidan.attendance.operations.deriving import derive_of
from sidan.attendance.operations.locking import lock_person
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Forbidden
from sidan.core.transactions import act
from sidan.people.permissions import require_signed_in


class NotTheSame(Forbidden):
    code = "second_person_needed"
    sentence = _("Somebody else has to confirm a time of your own, or one that you wrote down yourself.")


class AlreadySaid(Conflict):
    code = "time_already_judged"
    sentence = _("This time needs no word any more; nothing was changed.")


def require_second_person(*, actor: Actor, mark: Mark) -> None:
    """Refuse whose time it is and who wrote it down. Raises NotTheSame."""
    account_id, person_id = require_signed_in(actor=actor)
    if account_id == mark.recorded_by_id or person_id == mark.person_id:
        raise NotTheSame


def confirm_mark(*, actor: Actor, at: datetime, mark: Mark, is_right: bool) -> Confirmation:
    """Say that a weak mark is right, or that it is not; the caller has checked who may.

    Raises:
        NotTheSame: whose time it is, or who wrote it down, cannot be the second person.
        AlreadySaid: it is proven, somebody has said a word already, or a proven one stands instead.
    """
    account_id, _person_id = require_signed_in(actor=actor)
    require_second_person(actor=actor, mark=mark)
    if mark.grade != Grade.WEAK:
        raise AlreadySaid
    with act():
        # Two words at once, on the coming and on the going: the second waits, and then finds the first.
        lock_person(person_id=mark.person_id)
        if Mark.objects.filter(instead_of=mark.pk).exists():
            raise AlreadySaid
        said, is_new = Confirmation.objects.get_or_create(
            mark=mark, defaults={"is_right": is_right, "said_by_id": account_id, "said_at": at}
        )
        if not is_new:
            raise AlreadySaid
        if is_right:
            derive_of(cause_id=mark.cause_id, person_id=mark.person_id, at=at)
    return said
