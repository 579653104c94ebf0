"""Hours over the API: the same operations and the same permissions as the pages."""

from sidan.hours.api.desk import router as desk_router
from sidan.hours.api.mine import router as mine_router

__all__ = ["desk_router", "mine_router"]
