"""Who may change time limits: managers and directors of the place, or of one above it. Staff may read them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.people.enums import MANAGING_ROLES, ORDER_STAFF_ROLES
from sidan.people.permissions import holds_role_over
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid


class MayNotSetLimits(Forbidden):
    code = "may_not_set_limits"
    sentence = _("Only managers and directors of this place, or of one above it, may change its time limits.")


class MayNotSeeLimits(Forbidden):
    code = "may_not_see_limits"
    sentence = _("Time limits are shown to those who look after orders at this place or above it.")


def may_set(*, actor: Actor, place: Place) -> bool:
    """Tell whether the actor manages the place or one above it."""
    return actor == SYSTEM or holds_role_over(actor=actor, roles=MANAGING_ROLES, place_id=place.pk)


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
    return actor is not None and holds_role_over(actor=actor, roles=ORDER_STAFF_ROLES, place_id=place_id)


def place_seen(*, actor: Actor, uuid: UUID) -> Place:
    """Return a place at which, or above which, the actor looks after orders. Raises MayNotSeeLimits, NotFound."""
    require_any(actor=actor)
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound
    if not holds_role_over(actor=actor, roles=ORDER_STAFF_ROLES, place_id=place.pk):
        raise MayNotSeeLimits
    return place
