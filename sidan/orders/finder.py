"""How orders, and residents to order for, are found from the console's one search field."""

from dataclasses import replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.finders import Finder, Hit, register_finder
from sidan.core.ids import format_number
from sidan.core.phones import mask_phone
from sidan.core.scope import current_scope, scoped
from sidan.orders import queries
from sidan.orders.words import STAFF_LOOKS
from sidan.people.enums import ENTERING_ROLES, ORDER_STAFF_ROLES
from sidan.people.queries import residents_found


def _orders(_actor: Actor, words: str, limit: int) -> list[Hit]:
    # As on the pages of the loop: what one's office opens, not one's own orders.
    with scoped(replace(current_scope(), person_id=None, team_ids=())):
        rows = queries.queue(chosen=queries.QueueFilter(text=words)).order_by("-id")[:limit]
        return [
            Hit(
                f"{format_number(row.number)} {row.shown_title}",
                f"{row.origin_place.shown_short} · {STAFF_LOOKS[row.state].word}",
                reverse("orders:queue_order", args=[row.uuid]),
            )
            for row in rows
        ]


def _residents(_actor: Actor, words: str, limit: int) -> list[Hit]:
    with scoped(replace(current_scope(), person_id=None, team_ids=())):
        return [
            Hit(
                row.name,
                " · ".join(
                    part
                    for part in (
                        row.home_place.shown_short if row.home_place else "",
                        mask_phone(str(row.contact_phone or "")),
                    )
                    if part
                ),
                reverse("orders:enter_for", args=[row.uuid]),
            )
            for row in residents_found(text=words)[:limit]
        ]


def register() -> None:
    """Tell how they are found; called from ready()."""
    register_finder(
        Finder(
            code="orders", label=_("Orders"), icon="inbox", position=10, find=_orders,
            opens_to=lambda actor: bool(actor.roles & ORDER_STAFF_ROLES),
            list_url=lambda words: f"{reverse('orders:queue')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
    register_finder(
        Finder(
            code="residents", label=_("Enter an order for"), icon="clipboard-pen", position=15, find=_residents,
            opens_to=lambda actor: bool(actor.roles & ENTERING_ROLES),
            list_url=lambda words: f"{reverse('orders:enter')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
