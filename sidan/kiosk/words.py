"""How what is done with terminals reads in the audit trail."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TRAIL: Final[dict[str, str | Promise]] = {
    "kiosk.invited": _("gave out a code to set up %(subject)s"),
    "kiosk.enrolled": _("set up %(subject)s"),
    "kiosk.revoked": _("took %(subject)s out of service"),
    "kiosk.exported": _("took the list of terminals along as a table"),
    "kiosk.ordered": _("ordered at %(subject)s"),
}
