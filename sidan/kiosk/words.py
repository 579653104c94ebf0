"""How what is done with terminals reads in the audit trail."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.kiosk.policies import LOOK_AT_DIGITS

LOOKING: Final[Mapping[str, str | Promise]] = {
    LOOK_AT_DIGITS: _("the order with the code of the door, at a terminal by the telephone you share"),
}
"""What each look on record showed, as the resident reads it."""
TRAIL: Final[dict[str, str | Promise]] = {
    "kiosk.invited": _("gave out a code to set up %(subject)s"),
    "kiosk.enrolled": _("set up %(subject)s"),
    "kiosk.revoked": _("took %(subject)s out of service"),
    "kiosk.exported": _("took the list of terminals along as a table"),
    "kiosk.ordered": _("ordered at %(subject)s"),
    LOOK_AT_DIGITS: _(
        "was shown the code of the door of the order %(subject)s at a terminal, by a shared telephone"
    ),
}
