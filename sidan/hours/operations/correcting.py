"""Correcting hours: by a counter-record with its reason, never by editing (R-H1, R-Z1; Order 67, art. 13)."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.hours.models import Entry, Standing
from sidan.hours.notices import tell_person
from sidan.hours.operations.door import append_entry, lock_persons, require_words
from sidan.hours.permissions import require_correcting
from sidan.hours.policies import minutes_between

_SAME: Final = (
    "occasion", "person_id", "team_id", "place_id", "county_id", "day", "tier", "way", "grade", "confirmed_by_id",
)  # fmt: skip
"""What a counter-record, and the record that follows it, have of the record itself."""


class TakenBackAlready(Conflict):
    code = "hours_taken_back_already"
    sentence = _("This record has been taken back already.")


class OnlyShorter(Invalid):
    """A longer time would pass by the limits of a day and the public notice."""

    code = "hours_only_shorter"
    sentence = _("A correction lies within the time of the record. What is missing is told as a late time.")


@transaction.atomic
def take_back(*, actor: Actor, at: datetime, entry: Entry, reason: str, words: str) -> Entry:
    """Append the counter-record of a record; the volunteer is told with the reason.

    Raises:
        NotYourOwnHours, NotYoursToCorrect, WordsMissing, TakenBackAlready
    """
    counter = _counter(actor, at, entry, reason, words)
    tell_person(kind="hours_taken_back", of=entry, at=at)
    return counter


@transaction.atomic
def correct_times(
    *, actor: Actor, at: datetime, entry: Entry, begins: datetime, ends: datetime, reason: str, words: str
) -> Entry:
    """Append the counter-record of a record, and the record with the right times after it.

    Raises:
        OnlyShorter: the times lie outside of those of the record, are the same, or less than a minute.
        NotYourOwnHours, NotYoursToCorrect, WordsMissing, TakenBackAlready
    """
    was = entry.during
    minutes = minutes_between(begins, ends)
    inside = was.lower is not None and was.upper is not None and was.lower <= begins < ends <= was.upper
    if not inside or not 0 < minutes < entry.minutes:
        raise OnlyShorter
    counter = _counter(actor, at, entry, reason, words)
    right = append_entry(
        actor=actor, at=at, verb="correct", follows=counter, during=DateTimeTZRange(begins, ends), minutes=minutes,
        reason=reason, **_same(entry),
    )  # fmt: skip
    tell_person(kind="hours_corrected", of=right, at=at)
    return right


def _counter(actor: Actor, at: datetime, entry: Entry, reason: str, words: str) -> Entry:
    require_correcting(actor=actor, entry=entry)
    require_words(words)
    lock_persons([entry.person_id])
    if not Standing.objects.filter(entry=entry).exists():
        raise TakenBackAlready
    return append_entry(
        actor=actor, at=at, verb="take_back", words=words, counters=entry, during=entry.during,
        minutes=-entry.minutes, reason=reason, **_same(entry),
    )  # fmt: skip


def _same(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _SAME}
