"""A rule as its reader hears it."""

from datetime import date

from sidan.activities.calendar import Series
from sidan.activities.models import Recurring
from sidan.activities.sentences import Hours, sentence_of


def rule_words(recurring: Recurring, series: Series, *, today: date) -> str:
    """Return on which days and at what time it comes, in one sentence."""
    return sentence_of(series, today=today, hours=Hours(recurring.begins_at, recurring.ends_at))
