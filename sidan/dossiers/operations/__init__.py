"""Every write to the ledger of activities."""

from sidan.dossiers.operations.filing import NotFiledYet, NothingChanged, count_again, file_due, keep_numbers
from sidan.dossiers.operations.minutes import MinutesMovedOn, SameMinutes, write_minutes
from sidan.dossiers.operations.news import (
    NewsStand,
    NoNewsStand,
    NotOverYet,
    PublishedNews,
    publish_news,
    withdraw_news,
)
from sidan.dossiers.operations.photos import TooManyPhotos, add_photos, describe_photo, remove_photo
from sidan.dossiers.operations.shared import NotHeldYet, PersonalWords

__all__ = [
    "MinutesMovedOn",
    "NewsStand",
    "NoNewsStand",
    "NotFiledYet",
    "NotHeldYet",
    "NotOverYet",
    "NothingChanged",
    "PersonalWords",
    "PublishedNews",
    "SameMinutes",
    "TooManyPhotos",
    "add_photos",
    "count_again",
    "describe_photo",
    "file_due",
    "keep_numbers",
    "publish_news",
    "remove_photo",
    "withdraw_news",
    "write_minutes",
]
