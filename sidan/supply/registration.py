"""What this app tells the apps below it when it starts: how its deeds read in the audit trail."""

from django.utils.translation import gettext_lazy as _

from sidan.audit.registry import register_verbs


def register() -> None:
    """Register everything once."""
    register_verbs(
        {
            "supply.exported": _("took along what is asked for and offered at %(subject)s"),
            "fairness.exported": _("took along who is served and who is not at %(subject)s"),
        }
    )
