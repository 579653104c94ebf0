"""Who sets terminals up and takes them out of service: those who run the place they stand at."""

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden
from sidan.people.enums import PEOPLE_ROLES
from sidan.people.permissions import holds_role_over
from sidan.places.models import Place

KEEPING_ROLES = PEOPLE_ROLES


class NotYourTerminals(Forbidden):
    code = "not_your_terminals"
    sentence = _("Terminals are kept by the practitioner, director or manager of their place.")


def require_any_keeping(*, actor: Actor) -> None:
    if not actor.roles & KEEPING_ROLES:
        raise NotYourTerminals


def require_keeping(*, actor: Actor, place: Place) -> None:
    """Let pass who runs the place or one above it. Raises NotYourTerminals."""
    if actor != SYSTEM and not holds_role_over(actor=actor, roles=KEEPING_ROLES, place_id=place.pk):
        raise NotYourTerminals
