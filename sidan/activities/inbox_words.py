"""What is told of a coming or going at an activity that a telephone had kept without network."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Grade

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it was not written, and what can be done."""

    why: Words
    what: Words


LATE: Final = _("Of whoever was there all the same, the place tells it as a late time.")
BY_HAND: Final = _("The place can write it down by hand with a reason, until the activity is filed.")
REFUSED: Final[dict[str, Refused]] = {
    "already_marked": Refused(_("This stood written down already."), _("Nothing is to be done.")),
    "door_shut": Refused(
        _("It lies outside the hours of the door, or the activity was called off before it or is filed."),
        LATE,
    ),
    "said_absent": Refused(
        _("The place had written down an absence."),
        _("It is taken back first, in the list of who signed up; then the time is written down by hand."),
    ),
    "wrong_code": Refused(_("The digits are not those that the door showed then."), BY_HAND),
    "code_used": Refused(_("The same digits had proven another time already."), BY_HAND),
    "not_near": Refused(_("The telephone did not say clearly that it was near."), BY_HAND),
    "no_leave_to_read_place": Refused(
        _("Reading the place of the telephone had not been allowed then, or was taken back since."), BY_HAND
    ),
    "no_point_to_measure": Refused(_("There is no point on the map to which it could be measured."), BY_HAND),
    "own_code_read_by_another": Refused(
        _("Nobody reads their own code."), _("A colleague writes it down by hand.")
    ),
    "not_checked_in": Refused(
        _("It is a going, and no coming is written down."),
        _("The coming is written down by hand first, then the going."),
    ),
    "left_before_coming": Refused(
        _("This going lies before the coming that is written down."),
        _("Once it is known which is right, the going is written down by hand."),
    ),
    "record_too_old": Refused(
        _("It arrived more than seven days later."), LATE
    ),
}  # fmt: skip
OTHERWISE: Final = Refused(_("It does not fit what is written down."), BY_HAND)
KEPT: Final = _("Not written: %(why)s %(what)s")


def refused_at_door(*, outcome: str) -> Refused:
    """Return why a record with this outcome was not written, and what can be done."""
    return REFUSED.get(outcome, OTHERWISE)


def door_inbox_words(*, outcome: str, grade: str) -> str:
    """Return what came of a record, in a sentence that names nobody: telephones keep it for a day."""
    if outcome == "written" and grade == Grade.WEAK:
        return str(_("Written down. Of who helps, somebody else still has to confirm this time."))
    if outcome == "written":
        return str(_("Written down."))
    told = refused_at_door(outcome=outcome)
    return str(KEPT) % {"why": told.why, "what": told.what}
