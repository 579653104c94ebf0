"""The console narrowed to one place: who works for a whole county looks at one township as if granted there.

A grant above the place becomes the same grant at the place; grants elsewhere rest. So lists, rights and figures follow
without knowing of it, and nobody ever sees or may do more than before.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import Q

from sidan.core.actor import Actor, Grant
from sidan.core.language import shown
from sidan.places.models import Place, PlaceLink

NARROW_KEY: Final = "console_place"
CONSOLE: Final = "/console/"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """An actor as narrowed, and the place's name in both languages."""

    actor: Actor
    name: str
    name_en: str

    @property
    def label(self) -> str:
        return shown(self.name, self.name_en)


def narrowed_to(*, actor: Actor, place_id: int) -> Narrowed | None:
    """Return the actor as if granted at this place only; nothing where no grant covers or lies in it. One query."""
    granted = {grant.place_id for grant in actor.grants}
    above = Q(descendant=place_id, ancestor__in=granted)
    below = Q(ancestor=place_id, descendant__in=granted)
    links = PlaceLink.objects.filter(above | below | Q(ancestor=place_id, depth=0), during__upper_inf=True)
    rows = list(links.values_list("ancestor_id", "descendant_id"))
    covering = {ancestor for ancestor, descendant in rows if descendant == place_id}
    inside = {descendant for ancestor, descendant in rows if ancestor == place_id}
    place = Place.objects.only("kind", "county_id", "short_name", "name_en").filter(pk=place_id).first()
    if place is None:
        return None
    grants = tuple(
        dict.fromkeys(
            Grant(grant.role, place_id, place.county_id, place.kind, is_narrowed=True)
            if grant.place_id not in inside
            else grant
            for grant in actor.grants
            if grant.place_id in (covering & granted) | inside
        )
    )
    return Narrowed(replace(actor, grants=grants), place.short_name, place.name_en) if grants else None


def narrowed_by(session: Any, *, actor: Actor) -> Narrowed | None:
    """Return how this session narrows the console, if it does."""
    place_id = session.get(NARROW_KEY)
    return narrowed_to(actor=actor, place_id=int(place_id)) if place_id and actor.grants else None
