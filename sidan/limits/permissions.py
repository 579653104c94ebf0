"""Who may change time limits: managers and directors of the place, or of one above it. Staff may read them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.people.enums import MANAGING_ROLES, ORDER_STAFF_ROLES
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid, stands_within


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


def require_any(*, actor: Actor) -> None:
    """Let pass who looks after orders anywhere."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise MayNotSeeLimits


def looks_after(*, account_id: int | None, place_id: int) -> bool:
    """Tell whether an account is open and holds a role for orders at the place or above it."""
    actor = actor_for_account(account_id) if account_id is not None else None
    roots = actor.places_where(frozenset(ORDER_STAFF_ROLES)) if actor else ()
    return stands_within(place_id=place_id, root_ids=roots)


def place_seen(*, actor: Actor, uuid: UUID) -> Place:
    """Return a place at which, or above which, the actor looks after orders. Raises MayNotSeeLimits, NotFound."""
    require_any(actor=actor)
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound
    if not stands_within(place_id=place.pk, root_ids=actor.places_where(frozenset(ORDER_STAFF_ROLES))):
        raise MayNotSeeLimits
    return place
