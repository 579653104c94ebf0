"""How activities are found from the console's one search field."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.activities import queries
from sidan.core.actor import Actor
from sidan.core.finders import Finder, Hit, register_finder
from sidan.core.pages import office
from sidan.people.enums import ORDER_STAFF_ROLES


def _activities(_actor: Actor, words: str, limit: int) -> list[Hit]:
    # As on the pages of staff: what one's office holds.
    with office(public=False):
        return [
            Hit(row.shown_title, row.place.shown_short, reverse("activities:staff_activity", args=[row.uuid]))
            for row in queries.found_in_office(text=words, most=limit)
        ]


def register() -> None:
    """Tell how they are found; called from ready()."""
    register_finder(
        Finder(
            code="activities", label=_("Activities"), icon="calendar-heart", position=44, find=_activities,
            opens_to=lambda actor: bool(actor.roles & ORDER_STAFF_ROLES),
            list_url=lambda words: f"{reverse('activities:desk')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
