"""What the catalogue's verbs are called: on buttons, in a project's history, in the audit trail."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue.enums import MenuState, ProjectState, Stage, TaskState
from sidan.core.badges import StateLook, StepWords

VERBS: Final[dict[str, str | Promise]] = {
    "propose": _("Hand in for review"),
    "return": _("Return to be improved"),
    "publish": _("Publish"),
    "suspend": _("Suspend"),
    "resume": _("Resume"),
    "withdraw": _("Withdraw for good"),
}
"""On a button."""

EFFECTS: Final[dict[str, str | Promise]] = {
    "propose": _("A manager or director will look at it. It cannot be changed until then."),
    "return": _("It becomes a draft again, and the team reads your note."),
    "publish": _("It can be put on menus, and residents can order it from there."),
    "suspend": _("It disappears from all menus until you resume it. Orders already placed go on."),
    "resume": _("It appears again on the menus that hold it."),
    "withdraw": _("It can never be ordered again. Its history stays."),
}
"""Beside the button: what will happen."""

STEPS: Final = {
    "create": StepWords(_("Written"), icon="file-pen"),
    "propose": StepWords(_("Handed in for review"), icon="send"),
    "return": StepWords(_("Returned to be improved"), icon="undo-2"),
    "publish": StepWords(pgettext_lazy("step of a project", "Published"), icon="badge-check"),
    "suspend": StepWords(pgettext_lazy("step of a project", "Suspended"), icon="circle-pause"),
    "resume": StepWords(_("Resumed"), icon="circle-play"),
    "withdraw": StepWords(pgettext_lazy("step of a project", "Withdrawn"), icon="archive"),
}
"""In the history: the sentence and its icon."""

PROJECT_LOOKS: Final = {
    ProjectState.DRAFT.value: StateLook(ProjectState.DRAFT.label, icon="file-pen", tone="waiting"),
    ProjectState.IN_REVIEW.value: StateLook(ProjectState.IN_REVIEW.label, icon="search-check", tone="soon"),
    ProjectState.PUBLISHED.value: StateLook(ProjectState.PUBLISHED.label, icon="badge-check", tone="done"),
    ProjectState.SUSPENDED.value: StateLook(
        ProjectState.SUSPENDED.label, icon="circle-pause", tone="overdue"
    ),
    ProjectState.WITHDRAWN.value: StateLook(ProjectState.WITHDRAWN.label, icon="archive", tone="waiting"),
}
MENU_LOOKS: Final = {
    MenuState.DRAFT.value: StateLook(MenuState.DRAFT.label, icon="file-pen", tone="waiting"),
    MenuState.PUBLISHED.value: StateLook(MenuState.PUBLISHED.label, icon="badge-check", tone="done"),
}

STAGE_LOOKS: Final = {
    Stage.SEED.value: StateLook(Stage.SEED.label, icon="sprout", tone="waiting"),
    Stage.GROWING.value: StateLook(Stage.GROWING.label, icon="trees", tone="moving"),
    Stage.MATURE.value: StateLook(Stage.MATURE.label, icon="circle-check", tone="done"),
    Stage.BRAND.value: StateLook(Stage.BRAND.label, icon="award", tone="honour"),
}
TASK_LOOKS: Final = {
    TaskState.OPEN.value: StateLook(TaskState.OPEN.label, icon="circle", tone="waiting"),
    "soon": StateLook(pgettext_lazy("task of a project", "Due soon"), icon="clock", tone="soon"),
    "overdue": StateLook(pgettext_lazy("task of a project", "Overdue"), icon="clock-alert", tone="overdue"),
    TaskState.CLOSED.value: StateLook(TaskState.CLOSED.label, icon="circle-check", tone="done"),
    TaskState.DROPPED.value: StateLook(TaskState.DROPPED.label, icon="ban", tone="waiting"),
}
"""How a task stands: its state, and of an open one how near its day is (`policies.standing`)."""
TASK_VERBS: Final[dict[str, str | Promise]] = {
    "close": pgettext_lazy("button of a task", "Close out"),
    "reopen": pgettext_lazy("button of a task", "Open again"),
    "drop": pgettext_lazy("button of a task", "Drop"),
}
TASK_EFFECTS: Final[dict[str, str | Promise]] = {
    "close": _("Say what was done. A picture helps whoever reads it later."),
    "reopen": _("It waits to be done again, with the same day. Say what is still missing."),
    "drop": _("It is not to be done any more. Say why."),
}
TASK_DONE: Final[dict[str, str | Promise]] = {
    "close": _("Closed out."),
    "reopen": pgettext_lazy("of a task", "Opened again."),
    "drop": _("Dropped."),
}
TASK_STEPS: Final = {
    "add": StepWords(pgettext_lazy("step of a task", "Written down"), icon="list-plus"),
    "close": StepWords(pgettext_lazy("step of a task", "Closed out"), icon="circle-check"),
    "reopen": StepWords(pgettext_lazy("step of a task", "Opened again"), icon="rotate-ccw"),
    "drop": StepWords(pgettext_lazy("step of a task", "Dropped"), icon="ban"),
}

TRAIL: Final[dict[str, str | Promise]] = {
    "project.create": _("wrote the project %(subject)s"),
    "project.edit": _("changed the project %(subject)s"),
    "project.propose": _("handed in the project %(subject)s for review"),
    "project.return": _("returned the project %(subject)s to be improved"),
    "project.publish": _("published the project %(subject)s"),
    "project.suspend": _("suspended the project %(subject)s"),
    "project.resume": _("resumed the project %(subject)s"),
    "project.withdraw": _("withdrew the project %(subject)s"),
    "project.photo_add": _("added a picture to the project %(subject)s"),
    "project.photo_remove": _("removed a picture of the project %(subject)s"),
    "project.photo_order": _("put the pictures of the project %(subject)s in another order"),
    "project.capacity": _("said how many orders the project %(subject)s can take in a month"),
    "project.stage": _("said how far the project %(subject)s has grown"),
    "project.support": _("wrote down money given to the project %(subject)s"),
    "project.support_back": _("took back money written down for the project %(subject)s"),
    "project.task_add": _("wrote down a task of the project %(subject)s"),
    "project.task_close": _("closed out a task of the project %(subject)s"),
    "project.task_reopen": _("opened a task of the project %(subject)s again"),
    "project.task_drop": _("dropped a task of the project %(subject)s"),
    "category.create": _("added a kind of service"),
    "category.edit": _("changed a kind of service"),
    "category.retire": _("retired a kind of service"),
    "category.restore": _("brought a kind of service back"),
    "category.results": _("changed what reports of a kind of service ask for"),
    "team.services": _("set what the team %(subject)s serves"),
    "menu.draft": _("began the menu %(subject)s"),
    "menu.items": _("changed the menu %(subject)s"),
    "menu.publish": _("published the menu %(subject)s"),
    "menu.unpublish": _("took the menu %(subject)s back"),
}
"""In the audit trail, after the name of who did it."""

WITH_NOTE: Final = frozenset({"return", "suspend", "withdraw"})
"""Steps that take a note."""

DONE: Final[dict[str, str | Promise]] = {
    "propose": _("Handed in. You are told when it is reviewed."),
    "return": _("Returned to the team with your note."),
    "publish": _("Published. It can now be put on menus."),
    "suspend": _("Suspended. It is off all menus."),
    "resume": _("Resumed. It is on its menus again."),
    "withdraw": _("Withdrawn for good."),
}
"""After the step was taken."""
