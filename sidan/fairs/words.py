"""How stalls read: the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook, StepWords
from sidan.fairs.enums import HolderState

LOOKS: Final[Mapping[str, StateLook]] = {
    HolderState.ASKED.value: StateLook(HolderState.ASKED.label, icon="hand", tone="soon"),
    HolderState.GIVEN.value: StateLook(HolderState.GIVEN.label, icon="store", tone="moving"),
    HolderState.CAME.value: StateLook(HolderState.CAME.label, icon="circle-check", tone="done"),
    HolderState.ABSENT.value: StateLook(HolderState.ABSENT.label, icon="circle-x", tone="overdue"),
    HolderState.RETURNED.value: StateLook(HolderState.RETURNED.label, icon="undo-2", tone="waiting"),
    HolderState.REFUSED.value: StateLook(HolderState.REFUSED.label, icon="ban", tone="waiting"),
    HolderState.WITHDRAWN.value: StateLook(HolderState.WITHDRAWN.label, icon="undo-2", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "ask": StepWords(_("%(team)s asked for a stall"), icon="hand"),
    "place": StepWords(_("Stall %(number)s was given to %(team)s"), icon="store"),
    "give": StepWords(_("Stall %(number)s was given to %(team)s, which asked for one"), icon="store"),
    "refuse": StepWords(_("%(team)s got no stall"), icon="ban"),
    "withdraw": StepWords(_("%(team)s does not ask any more"), icon="undo-2"),
    "give_back": StepWords(_("%(team)s gave stall %(number)s back"), icon="undo-2"),
    "take_back": StepWords(_("Stall %(number)s was taken back from %(team)s"), icon="undo-2"),
    "come": StepWords(_("%(team)s came to stall %(number)s"), icon="circle-check"),
    "miss": StepWords(_("%(team)s did not come to stall %(number)s"), icon="circle-x"),
    "unmark": StepWords(_("The mark of %(team)s at stall %(number)s was taken back"), icon="undo-2"),
    "record": StepWords(_("Written down afterwards: %(team)s was at stall %(number)s"), icon="pencil"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "stallholder.ask": _("asked for a stall for %(subject)s"),
    "stallholder.place": _("gave a stall to %(subject)s"),
    "stallholder.give": _("gave a stall to %(subject)s, which asked for one"),
    "stallholder.refuse": _("refused a stall to %(subject)s"),
    "stallholder.withdraw": _("asked for no stall any more for %(subject)s"),
    "stallholder.give_back": _("gave the stall of %(subject)s back"),
    "stallholder.take_back": _("took the stall of %(subject)s back"),
    "stallholder.come": _("wrote down that %(subject)s came to its stall"),
    "stallholder.miss": _("wrote down that %(subject)s did not come to its stall"),
    "stallholder.unmark": _("took the mark of %(subject)s at its stall back"),
    "fair.stalls_added": _("added stalls to the fair %(subject)s"),
    "fair.stall_changed": _("changed a stall of the fair %(subject)s"),
    "fair.stall_removed": _("took a stall of the fair %(subject)s away"),
    "fair.stalls_copied": _("copied the stalls of another fair to %(subject)s"),
    "fair.series_laid_out": _("let each fair of a series begin with the stalls of %(subject)s"),
    "fair.series_left_bare": _("let the fairs of the series of %(subject)s begin without stalls"),
    "fair.served_counted": _("counted whom a stall of the fair %(subject)s served"),
    "fair.exported": _("took the stalls of the fair %(subject)s along as a table"),
    "fairs.exported": _("took the list of fairs along as a table"),
    "fair.recorded": _("wrote down the stalls of fairs that are over"),
    "fair.kind_added": _("added %(subject)s to the kinds of services at fairs"),
    "fair.kind_aside": _("put %(subject)s aside among the kinds of services at fairs"),
    "fair.kind_taken_up": _("took %(subject)s up again among the kinds of services at fairs"),
}
