"""How talks read: the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook, StepWords
from sidan.lectures.enums import TalkState

LOOKS: Final[Mapping[str, StateLook]] = {
    TalkState.DRAFT.value: StateLook(TalkState.DRAFT.label, icon="pencil", tone="waiting"),
    TalkState.REVIEW.value: StateLook(TalkState.REVIEW.label, icon="eye", tone="soon"),
    TalkState.PUBLISHED.value: StateLook(TalkState.PUBLISHED.label, icon="megaphone", tone="done"),
    TalkState.DROPPED.value: StateLook(TalkState.DROPPED.label, icon="ban", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "draft": StepWords(_("The talk was begun"), icon="pencil"),
    "edit": StepWords(_("The talk was changed"), icon="pencil"),
    "submit": StepWords(_("The talk was submitted"), icon="send"),
    "send_back": StepWords(_("The talk was sent back"), icon="undo-2"),
    "publish": StepWords(_("The talk was published"), icon="megaphone"),
    "publish_own": StepWords(
        _("The talk was published by who submitted it: nobody else could"), icon="megaphone"
    ),
    "withdraw": StepWords(_("The talk was taken back to be written anew"), icon="undo-2"),
    "drop": StepWords(_("The talk was dropped"), icon="ban"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "lecture.draft": _("began the talk %(subject)s"),
    "lecture.edit": _("changed the talk %(subject)s"),
    "lecture.submit": _("submitted the talk %(subject)s"),
    "lecture.send_back": _("sent the talk %(subject)s back"),
    "lecture.publish": _("published the talk %(subject)s"),
    "lecture.publish_own": _("published the talk %(subject)s, which the same person had submitted"),
    "lecture.withdraw": _("took the talk %(subject)s back to be written anew"),
    "lecture.drop": _("dropped the talk %(subject)s"),
    "lecture.given": _("said that the talk %(subject)s is given at an activity"),
    "lecture.not_given": _("took the talk %(subject)s off an activity"),
    "lecture.passed_on": _("passed the talk %(subject)s on to the places below"),
    "lecture.taken_back": _("passed the talk %(subject)s on no more"),
    "lecturer.named": _("wrote somebody down who lectures"),
    "lecturer.ended": _("wrote down that somebody lectures no more"),
    "talks.exported": _("took the list of talks along as a table"),
    "lecturers.exported": _("took the list of those who lecture along as a table"),
}
