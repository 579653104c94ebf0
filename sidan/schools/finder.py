"""How schools are found from the console's one search field."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.finders import Finder, Hit, register_finder
from sidan.core.pages import office
from sidan.people.enums import ORDER_STAFF_ROLES
from sidan.schools import queries


def _schools(_actor: Actor, words: str, limit: int) -> list[Hit]:
    # As on the pages of staff: what one's office opens.
    with office(public=False):
        rows = queries.desk(chosen=queries.SchoolFilter(text=words)).order_by("-id")[:limit]
        return [
            Hit(row.shown_name, row.place.shown_short, reverse("schools:school", args=[row.uuid]))
            for row in rows
        ]


def register() -> None:
    """Tell how they are found; called from ready()."""
    register_finder(
        Finder(
            code="schools", label=_("Evening schools"), icon="school", position=48, find=_schools,
            opens_to=lambda actor: bool(actor.roles & ORDER_STAFF_ROLES),
            list_url=lambda words: f"{reverse('schools:desk')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
