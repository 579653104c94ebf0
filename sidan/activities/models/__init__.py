"""Activities with their posts, the people who sign up and those who come, and the days that have a name."""

from sidan.activities.models.activity import (
    Activity,
    ActivityChange,
    ActivityNote,
    ActivityStep,
    ActivityText,
)
from sidan.activities.models.feed import CalendarAddress
from sidan.activities.models.gathering import Gathering, HeadCount
from sidan.activities.models.named import NamedDay
from sidan.activities.models.posts import Enrolment, EnrolmentNote, EnrolmentStep, EntryRules, Post
from sidan.activities.models.recurring import DayDecision, DayDecisionNote, Recurring, SeriesException

__all__ = [
    "Activity",
    "ActivityChange",
    "ActivityNote",
    "ActivityStep",
    "ActivityText",
    "CalendarAddress",
    "DayDecision",
    "DayDecisionNote",
    "Enrolment",
    "EnrolmentNote",
    "EnrolmentStep",
    "EntryRules",
    "Gathering",
    "HeadCount",
    "NamedDay",
    "Post",
    "Recurring",
    "SeriesException",
]
