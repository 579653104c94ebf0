"""Correcting hours: by a counter-record with its reason, never by editing (R-H1, R-Z1; Order 67, art. 13)."""

from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.hours.enums import LIVE
from sidan.hours.models import Claim, Entry, Standing
from sidan.hours.notices import tell_person
from sidan.hours.operations.door import append_entry, lock_persons, pass_door, require_words
from sidan.hours.permissions import require_correcting
from sidan.hours.policies import minutes_between
from sidan.hours.queries import time_of

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

    Of a long day all goes with it: what stands of the same service, and what of it waits.

    Raises:
        NotYourOwnHours, NotYoursToCorrect, WordsMissing, TakenBackAlready
    """
    counter = _counter(actor, at, entry, reason, words)
    _end_rest(actor, at, entry, reason, words, since=None)
    tell_person(kind="hours_taken_back", of=entry, at=at)
    return counter


@transaction.atomic
def correct_times(
    *, actor: Actor, at: datetime, entry: Entry, begins: datetime, ends: datetime, reason: str, words: str
) -> Entry:
    """Append the counter-record of a record, and the record with the right times after it.

    Who left earlier has no later part of the same service: what stands of it is taken back, what waits is refused.

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
    if was.upper is not None and ends < was.upper:
        _end_rest(actor, at, entry, reason, words, since=was.upper)
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


def _end_rest(
    actor: Actor, at: datetime, entry: Entry, reason: str, words: str, *, since: datetime | None
) -> None:
    """Take back what else stands of the person's time, and refuse what waits of it: all, or since a moment.

    What lies after a break, or on another day, is a time of its own.
    """
    same = {
        "occasion": entry.occasion_id,
        "person": entry.person_id,
        "during__contained_by": time_of(entry=entry),
    }
    stands = Entry.unscoped.filter(**same, standing__isnull=False)
    claims = Claim.unscoped.filter(**same, state__in=[state.value for state in LIVE])
    if since is not None:
        stands, claims = (
            stands.filter(during__startswith__gte=since),
            claims.filter(during__startswith__gte=since),
        )
    for other in stands.exclude(pk=entry.pk).order_by("pk"):
        _counter(actor, at, other, reason, words)
    for claim in claims.order_by("pk"):
        pass_door(claim=claim, actor=actor, at=at, verb="refuse", words=words)


def _same(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _SAME}
