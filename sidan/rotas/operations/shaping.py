"""Rotas: starting one, changing it, ending it, taking it up again. A change is of the future only."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.core.errors import Conflict, Invalid, require_words
from sidan.core.transactions import told_when
from sidan.core.turns import take_turn
from sidan.people.models import Team
from sidan.places.models import Place
from sidan.rotas.enums import LONGEST_HOURS, RotaState, WatchState
from sidan.rotas.models import NAMED_ONCE, Rota, Shift, Watch
from sidan.rotas.operations.door import lock_watches, told_when_elsewhere
from sidan.rotas.operations.manning import clear_watch
from sidan.rotas.operations.planning import plan_ahead
from sidan.rotas.permissions import require_running
from sidan.rotas.policies import ONE_DAY, ShiftTimes, span_on
from sidan.rotas.states import ROTA

ANY_DAY: Final = date(2000, 1, 3)


class RotaNameTaken(Conflict):
    code = "rota_name_taken"
    sentence = _("There is a rota called “%(name)s” at this place already.")


class RotaMovedOn(Conflict):
    code = "rota_moved_on"
    sentence = _("This does not fit any more: the rota is now “%(state_words)s”.")


class RotaRewritten(Conflict):
    """The page is older than what stands: sent as it is, it would undo what somebody else wrote."""

    code = "rota_rewritten"
    sentence = _(
        "Somebody has changed this rota since you opened the page. Nothing was kept: please compare and send it again."
    )


class ShiftTooLong(Invalid):
    code = "shift_too_long"
    sentence = _("A shift lasts at most %(hours)s hours. Please make two of it.")


class ShiftTwice(Invalid):
    code = "shift_twice"
    sentence = _("The same shift stands here twice on one weekday. Please write how many are needed instead.")


@dataclass(frozen=True, slots=True)
class NewRota:
    """What a rota is, and its shifts."""

    kind: str
    name: str
    shifts: Sequence[ShiftTimes]
    name_en: str = ""
    spot: str = ""
    team: Team | None = None
    turns: str = "people"
    asks_office: bool = False
    rests_on_holidays: bool = False
    weeks_ahead: int = 4


def start_rota(*, actor: Actor, at: datetime, place: Place, told: NewRota) -> Rota:
    """Start a rota of a place; who takes turns is told to it next, then it is planned.

    Raises:
        NotYourRotas, RotaNameTaken, ShiftTooLong, ShiftTwice
    """
    rota = Rota(place=place, county_id=place.county_id, state_since=at, created_at=at, **_columns(told))
    require_running(actor=actor, thing=rota)
    _check(told.shifts)
    with _told_when_named_twice(told.name), transaction.atomic():
        rota.save()
        _write_shifts(rota, told.shifts, at)
        _record(actor, at, rota, "start")
    return rota


def change_rota(*, actor: Actor, at: datetime, rota: Rota, told: NewRota) -> Rota:
    """Write a rota anew. Shifts that stay keep who has them; those that go are called off from now on.

    Raises:
        NotYourRotas, RotaMovedOn, RotaRewritten, RotaNameTaken, ShiftTooLong, ShiftTwice
    """
    require_running(actor=actor, thing=rota)
    _check(told.shifts)
    columns = _columns(told)
    with told_when_elsewhere(), _told_when_named_twice(told.name), transaction.atomic():
        _move(actor, at, rota, "change")
        for name, value in columns.items():
            setattr(rota, name, value)
        rota.save(update_fields=["search", *columns])
        _change_shifts(actor, rota, told.shifts, at)
        plan_ahead(rota=rota, at=at)
    return rota


def end_rota(*, actor: Actor, at: datetime, rota: Rota, words: str) -> int:
    """End a rota: what is ahead is called off, and who had it reads why. Returns how many shifts that were.

    Raises:
        NotYourRotas, SayWhy, RotaMovedOn, RotaRewritten
    """
    require_running(actor=actor, thing=rota)
    require_words(words)
    with transaction.atomic():
        _move(actor, at, rota, "end")
        return _clear(actor, at, Watch.unscoped.filter(rota=rota), words=words)


def resume_rota(*, actor: Actor, at: datetime, rota: Rota) -> Rota:
    """Take an ended rota up again, from its shifts as they were; it is planned anew.

    Raises:
        NotYourRotas, RotaMovedOn, RotaRewritten
    """
    require_running(actor=actor, thing=rota)
    with told_when_elsewhere(), transaction.atomic():
        _move(actor, at, rota, "resume")
        # What was called off with the end stands in the way of none: its shifts begin again beside it.
        _restart_shifts(rota, at)
        plan_ahead(rota=rota, at=at)
    return rota


def _restart_shifts(rota: Rota, at: datetime) -> None:
    for shift in Shift.objects.filter(rota=rota, until=None):
        _end_shift(shift, at)
        _write_shifts(rota, [shift.times], at)


def _end_shift(shift: Shift, at: datetime) -> None:
    """End a shift with yesterday: what follows it begins today, and no day has both. What has begun of it goes on."""
    shift.until = business_date(at) - ONE_DAY
    shift.save(update_fields=["until"])


def _change_shifts(actor: Actor, rota: Rota, wanted: Sequence[ShiftTimes], at: datetime) -> None:
    kept = set()
    for shift in Shift.objects.filter(rota=rota, until=None):
        if shift.times in wanted:
            kept.add(shift.times)
            continue
        _end_shift(shift, at)
        _clear(actor, at, Watch.unscoped.filter(shift=shift))
    _write_shifts(rota, [one for one in wanted if one not in kept], at)


def _clear(actor: Actor, at: datetime, rows: QuerySet[Watch], *, words: str = "") -> int:
    """Call off what is ahead of some watches, within the caller's transaction."""
    ahead = rows.filter(state=WatchState.AHEAD, during__startswith__gt=at)
    held = lock_watches(ahead.values_list("pk", flat=True)).values()
    for watch in held:
        clear_watch(actor=actor, at=at, watch=watch, words=words)
    return len(held)


def _move(actor: Actor, at: datetime, rota: Rota, verb: str) -> None:
    """Take the rota's turn, which holds it. Raises RotaMovedOn, RotaRewritten."""
    step = ROTA[verb]

    def moved_on(state: str) -> Conflict:
        if state in step.sources:
            return RotaRewritten()
        return RotaMovedOn(state=state, state_words=RotaState(state).label)

    take_turn(
        rows=Rota.unscoped.all(), thing=rota, sources=step.sources, target=step.reached_from(rota.state), at=at,
        moved_on=moved_on,
    )  # fmt: skip
    _record(actor, at, rota, verb)


def _columns(told: NewRota) -> dict[str, object]:
    return {
        "kind": told.kind, "name": told.name, "name_en": told.name_en, "spot": told.spot, "team": told.team,
        "turns": told.turns, "asks_office": told.asks_office, "rests_on_holidays": told.rests_on_holidays,
        "weeks_ahead": told.weeks_ahead,
    }  # fmt: skip


def _write_shifts(rota: Rota, shifts: Sequence[ShiftTimes], at: datetime) -> None:
    Shift.objects.bulk_create(
        Shift(
            rota=rota, weekdays=list(one.weekdays), begins=one.begins, ends=one.ends, needed=one.needed,
            since=business_date(at),
        )
        for one in shifts
    )  # fmt: skip


def _check(shifts: Sequence[ShiftTimes]) -> None:
    longest = timedelta(hours=LONGEST_HOURS)
    for one in shifts:
        span = span_on(ANY_DAY, one.begins, one.ends, BUSINESS_ZONE)
        if one.begins == one.ends or span.ends - span.begins > longest:
            raise ShiftTooLong(hours=LONGEST_HOURS)
    hours = [(day, one.begins, one.ends) for one in shifts for day in one.weekdays]
    if len(set(hours)) != len(hours):
        raise ShiftTwice


def _told_when_named_twice(name: str) -> AbstractContextManager[None]:
    return told_when(constraint=NAMED_ONCE, refusal=lambda: RotaNameTaken(name=name))


def _record(actor: Actor, at: datetime, rota: Rota, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"rota.{verb}", subject=("rota", rota.pk), place_id=rota.place_id,
        county_id=rota.county_id,
    )  # fmt: skip
