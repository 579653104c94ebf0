"""Who may change the tree of places. Seeing it needs no right: places are public."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Forbidden
from sidan.places.models import Place, PlaceLink

EDITING_ROLES: Final = frozenset({"manager", "director"})
"""The codes of people.enums.MANAGING_ROLES, which stands above this app; a test keeps the two alike."""

PHOTO_PURPOSE: Final = "place_photo"
"""What pictures of a place are stored as."""


class MayNotEditPlaces(Forbidden):
    code = "may_not_edit_places"
    sentence = _("Only managers and directors of this place, or of one above it, may change it.")


class MayNotChangeRoots(Forbidden):
    code = "may_not_change_roots"
    sentence = _("The uppermost place is set up once, by the command sidan manage open_first_place.")


def may_edit(*, actor: Actor, place: Place) -> bool:
    """Tell whether the actor manages the place or one above it today."""
    if actor == SYSTEM:
        return True
    roots = actor.places_where(EDITING_ROLES)
    if not roots:
        return False
    if place.pk in roots or place.county_id in roots:
        return True
    links = PlaceLink.objects.filter(ancestor__in=roots, descendant=place.pk, during__upper_inf=True)
    return links.exists()


def check_may_edit(*, actor: Actor, place: Place) -> None:
    """Let pass who manages the place or one above it.

    Raises:
        MayNotEditPlaces: the actor does not.
    """
    if not may_edit(actor=actor, place=place):
        raise MayNotEditPlaces()


def check_may_announce(*, actor: Actor) -> None:
    """Let pass who manages any place at all: which one, is asked when it is known.

    Raises:
        MayNotEditPlaces: the actor manages none.
    """
    if not actor.places_where(EDITING_ROLES):
        raise MayNotEditPlaces()


def own_roots(actor: Actor) -> list[int]:
    """Return the places from which the actor's lists are drawn: where one manages, else where one works."""
    return list(actor.places_where(EDITING_ROLES) or [grant.place_id for grant in actor.grants])


def check_may_place_under(*, actor: Actor, parent: Place | None) -> None:
    """Let pass who manages the place under which another shall stand; a root is set up by a command only.

    Raises:
        MayNotEditPlaces: the actor does not manage the parent.
        MayNotChangeRoots: there is no parent and this is not a command.
    """
    if parent is not None:
        check_may_edit(actor=actor, place=parent)
    elif actor != SYSTEM:
        raise MayNotChangeRoots()


CONSOLE_ROLES: Final = EDITING_ROLES | {
    "practitioner", "grid_keeper", "operator", "dispatcher", "supervisor", "system_admin", "security_admin",
    "audit_admin",
}  # fmt: skip
"""The codes of people.enums.STAFF_ROLES: who reads the console's pages of places."""


class NotForYou(Forbidden):
    code = "places_console_not_open"
    sentence = _("This page is for the staff of the places. Everybody can read the public page of a place.")


def check_may_see_console(*, actor: Actor) -> None:
    """Let pass who works at any place.

    Raises:
        NotForYou: the actor does not.
    """
    if not actor.roles & CONSOLE_ROLES:
        raise NotForYou()
