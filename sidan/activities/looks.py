"""How activities read: the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import ActivityKind, ActivityState, EnrolmentState, RecurringState
from sidan.activities.policies import ANSWERED, COUNTS, UNANSWERED
from sidan.core.badges import StateLook, StepWords

LOOKS: Final[Mapping[str, StateLook]] = {
    ActivityState.DRAFT.value: StateLook(ActivityState.DRAFT.label, icon="pencil", tone="waiting"),
    ActivityState.REVIEW.value: StateLook(ActivityState.REVIEW.label, icon="eye", tone="soon"),
    ActivityState.ANNOUNCED.value: StateLook(ActivityState.ANNOUNCED.label, icon="megaphone", tone="moving"),
    ActivityState.OPEN.value: StateLook(ActivityState.OPEN.label, icon="door-open", tone="moving"),
    ActivityState.RUNNING.value: StateLook(ActivityState.RUNNING.label, icon="play", tone="done"),
    ActivityState.ENDED.value: StateLook(ActivityState.ENDED.label, icon="circle-check", tone="waiting"),
    ActivityState.FILED.value: StateLook(ActivityState.FILED.label, icon="folder-check", tone="waiting"),
    ActivityState.DROPPED.value: StateLook(ActivityState.DROPPED.label, icon="ban", tone="waiting"),
    ActivityState.CANCELLED.value: StateLook(ActivityState.CANCELLED.label, icon="ban", tone="overdue"),
}
KINDS: Final[Mapping[str, StepWords]] = {
    ActivityKind.ACTIVITY.value: StepWords(ActivityKind.ACTIVITY.label, icon="hand-heart"),
    ActivityKind.LECTURE.value: StepWords(ActivityKind.LECTURE.label, icon="mic-vocal"),
    ActivityKind.FAIR.value: StepWords(ActivityKind.FAIR.label, icon="store"),
    ActivityKind.CLASS.value: StepWords(ActivityKind.CLASS.label, icon="school"),
    ActivityKind.TRAINING.value: StepWords(ActivityKind.TRAINING.label, icon="graduation-cap"),
}
"""Each kind with its drawing."""
SERIES_LOOKS: Final[Mapping[str, StateLook]] = {
    RecurringState.ACTIVE.value: StateLook(RecurringState.ACTIVE.label, icon="calendar-sync", tone="moving"),
    RecurringState.ENDED.value: StateLook(RecurringState.ENDED.label, icon="circle-check", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "draft": StepWords(_("A draft was written"), icon="pencil"),
    "edit": StepWords(_("The draft was changed"), icon="pencil"),
    "submit": StepWords(_("It was submitted to be read"), icon="send"),
    "send_back": StepWords(_("It was sent back"), icon="undo-2"),
    "announce": StepWords(_("It was announced"), icon="megaphone"),
    "announce_own": StepWords(
        _("It was announced by who submitted it: nobody else works there"), icon="megaphone"
    ),
    "make": StepWords(_("It was announced by its rule"), icon="calendar-sync"),
    "remake": StepWords(_("The rule was changed"), icon="calendar-sync"),
    "open": StepWords(_("Everybody can come"), icon="door-open"),
    "run": StepWords(_("It began"), icon="play"),
    "end": StepWords(_("It ended"), icon="circle-check"),
    "file": StepWords(_("It was filed"), icon="folder-check"),
    "change": StepWords(_("Time or spot were changed"), icon="calendar-clock"),
    "lose_room": StepWords(_("The room was taken away"), icon="triangle-alert"),
    "drop": StepWords(_("It was dropped"), icon="ban"),
    "cancel": StepWords(_("It was called off"), icon="ban"),
}
ENROLMENT_LOOKS: Final[Mapping[str, StateLook]] = {
    EnrolmentState.ENROLLED.value: StateLook(EnrolmentState.ENROLLED.label, icon="circle-check", tone="done"),
    EnrolmentState.WAITING.value: StateLook(EnrolmentState.WAITING.label, icon="clock", tone="soon"),
    EnrolmentState.WITHDRAWN.value: StateLook(EnrolmentState.WITHDRAWN.label, icon="undo-2", tone="waiting"),
    EnrolmentState.REFUSED.value: StateLook(EnrolmentState.REFUSED.label, icon="ban", tone="waiting"),
    EnrolmentState.ABSENT.value: StateLook(EnrolmentState.ABSENT.label, icon="user-round", tone="overdue"),
}
ABSENCE_LOOKS: Final[Mapping[str, StateLook]] = {
    UNANSWERED: StateLook(pgettext_lazy("absence", "Not answered yet"), icon="clock", tone="waiting"),
    ANSWERED: StateLook(
        pgettext_lazy("absence", "Answered, to be decided"), icon="message-circle", tone="soon"
    ),
    COUNTS: StateLook(pgettext_lazy("absence", "Counts"), icon="circle-check", tone="overdue"),
}
ENROLMENT_STEPS: Final[Mapping[str, StepWords]] = {
    "enrol": StepWords(_("Signed up: there was a place"), icon="circle-check"),
    "queue": StepWords(_("Signed up: in line for a place"), icon="clock"),
    "move_up": StepWords(_("A place got free"), icon="circle-check"),
    "withdraw": StepWords(_("Signed off"), icon="undo-2"),
    "shift": StepWords(_("Given a place at another post"), icon="calendar-clock"),
    "refuse": StepWords(_("Refused by the place"), icon="ban"),
    "miss": StepWords(_("Written down as not there"), icon="user-round"),
    "answer": StepWords(_("An answer to that"), icon="send"),
    "uphold": StepWords(_("Decided after the answer: it counts"), icon="scale"),
    "excuse": StepWords(_("That was taken back"), icon="circle-check"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "activity.draft": _("wrote a draft of the activity %(subject)s"),
    "activity.edit": _("changed the draft of the activity %(subject)s"),
    "activity.submit": _("submitted the activity %(subject)s"),
    "activity.send_back": _("sent the activity %(subject)s back"),
    "activity.announce": _("announced the activity %(subject)s"),
    "activity.announce_own": _("announced the activity %(subject)s, which the same person had submitted"),
    "activity.open": _("let people come to the activity %(subject)s"),
    "activity.run": _("began the activity %(subject)s"),
    "activity.end": _("ended the activity %(subject)s"),
    "activity.file": _("filed the activity %(subject)s"),
    "activity.change": _("changed time or spot of the activity %(subject)s"),
    "activity.lose_room": _("took the room of the activity %(subject)s away"),
    "activity.drop": _("dropped the activity %(subject)s"),
    "activity.cancel": _("called off the activity %(subject)s"),
    "activity.make": _("announced the activity %(subject)s by its rule"),
    "activity.remake": _("changed the activity %(subject)s with its rule"),
    "series.begin": _("arranged that %(subject)s comes again and again"),
    "series.change": _("changed from a day on how %(subject)s comes again"),
    "series.end": _("ended that %(subject)s comes again"),
    "series.skip": _("left out one time of %(subject)s"),
    "series.move": _("moved one time of %(subject)s to another day"),
    "series.add": _("added one time of %(subject)s"),
    "series.undo": _("took back what was decided about one time of %(subject)s"),
    "series.figures_exported": _("took the figures of %(subject)s along as a table"),
    "activity.check_in": _("wrote down that somebody came to %(subject)s"),
    "activity.check_out": _("wrote down that somebody went from %(subject)s"),
    "activity.time_right": _("confirmed a time at %(subject)s"),
    "activity.time_wrong": _("said that a time at %(subject)s is wrong"),
    "activity.heads_counted": _("counted the people at %(subject)s"),
    "activity.post_added": _("added a post to the activity %(subject)s"),
    "activity.post_changed": _("changed a post of the activity %(subject)s"),
    "activity.post_removed": _("took a post of the activity %(subject)s away"),
    "activity.entry_set": _("said who may sign up for the activity %(subject)s"),
    "enrolment.enrol": _("signed somebody up for %(subject)s"),
    "enrolment.queue": _("put somebody in line for %(subject)s"),
    "enrolment.move_up": _("gave who waited a place at %(subject)s"),
    "enrolment.withdraw": _("signed somebody off from %(subject)s"),
    "enrolment.shift": _("gave somebody another post at %(subject)s"),
    "enrolment.refuse": _("refused somebody at %(subject)s"),
    "enrolment.miss": _("wrote down that somebody was not at %(subject)s"),
    "enrolment.answer": _("answered about not being at %(subject)s"),
    "enrolment.uphold": _("decided that somebody was not at %(subject)s"),
    "enrolment.excuse": _("took back that somebody was not at %(subject)s"),
    "calendar.address_made": _("made an address for the own calendar"),
    "calendar.address_removed": _("took the address of the own calendar away"),
    "enrolments.exported": _("took along as a table who comes to %(subject)s"),
    "activities.exported": _("took the list of activities along as a table"),
}
