"""Activities, and the days that have a name."""

from sidan.activities.models.activity import (
    Activity,
    ActivityChange,
    ActivityNote,
    ActivityStep,
    ActivityText,
)
from sidan.activities.models.named import NamedDay
from sidan.activities.models.recurring import Recurring, SeriesException

__all__ = [
    "Activity",
    "ActivityChange",
    "ActivityNote",
    "ActivityStep",
    "ActivityText",
    "NamedDay",
    "Recurring",
    "SeriesException",
]
