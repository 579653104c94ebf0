"""What is left of a time is told in words and colour, by one piece for every queue (see `tests/lists`)."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
"""Ten o'clock in the morning of the county's day."""
TODAY = date(2026, 11, 20)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _told(source: str, **facts: object) -> str:
    with translation.override("en"):
        return Template(source).render(Context(facts))


@pytest.mark.parametrize(
    ("at", "words", "tone"),
    [
        (AT + HOUR, "3 hours left", "state"),
        (AT + 2 * HOUR, "2 hours left", "tone-soon"),
        (AT + 6 * HOUR, "overdue by 2 hours", "tone-overdue"),
    ],
)
def test_what_is_left_is_told_in_words_and_colour(
    monkeypatch: pytest.MonkeyPatch, at: datetime, words: str, tone: str
) -> None:
    monkeypatch.setattr("sidan.core.clock.now", lambda: at)
    told = _told("{% left_until begun due %}", begun=AT, due=AT + 4 * HOUR)
    assert words in re.sub("<[^>]+>", "", told)
    assert tone in told
    assert "<svg" in told


@pytest.mark.parametrize(
    ("on", "words", "tone"),
    [
        (TODAY + 5 * DAY, "5 days left", 'state "'),
        (TODAY + 3 * DAY, "3 days left", "tone-soon"),
        (TODAY, "14 hours left", "tone-soon"),
        (TODAY - DAY, "overdue by 10 hours", "tone-overdue"),
    ],
)
def test_what_is_to_be_done_by_a_day_may_last_to_its_end(
    monkeypatch: pytest.MonkeyPatch, on: date, words: str, tone: str
) -> None:
    monkeypatch.setattr("sidan.core.clock.now", lambda: AT)
    told = _told("{% left_of_day on %}", on=on)
    assert words in re.sub("<[^>]+>", "", told)
    assert tone in told
