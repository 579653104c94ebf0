"""Terminals by what they show, and what they did."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from sidan.core.crypto import lookup_candidates
from sidan.core.errors import NotFound
from sidan.core.phones import mask_name
from sidan.core.scope import everything
from sidan.kiosk.models import KioskOrder, KioskTerminal
from sidan.orders.models import Order
from sidan.people.queries import token_hash
from sidan.people.queries.sharing import people_of_number
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


STANDINGS: Final[Mapping[str, Q]] = {
    "in_use": Q(revoked_at=None, enrolled_at__isnull=False),
    "to_set_up": Q(revoked_at=None, enrolled_at=None),
    "revoked": Q(revoked_at__isnull=False),
}
"""What a terminal is: set up, still to be, or out of service."""


def terminals(*, at: datetime, text: str = "", standing: str = "") -> QuerySet[KioskTerminal]:
    """The terminals in scope with how much was ordered at each within a month, for a keyset page.

    Those of one's places are few: `text` is looked for in their names and the places' names without an index.
    """
    lately = Count("orders", filter=Q(orders__at__gt=at - COUNTED))
    rows = KioskTerminal.objects.select_related("place").filter(STANDINGS.get(standing, Q()))
    for word in text.split():
        rows = rows.filter(Q(name__icontains=word) | Q(place__path_names__icontains=word))
    return rows.annotate(ordered=lately, place_key=F("place__path_names"))


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


@dataclass(frozen=True, slots=True)
class Masked:
    """A person as a screen in a public room may show them."""

    uuid: UUID
    name: str
    place: str


def people_masked(*, phone: str) -> list[Masked]:
    """Those who share a proven number; the place is told only where two names look alike."""
    people = people_of_number(phone=phone)
    names = Counter(mask_name(one.name) for one in people)
    return [
        Masked(one.uuid, name, one.home_place.shown_short if one.home_place and names[name] > 1 else "")
        for one in people
        if (name := mask_name(one.name))
    ]


def own_orders(*, person_id: int, is_shared: bool) -> list[Order]:
    """The newest orders of a resident, those first that wait for a review.

    Where the telephone is shared by several, the private ones are not among them.
    """
    with everything("whoever has proven a telephone sees their own orders"):
        rows = Order.objects.filter(requester=person_id)
        if is_shared:
            rows = rows.filter(is_private=False)
        rows = rows.select_related("project", "category")
        newest = list(rows.order_by("-id")[:OWN_SHOWN])
    return sorted(newest, key=lambda order: order.state != "done")
