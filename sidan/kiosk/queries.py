"""Terminals by what they show, and what they did."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from sidan.core.crypto import lookup_candidates
from sidan.core.errors import NotFound
from sidan.core.scope import everything
from sidan.kiosk.models import KioskOrder, KioskTerminal
from sidan.orders.models import Order
from sidan.people.queries import token_hash
from sidan.places.enums import PlaceState

COUNTED: Final = timedelta(days=30)
PURPOSE: Final = "kiosk.setup"
OWN_SHOWN: Final = 6


def terminal_of_token(*, token: str) -> KioskTerminal | None:
    """Return the terminal that shows this token, as long as it and its place are in service."""
    if not token:
        return None
    with everything("a terminal proves itself by its token"):
        rows = KioskTerminal.objects.select_related("place", "place__parent").filter(revoked_at=None)
        return rows.filter(token_hash=token_hash(token), place__state=PlaceState.OPEN).first()


def waiting_terminals(*, code: str, at: datetime) -> QuerySet[KioskTerminal]:
    """The terminal that a code sets up, if it does still."""
    hashes = lookup_candidates(value="".join(code.split()), purpose=PURPOSE)
    rows = KioskTerminal.unscoped.select_related("place").filter(revoked_at=None, setup_until__gt=at)
    return rows.filter(setup_hash__in=hashes)


def waits_for_setup(*, code: str, at: datetime) -> bool:
    """Tell whether a code still sets a terminal up."""
    return waiting_terminals(code=code, at=at).exists()


def terminals(*, at: datetime) -> QuerySet[KioskTerminal]:
    """The terminals in scope with how much was ordered at each within a month, for a keyset page by "-id"."""
    lately = Count("orders", filter=Q(orders__at__gt=at - COUNTED))
    return KioskTerminal.objects.select_related("place").annotate(ordered=lately)


def terminal_by_uuid(*, uuid: UUID) -> KioskTerminal:
    """Return a terminal in scope. Raises NotFound."""
    found = KioskTerminal.objects.select_related("place").filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def names_of_terminals(ids: Collection[int]) -> Mapping[int, str]:
    """Return what some terminals are called, for the audit trail."""
    return dict(KioskTerminal.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def ordered_since(*, since: datetime, terminal: KioskTerminal | None = None, person_id: int = 0) -> int:
    """Count what was ordered at a terminal, or by a person at any."""
    rows = KioskOrder.objects.filter(at__gt=since)
    rows = rows.filter(terminal=terminal) if terminal is not None else rows.filter(order__requester=person_id)
    return rows.count()


def order_of_act(*, act: UUID) -> Order | None:
    """Return what was ordered within an act."""
    row = KioskOrder.objects.filter(act=act).select_related("order__project", "order__category").first()
    return row.order if row else None


def own_orders(*, person_id: int) -> list[Order]:
    """The newest orders of a resident, those first that wait for a review."""
    with everything("whoever has proven a telephone sees their own orders"):
        rows = Order.objects.filter(requester=person_id).select_related("project", "category")
        newest = list(rows.order_by("-id")[:OWN_SHOWN])
    return sorted(newest, key=lambda order: order.state != "done")
