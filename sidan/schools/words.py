"""How schools read: the look of each state, what happened, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook, StepWords
from sidan.schools.enums import SchoolState

LOOKS: Final[Mapping[str, StateLook]] = {
    SchoolState.ACTIVE.value: StateLook(SchoolState.ACTIVE.label, icon="check", tone="done"),
    SchoolState.CLOSED.value: StateLook(SchoolState.CLOSED.label, icon="ban", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "found": StepWords(_("The school was founded"), icon="school"),
    "edit": StepWords(_("What the school says of itself was changed"), icon="pencil"),
    "close": StepWords(_("The school was closed"), icon="ban"),
    "reopen": StepWords(_("The school was opened again"), icon="undo-2"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "school.found": _("founded the school %(subject)s"),
    "school.edit": _("changed the school %(subject)s"),
    "school.close": _("closed the school %(subject)s"),
    "school.reopen": _("opened the school %(subject)s again"),
    "school.pupil_joined": _("wrote down that somebody joined the school %(subject)s"),
    "school.pupil_left": _("wrote down that somebody left the school %(subject)s"),
    "school.class_had": _("said that the school %(subject)s has a class"),
    "school.class_off": _("said that the school %(subject)s does not have a class after all"),
    "school.class_address": _("said where a film or video of the school %(subject)s is"),
    "school.series_had": _("said that the school %(subject)s has all classes of a series"),
    "school.series_off": _("said that the school %(subject)s has a series no more"),
    "school.viewers_counted": _("wrote down viewers of a class of the school %(subject)s"),
    "school.viewers_corrected": _("corrected viewers of a class of the school %(subject)s"),
    "school.viewers_confirmed": _("called viewers of a class of the school %(subject)s right"),
    "school.viewers_denied": _("called viewers of a class of the school %(subject)s wrong"),
    "schools.exported": _("took the list of schools along as a table"),
    "school.pupils_exported": _("took the pupils of the school %(subject)s along as a table"),
    "school.classes_exported": _("took the classes of the school %(subject)s along as a table"),
    "schools.figures_exported": _("took the figures of schools along as a table"),
}
