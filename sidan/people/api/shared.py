"""What the API's operations of people have in common."""

from typing import Annotated
from uuid import UUID

from ninja import Query

from sidan.core.errors import NotFound
from sidan.core.pagination import MAX_LIMIT
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

Words = Annotated[str, Query(max_length=60)]
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


def place_of(uuid: UUID) -> Place:
    """Return the place an id names.

    Raises:
        NotFound: there is none.
    """
    place = place_by_uuid(uuid=uuid)
    if place is None:
        raise NotFound
    return place
