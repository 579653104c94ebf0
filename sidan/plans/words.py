"""How plans read: the look of each state, what happened, their days, the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from sidan.core.badges import StateLook, StepWords
from sidan.core.moments import full_date_words, month_words
from sidan.plans.enums import PlanState
from sidan.plans.policies import Days

LOOKS: Final[Mapping[str, StateLook]] = {
    PlanState.DRAFT.value: StateLook(PlanState.DRAFT.label, icon="pencil", tone="waiting"),
    PlanState.SUBMITTED.value: StateLook(PlanState.SUBMITTED.label, icon="eye", tone="soon"),
    PlanState.APPROVED.value: StateLook(PlanState.APPROVED.label, icon="circle-check", tone="moving"),
    PlanState.PUBLISHED.value: StateLook(PlanState.PUBLISHED.label, icon="megaphone", tone="done"),
    PlanState.DROPPED.value: StateLook(PlanState.DROPPED.label, icon="ban", tone="waiting"),
}
STEPS: Final[Mapping[str, StepWords]] = {
    "draft": StepWords(_("The plan was begun"), icon="pencil"),
    "edit": StepWords(_("The plan was changed"), icon="pencil"),
    "submit": StepWords(_("The plan was submitted"), icon="send"),
    "take_back": StepWords(_("The plan was taken back"), icon="undo-2"),
    "send_back": StepWords(_("The plan was sent back"), icon="undo-2"),
    "approve": StepWords(_("The plan was approved"), icon="circle-check"),
    "approve_own": StepWords(
        _("The plan was approved by who submitted it: nobody else could"), icon="circle-check"
    ),
    "publish": StepWords(_("The plan was published"), icon="megaphone"),
    "drop": StepWords(_("The plan was dropped"), icon="ban"),
}
TRAIL: Final[dict[str, str | Promise]] = {
    "plan.draft": _("began the plan %(subject)s"),
    "plan.edit": _("changed the plan %(subject)s"),
    "plan.submit": _("submitted the plan %(subject)s"),
    "plan.take_back": _("took the plan %(subject)s back"),
    "plan.send_back": _("sent the plan %(subject)s back"),
    "plan.approve": _("approved the plan %(subject)s"),
    "plan.approve_own": _("approved the plan %(subject)s, which the same person had submitted"),
    "plan.publish": _("published the plan %(subject)s"),
    "plan.drop": _("dropped the plan %(subject)s"),
    "plan.link": _("said which activity carries a line of the plan %(subject)s out"),
    "plan.unlink": _("took an activity off a line of the plan %(subject)s"),
    "plan.link_series": _("said what comes again and carries a line of the plan %(subject)s out"),
    "plan.unlink_series": _("took what comes again off a line of the plan %(subject)s"),
    "plan.erase_name": _("took a name out of a line of the plan %(subject)s"),
    "plan.leave_out": _("left a line of the plan %(subject)s out"),
    "plan.take_up": _("took a line of the plan %(subject)s up again"),
    "plan.exported": _("took the plan %(subject)s along as a table"),
    "plans.exported": _("took the list of plans along as a table"),
}


def days_words(days: Days) -> str:
    """Return some days in words: a month where it is all of one, a day, or from a day to a day."""
    if days.is_whole_month:
        return month_words(days.first)
    if days.first == days.last:
        return full_date_words(days.first)
    if days.first.year != days.last.year:
        first, last = full_date_words(days.first), full_date_words(days.last)
    else:
        # Chinese says the year before the first day, English behind the last.
        first = dateformat.format(days.first, pgettext("the first of some days of a year", "j M"))
        last = dateformat.format(days.last, pgettext("the last of some days of a year", "j M Y"))
    return _now("%(first)s – %(last)s") % {"first": first, "last": last}


def period_words(period: str, days: Days) -> str:
    """Return for which year, month or week a plan is."""
    if period == "year":
        return dateformat.format(days.first, pgettext("a year", "Y"))
    return days_words(days)
