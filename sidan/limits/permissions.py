"""Who may change time limits: managers and directors of the place, or of one above it. Staff may read them."""

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden
from sidan.people.enums import MANAGING_ROLES, ORDER_STAFF_ROLES
from sidan.places.models import Place
from sidan.places.queries import stands_within


class MayNotSetLimits(Forbidden):
    code = "may_not_set_limits"
    sentence = _("Only managers and directors of this place, or of one above it, may change its time limits.")


class MayNotSeeLimits(Forbidden):
    code = "may_not_see_limits"
    sentence = _("Time limits are shown to those who look after orders at this place or above it.")


def may_set(*, actor: Actor, place: Place) -> bool:
    """Tell whether the actor manages the place or one above it."""
    roots = actor.places_where(frozenset(MANAGING_ROLES))
    return actor == SYSTEM or stands_within(place_id=place.pk, root_ids=roots)


def require_setting(*, actor: Actor, place: Place) -> None:
    if not may_set(actor=actor, place=place):
        raise MayNotSetLimits


def require_seeing(*, actor: Actor, place: Place) -> None:
    """Let pass who looks after orders at the place or above it."""
    if not stands_within(place_id=place.pk, root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))):
        raise MayNotSeeLimits


def require_any(*, actor: Actor) -> None:
    """Let pass who looks after orders anywhere."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise MayNotSeeLimits
