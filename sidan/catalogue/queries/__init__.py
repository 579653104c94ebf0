"""Questions about the library, the menus, and who serves what."""

from sidan.catalogue.queries.categories import (
    CategoryNode,
    category_line,
    category_options,
    category_tree,
    category_with_below,
)
from sidan.catalogue.queries.library import (
    LibraryFilter,
    library,
    photo_ids,
    photo_uuids_of,
    project_page,
    review_count,
    used_files,
    waiting_for_review,
)
from sidan.catalogue.queries.menu import (
    MenuCard,
    MenuChip,
    MenuFilter,
    MenuPage,
    fits_menu_of,
    is_offered_at,
    menu_at,
)
from sidan.catalogue.queries.months import (
    MonthRow,
    PlaceRow,
    addable_projects,
    items_of,
    menu_of_month,
    months_below,
    months_of,
)
from sidan.catalogue.queries.teams import services_of, team_by_uuid, team_serves, teams_for, teams_of_actor

__all__ = [
    "CategoryNode",
    "LibraryFilter",
    "MenuCard",
    "MenuChip",
    "MenuFilter",
    "MenuPage",
    "MonthRow",
    "PlaceRow",
    "addable_projects",
    "category_line",
    "category_options",
    "category_tree",
    "category_with_below",
    "fits_menu_of",
    "is_offered_at",
    "items_of",
    "library",
    "menu_at",
    "menu_of_month",
    "months_below",
    "months_of",
    "photo_ids",
    "photo_uuids_of",
    "project_page",
    "review_count",
    "services_of",
    "team_by_uuid",
    "team_serves",
    "teams_for",
    "teams_of_actor",
    "used_files",
    "waiting_for_review",
]
