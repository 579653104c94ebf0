"""How the acts of talk read in the audit trail."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TRAIL: Final[dict[str, str | Promise]] = {
    "talk.say": _("wrote about the order %(subject)s"),
    "talk.report": _("reported a message about the order %(subject)s"),
    "talk.settle": _("settled a report of a message about the order %(subject)s"),
    "talk.reports_exported": _("took the list of reported messages along as a table, without their words"),
    "talk.phrase_added": _("added a sentence to send with a tap"),
    "talk.phrase_ended": _("took a sentence to send with a tap away"),
}
