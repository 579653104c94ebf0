"""How mediation reads: the look of each state, and what happened."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook, StepWords
from sidan.mediation.enums import CaseState, SittingState

CASE_LOOKS: Final[Mapping[str, StateLook]] = {
    CaseState.OPENED.value: StateLook(CaseState.OPENED.label, icon="clock", tone="waiting"),
    CaseState.UNDER_WAY.value: StateLook(CaseState.UNDER_WAY.label, icon="messages-square", tone="moving"),
    CaseState.AGREED.value: StateLook(CaseState.AGREED.label, icon="handshake", tone="soon"),
    CaseState.FAILED.value: StateLook(CaseState.FAILED.label, icon="circle-x", tone="overdue"),
    CaseState.WITHDRAWN.value: StateLook(CaseState.WITHDRAWN.label, icon="ban", tone="waiting"),
    CaseState.CLOSED.value: StateLook(CaseState.CLOSED.label, icon="circle-check", tone="done"),
}
SITTING_LOOKS: Final[Mapping[str, StateLook]] = {
    SittingState.PLANNED.value: StateLook(SittingState.PLANNED.label, icon="calendar-check", tone="moving"),
    SittingState.HELD.value: StateLook(SittingState.HELD.label, icon="circle-check", tone="done"),
    SittingState.CALLED_OFF.value: StateLook(SittingState.CALLED_OFF.label, icon="ban", tone="waiting"),
}


STEPS: Final[Mapping[str, StepWords]] = {
    "open": StepWords(_("The case was taken on"), icon="clipboard-list"),
    "hold": StepWords(_("A sitting was held"), icon="messages-square"),
    "minutes": StepWords(_("The minutes of a sitting were written afterwards"), icon="messages-square"),
    "hand_over": StepWords(_("The case was given to another mediator"), icon="users-round"),
    "agree": StepWords(_("The parties agreed"), icon="handshake"),
    "fail": StepWords(_("It ended without an agreement"), icon="circle-x"),
    "withdraw": StepWords(_("A party withdrew"), icon="ban"),
    "close": StepWords(_("The case was closed"), icon="circle-check"),
    "reopen": StepWords(_("The case was taken up again"), icon="rotate-ccw"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "mediation.open": _("opened the mediation %(subject)s"),
    "mediation.exported": _("took the list of mediations along as a table, without names"),
    "mediation.look": _("looked at the mediation %(subject)s"),
    "mediation.print": _("printed the agreement of the mediation %(subject)s"),
    "mediation.hand_over": _("gave the mediation %(subject)s to another mediator"),
    "mediation.plan_sitting": _("planned a sitting of the mediation %(subject)s"),
    "mediation.call_off_sitting": _("called off a sitting of the mediation %(subject)s"),
    "mediation.hold": _("wrote the minutes of a sitting of the mediation %(subject)s"),
    "mediation.minutes": _("wrote the minutes of a sitting of the mediation %(subject)s afterwards"),
    "mediation.agree": _("wrote down the agreement of the mediation %(subject)s"),
    "mediation.plan_follow_up": _("planned a follow-up of the mediation %(subject)s"),
    "mediation.follow_up": _("wrote down a follow-up of the mediation %(subject)s"),
    "mediation.fail": _("ended the mediation %(subject)s without an agreement"),
    "mediation.withdraw": _("ended the mediation %(subject)s: a party withdrew"),
    "mediation.close": _("closed the mediation %(subject)s"),
    "mediation.reopen": _("opened the mediation %(subject)s again"),
}
