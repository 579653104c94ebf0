"""How the ledger is found from the console's one search field."""

from urllib.parse import urlencode

from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.finders import Finder, Hit, register_finder
from sidan.core.pages import office
from sidan.dossiers.queries import LedgerFilter, ledger
from sidan.people.enums import ORDER_STAFF_ROLES


def _found(actor: Actor, words: str, limit: int) -> list[Hit]:
    # As on the pages of staff: what one's office holds.
    with office(public=False):
        rows = ledger(actor=actor, chosen=LedgerFilter(text=words)).order_by(Lower("during").desc(), "-id")
        return [
            Hit(row.shown_title, row.place.shown_short, reverse("dossiers:dossier", args=[row.uuid]))
            for row in rows[:limit]
        ]


def register() -> None:
    """Tell how it is found; called from ready()."""
    register_finder(
        Finder(
            code="ledger", label=_("Ledger of activities"), icon="folder-check", position=45, find=_found,
            opens_to=lambda actor: bool(actor.roles & ORDER_STAFF_ROLES),
            list_url=lambda words: f"{reverse('dossiers:desk')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
