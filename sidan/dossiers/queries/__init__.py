"""Every question about the ledger of activities."""

from sidan.dossiers.queries.finding import (
    CHIPS,
    LedgerFilter,
    due_to_be_filed,
    is_door_shut,
    kept_among,
    ledger,
    month_of,
    places_with_ledger,
)
from sidan.dossiers.queries.happened import Told, Wanted, happened, latest_of_place, news_of, told_by_uuid
from sidan.dossiers.queries.holding import (
    Dossier,
    Numbers,
    dossier_of,
    dossiers_of,
    minutes_versions,
    photo_of,
    photos_of,
    standing_news,
)
from sidan.dossiers.queries.listing import Listed, lists_of

__all__ = [
    "CHIPS",
    "Dossier",
    "LedgerFilter",
    "Listed",
    "Numbers",
    "Told",
    "Wanted",
    "dossier_of",
    "dossiers_of",
    "due_to_be_filed",
    "happened",
    "is_door_shut",
    "kept_among",
    "latest_of_place",
    "ledger",
    "lists_of",
    "minutes_versions",
    "month_of",
    "news_of",
    "photo_of",
    "photos_of",
    "places_with_ledger",
    "standing_news",
    "told_by_uuid",
]
