"""How a project is found from the console's one search field."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.queries import LibraryFilter, library
from sidan.core.actor import Actor
from sidan.core.finders import Finder, Hit, register_finder
from sidan.people.enums import MANAGING_ROLES


def _find(_actor: Actor, words: str, limit: int) -> list[Hit]:
    rows = library(wanted=LibraryFilter(words=words)).order_by("title", "id")
    return [
        Hit(
            row.shown_title,
            f"{row.team.shown_name} · {row.get_state_display()}",
            reverse("catalogue:project", args=[row.uuid]),
        )
        for row in rows[:limit]
    ]


def register() -> None:
    """Tell how projects are found; called from ready()."""
    register_finder(
        Finder(
            code="projects", label=_("Projects"), icon="library", position=40, find=_find,
            opens_to=lambda actor: bool(actor.roles & MANAGING_ROLES or actor.led_team_ids),
            list_url=lambda words: f"{reverse('catalogue:projects')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
