"""How rotas are found from the console's one search field."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.finders import Finder, Hit, register_finder
from sidan.core.pages import office
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.rotas import queries


def _found(_actor: Actor, words: str, limit: int) -> list[Hit]:
    # As on the pages of staff: what one's office opens.
    with office(public=False):
        rows = queries.rotas_in_scope(chosen=queries.RotaFilter(text=words), at=now())
        return [
            Hit(row.shown_name, row.place.shown_short, reverse("rotas:rota", args=[row.uuid]))
            for row in rows.order_by("place__sort_code", "name", "id")[:limit]
        ]


def register() -> None:
    """Tell how they are found; called from ready()."""
    register_finder(
        Finder(
            code="rotas", label=_("Rotas"), icon="calendar-clock", position=46, find=_found,
            opens_to=lambda actor: bool(actor.roles & ORDER_STAFF_ROLES),
            list_url=lambda words: f"{reverse('rotas:rotas')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
