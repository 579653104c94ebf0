"""Questions about wishes."""

from sidan.wishes.queries.desk import (
    CHIPS,
    WishFilter,
    desk,
    desk_counts,
    people_found,
    services_for,
    teams_for_project,
)
from sidan.wishes.queries.finding import (
    answering_place,
    full_text,
    has_office_contact,
    history,
    links_of,
    photos_in_use,
    wish_by_uuid,
)
from sidan.wishes.queries.wall import my_adoptions, my_wishes, open_slots, wall

__all__ = [
    "CHIPS",
    "WishFilter",
    "answering_place",
    "desk",
    "desk_counts",
    "full_text",
    "has_office_contact",
    "history",
    "links_of",
    "my_adoptions",
    "my_wishes",
    "open_slots",
    "people_found",
    "photos_in_use",
    "services_for",
    "teams_for_project",
    "wall",
    "wish_by_uuid",
]
