"""Who looks after the outbox."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Forbidden

OUTBOX_ROLES: Final = frozenset({"system_admin"})
"""Codes of people.enums.Role, which stands above this app; a test keeps them alike."""


class MayNotSeeOutbox(Forbidden):
    code = "may_not_see_outbox"
    sentence = _("Messages outward are looked after by the system administrator.")


def require_outbox(*, actor: Actor) -> None:
    if not actor.roles & OUTBOX_ROLES:
        raise MayNotSeeOutbox
