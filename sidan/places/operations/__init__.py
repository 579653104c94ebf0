"""Every write to the tree of places and to the divisions."""

from sidan.places.operations.facts import PlaceFacts, add_photo, correct_place, remove_photo
from sidan.places.operations.lifecycle import close_place, move_place, open_place, rename_place

__all__ = [
    "PlaceFacts",
    "add_photo",
    "close_place",
    "correct_place",
    "move_place",
    "open_place",
    "remove_photo",
    "rename_place",
]
