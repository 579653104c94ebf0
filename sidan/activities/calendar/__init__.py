"""Repetition as people say it (R-A2). Pure: neither database nor clock."""

from sidan.activities.calendar.patterns import (
    LAST,
    BadPattern,
    DaysOfMonth,
    DaysOfWeek,
    Festival,
    Festivals,
    LunarDays,
    Pattern,
    Terms,
    WeekdaysOfMonth,
    festival_on,
    market_days,
)
from sidan.activities.calendar.series import (
    BadSeries,
    Occurrence,
    Otherwise,
    Series,
    Wanted,
    ended_before,
    next_occurrences,
    occurrences,
)

__all__ = [
    "LAST",
    "BadPattern",
    "BadSeries",
    "DaysOfMonth",
    "DaysOfWeek",
    "Festival",
    "Festivals",
    "LunarDays",
    "Occurrence",
    "Otherwise",
    "Pattern",
    "Series",
    "Terms",
    "Wanted",
    "WeekdaysOfMonth",
    "ended_before",
    "festival_on",
    "market_days",
    "next_occurrences",
    "occurrences",
]
