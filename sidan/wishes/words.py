"""How wishes read: the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.badges import StateLook, StepWords
from sidan.wishes.enums import WishState

LOOKS: Final[Mapping[str, StateLook]] = {
    WishState.SUBMITTED.value: StateLook(WishState.SUBMITTED.label, icon="clock", tone="waiting"),
    WishState.ON_WALL.value: StateLook(WishState.ON_WALL.label, icon="sparkles", tone="soon"),
    WishState.ADOPTED.value: StateLook(WishState.ADOPTED.label, icon="hand-heart", tone="moving"),
    WishState.IN_HAND.value: StateLook(WishState.IN_HAND.label, icon="send", tone="moving"),
    WishState.FULFILLED.value: StateLook(WishState.FULFILLED.label, icon="circle-check", tone="done"),
    WishState.ANSWERED.value: StateLook(WishState.ANSWERED.label, icon="circle-x", tone="waiting"),
    WishState.WITHDRAWN.value: StateLook(WishState.WITHDRAWN.label, icon="ban", tone="waiting"),
}


STEPS: Final[Mapping[str, StepWords]] = {
    "submit": StepWords(_("The wish was received"), icon="send"),
    "pass_up": StepWords(_("Nobody answered in time; the place above does from now on"), icon="arrow-up"),
    "publish": StepWords(_("The wish was put onto the wall"), icon="sparkles"),
    "take_down": StepWords(_("The wish was taken off the wall"), icon="undo-2"),
    "join": StepWords(_("Somebody adopted it; it waits for more"), icon="hand-heart"),
    "adopt": StepWords(_("The wish was adopted"), icon="hand-heart"),
    "release": StepWords(_("An adopter gave it back"), icon="undo-2"),
    "step_back": StepWords(_("An adopter gave it back; it goes on being arranged"), icon="undo-2"),
    "share": StepWords(_("An adopter did their share"), icon="hand-heart"),
    "order": StepWords(_("An order was placed for it"), icon="clipboard-list"),
    "draft": StepWords(_("A new service is being drafted for it"), icon="library"),
    "answer": StepWords(_("The wish was answered"), icon="info"),
    "fulfil": StepWords(_("The wish came true"), icon="circle-check"),
    "show_thanks": StepWords(_("The wall tells how it came true, without a picture"), icon="sparkles"),
    "show_picture": StepWords(
        _("The wall tells how it came true, with the picture: the office says that whoever is on it agreed"),
        icon="image",
    ),
    "hide_picture": StepWords(_("The picture was taken off the wall"), icon="eye-off"),
    "hide_thanks": StepWords(_("The thanks were taken off the wall"), icon="undo-2"),
    "withdraw": StepWords(_("The wish was taken back"), icon="ban"),
}
LOOKING: Final[Mapping[str, str | Promise]] = {
    "wish.look": _("name and telephone"),
    "wish.look_paper": _("the signed paper"),
}
"""What each look on record showed, as the resident reads it."""
TRAIL: Final[dict[str, str | Promise]] = {
    "wish.submit": _("made or entered a wish"),
    "wish.pass_up": _("let the place above answer a wish"),
    "wish.publish": _("put a wish onto the wall"),
    "wish.take_down": _("took a wish off the wall"),
    "wish.join": pgettext_lazy("audit", "adopted a wish"),
    "wish.adopt": pgettext_lazy("audit", "adopted a wish"),
    "wish.release": _("gave an adopted wish back"),
    "wish.step_back": _("gave an adopted wish back"),
    "wish.share": _("reported their share of a wish as done"),
    "wish.order": _("placed an order for a wish"),
    "wish.draft": _("drafted a project for a wish"),
    "wish.ask_project": _("asked for a new service for a wish"),
    "wish.answer": _("answered a wish"),
    "wish.fulfil": _("reported that a wish came true"),
    "wish.withdraw": _("took a wish back"),
    "wishes.exported": _("took the list of wishes along as a table"),
    "wish.look": _("looked at who made a wish"),
    "wish.look_paper": _("looked at the signed paper of a wish"),
    "wish.show_thanks": _("showed on the wall how a wish came true"),
    "wish.show_picture": _(
        "showed on the wall how a wish came true, with its picture, and said that who is on it agreed"
    ),
    "wish.hide_picture": _("took the picture of a wish off the wall"),
    "wish.hide_thanks": _("took the thanks for a wish off the wall"),
}
