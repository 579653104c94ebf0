"""Questions about wishes."""

from sidan.wishes.queries.desk import (
    CHIPS,
    WishFilter,
    desk,
    desk_counts,
    drafters_for,
    services_for,
    teams_for_project,
)
from sidan.wishes.queries.finding import (
    answering_place,
    consent_of,
    full_text,
    has_office_contact,
    history,
    is_free_to_withdraw,
    is_order_over,
    links_of,
    looks_at,
    papers_in_use,
    photos_in_use,
    project_asked,
    wish_by_uuid,
)
from sidan.wishes.queries.wall import my_adoptions, my_wishes, open_slots, wall

__all__ = [
    "CHIPS",
    "WishFilter",
    "answering_place",
    "consent_of",
    "desk",
    "desk_counts",
    "drafters_for",
    "full_text",
    "has_office_contact",
    "history",
    "is_free_to_withdraw",
    "is_order_over",
    "links_of",
    "looks_at",
    "my_adoptions",
    "my_wishes",
    "open_slots",
    "papers_in_use",
    "photos_in_use",
    "project_asked",
    "services_for",
    "teams_for_project",
    "wall",
    "wish_by_uuid",
]
