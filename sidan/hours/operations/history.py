"""Recording much at once: what was over before hours were kept here, or was told in bulk; cut as one by one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from sidan.attendance.queries import ProvenTime, proven_times
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.events import publish
from sidan.evidence.models import Cause
from sidan.hours.events import HoursEntered
from sidan.hours.models import Entry, Occasion
from sidan.hours.operations.door import lock_persons
from sidan.hours.operations.recording import Service, counted_at_once, not_recorded
from sidan.hours.policies import minutes_between
from sidan.hours.queries import minutes_by_day

BATCH: Final = 1000
Spent = dict[tuple[int, date], int]


@dataclass(frozen=True, slots=True)
class Past:
    """What was over at a moment, and what it was."""

    cause: Cause
    service: Service
    at: datetime


def write_history(*, actor: Actor, at: datetime, told: Sequence[Past]) -> int:
    """Say what some causes were that are over, and record their proven hours as of then; returns how many records.

    Set-based, so that a county's years come in in minutes. Nobody is told of each record; the trail has one line. What
    goes beyond a day's limit becomes a claim as always, and who decides about it is told.
    """
    with transaction.atomic():
        occasions = Occasion.objects.bulk_create([_occasion(past) for past in told], batch_size=BATCH)
        of_cause = {occasion.cause_id: occasion for occasion in occasions}
        written = {past.cause.pk: past.at for past in told}
        entries: list[Entry] = []
        times = proven_times(cause_ids=list(of_cause))
        lock_persons([time.person_id for time in times])
        times = not_recorded(times, of_cause)
        spent = Spent(minutes_by_day(person_ids={time.person_id for time in times}))
        for time in times:
            entries += _entries_of(of_cause[time.cause_id], time, written[time.cause_id], spent)
        Entry.unscoped.bulk_create(entries, batch_size=BATCH)
        for entry in entries:
            _publish(entry)
        record(actor=actor, at=at, verb="hours.history", subject=("hours", None), records=len(entries))
    return len(entries)


def _occasion(past: Past) -> Occasion:
    service = past.service
    return Occasion(
        cause=past.cause, title=service.title, content=service.content, place=service.place,
        county_id=service.place.county_id, team=service.team, lead=service.lead, day=service.day,
        ended_at=service.ended_at, written_at=past.at,
    )  # fmt: skip


def _entries_of(occasion: Occasion, time: ProvenTime, at: datetime, spent: Spent) -> list[Entry]:
    key = time.person_id, business_date(time.begins)
    known = counted_at_once(at=at, occasion=occasion, time=time, spent=spent.get(key, 0))
    entries = [Entry(entered_at=at, **columns) for columns in known]
    # What waits counts against the day as well.
    spent[key] = spent.get(key, 0) + minutes_between(time.begins, time.ends)
    return entries


def _publish(entry: Entry) -> None:
    publish(
        HoursEntered(
            entry_id=entry.pk, cause_id=entry.occasion.cause_id, person_id=entry.person_id, team_id=entry.team_id,
            place_id=entry.place_id, county_id=entry.county_id, minutes=entry.minutes, day=entry.day,
            at=entry.entered_at,
        )
    )  # fmt: skip
