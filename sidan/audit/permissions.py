"""Who may read the trail."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor, Grant
from sidan.core.errors import Forbidden

READING_ROLES: Final = frozenset({"audit_admin", "security_admin"})
"""Codes of people.enums.Role, which stands above this app; a test keeps them alike."""


class MayNotReadTrail(Forbidden):
    code = "may_not_read_trail"
    sentence = _("The audit trail is open to audit and security administrators.")


def reading_grants(*, actor: Actor) -> tuple[Grant, ...]:
    """Return the grants by which the actor reads the trail of their subtrees.

    Raises:
        MayNotReadTrail: there is none.
    """
    grants = tuple(grant for grant in actor.grants if grant.role in READING_ROLES)
    if not grants:
        raise MayNotReadTrail
    return grants
