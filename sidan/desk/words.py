"""How what the desk does reads in the audit trail."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TRAIL: Final[dict[str, str | Promise]] = {
    "order.calling": _("said to be calling about %(subject)s"),
    "order.not_calling": _("said not to be calling about %(subject)s after all"),
    "order.confirm": _("called back about %(subject)s"),
    "order.code_issued": _("gave out a code for %(subject)s"),
    "order.own_code_issued": _("printed a code for the own order %(subject)s"),
    "order.look_by_code": _("looked at %(subject)s by the code on paper"),
    "order.opened_by_code": _("opened %(subject)s by its code"),
}
