"""Wishes over the API: the same operations and the same permissions as the pages."""

from sidan.wishes.api.desk import router as desk_router
from sidan.wishes.api.wall import router as wall_router

__all__ = ["desk_router", "wall_router"]
