"""How limits read."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sidan.audit.registry import register_verbs
from sidan.limits.enums import Unit
from sidan.limits.models import Limit

VERBS: Final[dict[str, str | Promise]] = {
    "limits.set": _("set a time limit of %(subject)s"),
    "limits.taken_back": _("took back a time limit of %(subject)s"),
    "limits.half": _("half of a time limit was over for the order %(subject)s"),
    "limits.end": _("a time limit was over for the order %(subject)s"),
}


def register() -> None:
    """Say in the trail what was done."""
    register_verbs(VERBS)


def length_words(limit: Limit) -> str:
    """Return how long a limit is: 「1 个工作日」, "24 hours"."""
    told = {"count": limit.amount}
    if limit.unit == Unit.WORKING_DAYS:
        return ngettext("%(count)d working day", "%(count)d working days", limit.amount) % told
    if limit.unit == Unit.WORKING_HOURS:
        return ngettext("%(count)d office hour", "%(count)d office hours", limit.amount) % told
    if limit.unit == Unit.WISHED:
        return gettext("until the wished time; when that has passed, %(count)d hours") % told
    if limit.amount % 24 == 0 and limit.amount > 24:
        days = limit.amount // 24
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return ngettext("%(count)d hour", "%(count)d hours", limit.amount) % told


def for_whom_words(limit: Limit) -> str:
    """Return for which orders a limit is meant: 「义剪 · 加急」; of all orders 「所有点单」."""
    parts = [limit.category.shown_name if limit.category else gettext("All orders")]
    if limit.urgency == "urgent":
        parts.append(gettext("urgent"))
    return " · ".join(parts)
