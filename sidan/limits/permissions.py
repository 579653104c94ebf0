"""Who may change time limits: managers and directors of the place, or of one above it. Staff may read them."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.limits.enums import Step
from sidan.orders.models import Order
from sidan.orders.permissions import looks_after, may_handle
from sidan.people.enums import (
    DISPATCHING_ROLES,
    ENTERING_ROLES,
    HOLDING_ROLES,
    MANAGING_ROLES,
    ORDER_STAFF_ROLES,
)
from sidan.people.permissions import holds_role_over
from sidan.people.queries import accounts_with_roles, actor_for_account
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid
from sidan.wishes.models import Wish
from sidan.wishes.permissions import may_handle as may_answer

CALLS: Final = frozenset({Step.CONFIRM, Step.CALL_BACK})
"""Steps that whoever enters orders may do; of all others somebody decides."""


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


def staff_ids(*, place: Place, step: str) -> list[int]:
    """Return who can be told to see to a step: who does it at the place, else at the nearest above."""
    if step in CALLS:
        return accounts_with_roles(place_id=place.pk, roles=ENTERING_ROLES)
    return accounts_with_roles(place_id=place.pk, roles=DISPATCHING_ROLES, here=HOLDING_ROLES)


def can_see_to_order(*, account_id: int | None, order: Order, step: str) -> bool:
    """Tell whether an account is open and may act for this very order: a private one is its keeper's alone."""
    actor = actor_for_account(account_id) if account_id is not None else None
    may = looks_after if step in CALLS else may_handle
    return actor is not None and may(actor=actor, order=order)


def can_see_to_wish(*, account_id: int | None, wish: Wish) -> bool:
    """Tell whether an account is open and may answer this wish."""
    actor = actor_for_account(account_id) if account_id is not None else None
    return actor is not None and may_answer(actor=actor, wish=wish)


def place_seen(*, actor: Actor, uuid: UUID) -> Place:
    """Return a place at which, or above which, the actor looks after orders. Raises MayNotSeeLimits, NotFound."""
    require_any(actor=actor)
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound
    if not holds_role_over(actor=actor, roles=ORDER_STAFF_ROLES, place_id=place.pk):
        raise MayNotSeeLimits
    return place
