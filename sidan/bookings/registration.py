"""What bookings tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.audit.registry import register_looking, register_names, register_verbs
from sidan.bookings import finder, notices, queries, words
from sidan.bookings.models import Room
from sidan.core.badges import register_looks
from sidan.core.slots import register_piece
from sidan.places.models import Place


def _rooms(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Room.unscoped.filter(pk__in=ids).values_list("pk", "name"))


def _of_place(_request: HttpRequest, place: Place) -> Mapping[str, Any] | None:
    """On the page of a place: its rooms, to be asked for."""
    rooms = queries.rooms_of(place=place)
    return {"rooms": rooms} if rooms else None


def register() -> None:
    """Register everything once."""
    notices.register()
    finder.register()
    register_looks(machine="booking", looks=words.LOOKS)
    register_looks(machine="room", looks=words.ROOM_LOOKS)
    register_verbs(words.TRAIL)
    register_names("room", _rooms)
    register_looking("booking", words.LOOKING)
    register_piece(slot="places.place", template="bookings/_of_place.html", context=_of_place)
