"""What analytics tells the apps below it when it starts: how its deeds read in the audit trail."""

from django.utils.translation import gettext_lazy as _

from sidan.analytics import soundness
from sidan.audit.registry import register_verbs


def register() -> None:
    """Register everything once."""
    soundness.register()
    register_verbs({"figures.exported": _("took the figures of %(subject)s along")})
