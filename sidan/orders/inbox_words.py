"""What is told of a time that a telephone had kept without network: on the telephone, and on the pages."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Grade

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a time was not written, and what can be done; `helps`: the leader may still write it by hand."""

    why: Words
    what: Words
    helps: bool = True


WRITTEN: Final[dict[str, Words]] = {
    Grade.STRONG: _("Written down, with the code as proof."),
    Grade.FAIR: _("Written down."),
    Grade.WEAK: _("Written down. Somebody else still has to confirm this time."),
}
ASK: Final = _("Your leader can write it down by hand with a reason; somebody else then confirms it.")
NOTHING: Final = _("It cannot be added. It stays kept here as you told it.")
LOOK: Final = _("Show it to your leader, who can write it down by hand with a reason.")
REFUSED: Final[dict[str, Refused]] = {
    "already_marked": Refused(
        _("Such a time of this visit stands already; nothing was changed."),
        _(
            "Nothing is to be done while it stands. If it is wrong, tell your leader: once somebody has said so, the"
            " leader can write this one by hand."
        ),
    ),
    "visit_ended": Refused(
        _("The visit had been reported or handed back before this arrived, and no code of the door proves it."), ASK
    ),
    "after_visit_ended": Refused(
        _("It lies after the moment at which the visit was reported or handed back."), NOTHING, helps=False
    ),
    "visit_called_off": Refused(
        _(
            "The visit was called off, or another team has it now, and no code of the door proves that you had been"
            " there before."
        ),
        _(
            "It stays kept here as you told it. Where the code proves that somebody of your team was there, your leader"
            " or the office can tell it as a late time."
        ),
        helps=False,
    ),
    "no_visit_now": Refused(_("When this arrived, no visit was planned or under way any more."), ASK),
    "not_checked_in": Refused(
        _("A going without a coming: your coming is not written down."),
        _("Your leader writes the coming down by hand first, then this going."),
    ),
    "left_before_coming": Refused(
        _("This going is earlier than the coming that is written down."),
        _("Tell your leader which of the two is right."),
        helps=False,
    ),
    "code_used": Refused(
        _("The same six digits had proven another time of yours already."), ASK
    ),
    "no_leave_to_read_place": Refused(
        _("The place of the telephone may not be read: this had not been allowed then, or was taken back since."), ASK
    ),
    "no_point_to_measure": Refused(
        _("This place has no point on the map, so the distance is not known."), ASK
    ),
    "too_early": Refused(
        _("It lies more than two hours before the agreed time, and no code of the door proves it."),
        _(
            "If the code proves that another of the team was there by then, your leader can write it down by hand."
            " Otherwise it stays kept here as you told it; check in at the agreed time."
        ),
    ),
    "record_too_old": Refused(_("It arrived more than seven days later."), ASK),
    "not_named_for_visit": Refused(
        _("When this arrived, you were no longer named for this visit."),
        _("Your leader can name you again and then write it down by hand."),
    ),
}  # fmt: skip
OTHERWISE: Final = Refused(_("It does not fit what is written down."), LOOK)
KEPT: Final = _("Not written: %(why)s %(what)s")


def refused_words(*, outcome: str) -> Refused:
    """Return why a record with this outcome was not written, and what can be done."""
    return REFUSED.get(outcome, OTHERWISE)


def inbox_words(*, outcome: str, grade: str) -> str:
    """Return what came of a record, in a sentence."""
    if outcome == "written":
        return str(WRITTEN.get(grade, WRITTEN[Grade.WEAK]))
    told = refused_words(outcome=outcome)
    return str(KEPT) % {"why": told.why, "what": told.what}
