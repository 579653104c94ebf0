"""Watches are made some weeks ahead, and people put on them by the solver."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from sidan.core.actor import SYSTEM
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.hours.operations import lock_persons
from sidan.rotas import queries
from sidan.rotas.enums import RotaState, WatchState
from sidan.rotas.models import Duty, Rota, Watch
from sidan.rotas.notices import tell_whose
from sidan.rotas.operations.door import give_seat, told_when_elsewhere
from sidan.rotas.policies import ONE_DAY, Span, days_of, span_on
from sidan.rotas.policies.turns import Filled, ToFill, fill


def plan_rota(*, at: datetime, rota_id: int) -> int:
    """Make the watches of the next weeks that are not made yet, and put people on them; return how many.

    Done twice it makes nothing twice: what is made stays, gaps too, until somebody fills them.
    """
    with told_when_elsewhere(), transaction.atomic():
        rota = Rota.unscoped.select_for_update(of=("self",)).select_related("place").get(pk=rota_id)
        return plan_ahead(rota=rota, at=at)


def plan_ahead(*, rota: Rota, at: datetime) -> int:
    """The same within the caller's transaction, which holds the rota."""
    if rota.state != RotaState.RUNNING:
        return 0
    made = _make_watches(rota, at)
    if made:
        _man(rota, made, at)
    return len(made)


def _make_watches(rota: Rota, at: datetime) -> list[Watch]:
    today = business_date(at)
    last = today + timedelta(weeks=rota.weeks_ahead)
    off = (
        queries.holidays(place_id=rota.place_id, first=today, last=last)
        if rota.rests_on_holidays
        else frozenset()
    )
    there = _There.of(rota, at)
    wanted = []
    for shift in queries.shifts_of(rota=rota, on=today):
        until = min(last, shift.until or last)
        for day in days_of(shift.weekdays, first=max(today, shift.since), last=until, off=off):
            span = span_on(day, shift.begins, shift.ends, BUSINESS_ZONE)
            if span.begins > at and there.leaves_room(shift.pk, day, span):
                wanted.append(
                    Watch(
                        rota=rota, shift=shift, place_id=rota.place_id, county_id=rota.county_id, day=day,
                        during=DateTimeTZRange(*span), needed=shift.needed, state_since=at,
                    )
                )  # fmt: skip
    return Watch.unscoped.bulk_create(wanted)


@dataclass(frozen=True, slots=True)
class _There:
    """What is made already: by shift and day, by day and hour, and what goes on of a shift that was ended meanwhile."""

    shifts: set[tuple[int, date]]
    hours: set[tuple[date, Span]]
    begun: list[Span]

    @classmethod
    def of(cls, rota: Rota, at: datetime) -> Self:
        since = business_date(at) - ONE_DAY
        rows = list(Watch.unscoped.filter(rota=rota, day__gte=since).select_related("shift"))
        stands = [one for one in rows if one.state != WatchState.OFF]
        begun = [one.span for one in stands if one.shift.until is not None and one.span.begins <= at]
        return cls({(one.shift_id, one.day) for one in rows}, {(one.day, one.span) for one in stands}, begun)

    def leaves_room(self, shift_id: int, day: date, span: Span) -> bool:
        """Tell whether a watch is still to be made; then it is there."""
        if (shift_id, day) in self.shifts or (day, span) in self.hours or any(map(span.meets, self.begun)):
            return False
        self.hours.add((day, span))
        return True


def _man(rota: Rota, made: list[Watch], at: datetime) -> None:
    crew = queries.crew_of(rota=rota)
    people = sorted({person for group in crew.groups.values() for person in group})
    # Held before it is asked what they have promised: two rotas that are planned at once do not both take somebody.
    lock_persons(people)
    begins, ends = min(one.span.begins for one in made), max(one.span.ends for one in made)
    busy = queries.busy_people(person_ids=people, begins=begins - ONE_DAY, ends=ends + ONE_DAY)
    watches = {one.pk: one for one in made}
    wanted = [ToFill(one.pk, one.span, one.needed) for one in made]
    first: dict[int, Duty] = {}
    for filled in fill(watches=wanted, crew=crew, busy=busy):
        for duty in _put_on(watches[filled.key], filled, at):
            first.setdefault(duty.person_id, duty)
    for duty in first.values():
        tell_whose(kind="duty_planned", duty=duty, at=at)


def _put_on(watch: Watch, filled: Filled, at: datetime) -> list[Duty]:
    if filled.group is not None:
        watch.group_id = filled.group
        watch.save(update_fields=["group"])
    return [
        give_seat(actor=SYSTEM, at=at, watch=watch, person_id=person, seat=seat, verb="plan")
        for seat, person in enumerate(filled.people, start=1)
    ]
