"""How a place is found from the console's one search field."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.finders import Finder, Hit, register_finder
from sidan.places.permissions import EDITING_ROLES
from sidan.places.queries import picker_places


def _find(actor: Actor, words: str, limit: int) -> list[Hit]:
    roots = actor.places_where(EDITING_ROLES) or tuple(grant.place_id for grant in actor.grants)
    return [
        Hit(place.shown_name, place.shown_path, reverse("places:console_place", args=[place.uuid]))
        for place in picker_places(query=words, under=roots, limit=limit)
    ]


def register() -> None:
    """Tell how places are found; called from ready()."""
    register_finder(
        Finder(
            code="places", label=_("Places"), icon="map-pin-house", position=50, find=_find,
            opens_to=lambda actor: bool(actor.grants),
            list_url=lambda words: f"{reverse('places:tree')}?{urlencode({'q': words})}",
        )
    )  # fmt: skip
