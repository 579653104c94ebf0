"""Organisations take turns in a room: the rule begun and ended, single days left out or given to another of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.bookings.enums import BookingState, RoomState, TurnDayKind, TurnsState
from sidan.bookings.models import Booking, Room, RoomTurns, TurnDay, TurnTaker
from sidan.bookings.notices import tell_of_turn_not_booked
from sidan.bookings.operations.door import RoomClosed, pass_door
from sidan.bookings.operations.holding import hold_room
from sidan.bookings.operations.wanting import Reason, TooManyPeople, Wanted
from sidan.bookings.permissions import require_running
from sidan.bookings.policies import next_turn_day
from sidan.bookings.queries.turns import days_to_make, due_taker, has_day
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict, DomainError, FieldProblem, NotSignedIn, require_words
from sidan.people.operations.organisations import require_organisation
from sidan.people.policies import Organisation
from sidan.people.queries import actor_for_account

FOR_KIND: Final = "turns"
MOST_TAKERS: Final = 30
LONGEST_AHEAD: Final = timedelta(days=366)


class TakersTooFew(AtField):
    code = "turns_need_takers"
    field = "takers"
    sentence = _("Please name at least two organisations, each once, and thirty at most.")


class TurnsBackwards(AtField):
    code = "turns_backwards"
    field = "ends_at"
    sentence = _("It ends after it begins, on the same day.")


class TurnsFromWhen(AtField):
    code = "turns_from_when"
    field = "first"
    sentence = _("Please choose a first day from today on, within a year, and a last day after it.")


class TurnsOver(Conflict):
    code = "turns_over"
    sentence = _("These turns have ended already.")


class NoSuchTurnDay(AtField):
    code = "turns_have_no_such_day"
    field = "day"
    sentence = _("There is no turn ahead on that day.")


class NotATaker(AtField):
    code = "turns_no_such_taker"
    field = "taker"
    sentence = _("This organisation takes no turns here, or the day is theirs already.")


@dataclass(frozen=True, slots=True)
class NewTurns:
    """On which weekday (Monday is 0), from when to when, from which day on, and who takes turns in which order."""

    weekday: int
    begins_at: time
    ends_at: time
    first: date
    takers: Sequence[Organisation]
    people: int
    purpose: str
    last: date | None = None


def check_turns(*, room: Room, told: NewTurns, at: datetime) -> None:
    """Refuse what no rule can be.

    Raises:
        RoomClosed, TurnsBackwards, TurnsFromWhen, TakersTooFew, TooManyPeople, OrganisationRefused
    """
    if room.state != RoomState.OPEN:
        raise RoomClosed
    if told.begins_at >= told.ends_at:
        raise TurnsBackwards
    today = business_date(at)
    if not today <= told.first <= today + LONGEST_AHEAD or (told.last is not None and told.last < told.first):
        raise TurnsFromWhen
    names = [taker.name for taker in told.takers]
    if not 1 < len(names) <= MOST_TAKERS or len(set(names)) < len(names):
        raise TakersTooFew
    for taker in told.takers:
        require_organisation(taker)
    if told.people > room.seats:
        problem = FieldProblem("/people", TooManyPeople.sentence % {"seats": room.seats})
        raise TooManyPeople(seats=room.seats, errors=[problem])


@transaction.atomic
def begin_turns(*, actor: Actor, at: datetime, room: Room, told: NewTurns) -> RoomTurns:
    """Let organisations take turns in a room; the room is booked for what is near at once.

    Raises:
        NotYourRooms, NotSignedIn
        what `check_turns` raises
    """
    require_running(actor=actor, place_id=room.place_id, county_id=room.county_id)
    if actor.account_id is None:
        raise NotSignedIn
    check_turns(room=room, told=told, at=at)
    made = RoomTurns.unscoped.create(
        room=room, place_id=room.place_id, county_id=room.county_id, weekday=told.weekday, begins_at=told.begins_at,
        ends_at=told.ends_at, first=next_turn_day(told.first, told.weekday), last=told.last, purpose=told.purpose,
        people=told.people, created_by_id=actor.account_id, created_at=at,
    )  # fmt: skip
    TurnTaker.objects.bulk_create(
        TurnTaker(turns=made, position=position, kind=taker.kind, name=taker.name)
        for position, taker in enumerate(told.takers)
    )
    _record(actor, at, made, "begin")
    _make_coming(made, actor, at)
    return made


@transaction.atomic
def make_turns(*, at: datetime, turns_id: int) -> int:
    """Book the room for the turns of the next weeks, in the name of who made the rule; returns how many.

    Done twice it books nothing twice; of a day that could not be had, who runs the rooms is told once. In the name of
    who runs the room no longer nothing is booked: the days show that nobody has them.
    """
    turns = _locked(turns_id)
    actor = actor_for_account(turns.created_by_id)
    if turns.state != TurnsState.ACTIVE or actor is None:
        return 0
    made, lacking = _make_coming(turns, actor, at)
    for day, taker in lacking:
        tell_of_turn_not_booked(turns=turns, day=day, taker=taker.name, at=at)
    return made


@transaction.atomic
def end_turns(*, actor: Actor, at: datetime, turns: RoomTurns, words: str) -> int:
    """Let nobody take turns any more; what is booked ahead is cancelled. Returns how many bookings that were.

    Raises:
        NotYourRooms, TurnsOver, SayWhy
    """
    kept = _kept(actor, turns)
    require_words(words)
    ahead = list(
        kept.days.filter(kind=TurnDayKind.BOOKED, day__gt=business_date(at)).select_related("booking")
    )
    for one in ahead:
        _let_go(one, actor, at, words)
    kept.state, kept.last = TurnsState.ENDED, max(kept.first, business_date(at))
    kept.save(update_fields=["state", "last"])
    _record(actor, at, kept, "end")
    return len(ahead)


@transaction.atomic
def leave_out_turn(*, actor: Actor, at: datetime, turns: RoomTurns, day: date, words: str) -> None:
    """Leave one day out: the room is free on it, and nobody's turn moves.

    Raises:
        NotYourRooms, TurnsOver, NoSuchTurnDay, SayWhy
    """
    kept = _kept(actor, turns)
    require_words(words)
    one = _day(kept, day, at)
    _let_go(one, actor, at, words)
    one.kind, one.taker, one.booking = TurnDayKind.LEFT_OUT, None, None
    one.save()
    _record(actor, at, kept, "leave_out")


def give_turn(
    *, actor: Actor, at: datetime, turns: RoomTurns, day: date, taker: TurnTaker, words: str
) -> None:
    """Give one day to another of the organisations; all other days stay whose they are.

    Raises:
        NotYourRooms, TurnsOver, NoSuchTurnDay, NotATaker, SayWhy
        what `hold_room` raises: the room was given to others meanwhile
    """
    with transaction.atomic():
        kept = _kept(actor, turns)
        require_words(words)
        one = _day(kept, day, at)
        now_theirs = one.taker or due_taker(turns=kept, day=day)
        if taker.turns_id != kept.pk or (taker == now_theirs and one.kind == TurnDayKind.BOOKED):
            raise NotATaker
        _let_go(one, actor, at, words)
        one.taker, one.kind = taker, TurnDayKind.BOOKED
        one.booking = _hold(kept, actor, at, day, taker)
        one.save()
        _record(actor, at, kept, "give")


def _make_coming(turns: RoomTurns, actor: Actor, at: datetime) -> tuple[int, list[tuple[date, TurnTaker]]]:
    """Book what is due; returns how many days, and those that could not be had, each once, with whose they are."""
    made, lacking = 0, list[tuple[date, TurnTaker]]()
    for day, kept in days_to_make(turns=turns, at=at):
        taker = kept.taker if kept and kept.taker else due_taker(turns=turns, day=day)
        one = kept or TurnDay(turns=turns, day=day)
        try:
            one.booking = _hold(turns, actor, at, day, taker)
        except DomainError:
            # Others have the room, it is closed, or its owner lends it no more: the page says so, tomorrow it is tried.
            lacking += [(day, taker)] if one.kind != TurnDayKind.TAKEN else []
            one.kind, one.booking = TurnDayKind.TAKEN, None
        else:
            one.kind, made = TurnDayKind.BOOKED, made + 1
        one.save()
    return made, lacking


def _hold(turns: RoomTurns, actor: Actor, at: datetime, day: date, taker: TurnTaker) -> Booking:
    wanted = Wanted(
        people=turns.people, purpose=turns.purpose, organisation=Organisation(taker.kind, taker.name)
    )
    return hold_room(
        actor=actor, at=at, room=turns.room, span=turns.span_on(day), wanted=wanted,
        reason=Reason(FOR_KIND, turns.uuid),
    )  # fmt: skip


def _let_go(one: TurnDay, actor: Actor, at: datetime, words: str) -> None:
    """Cancel what is booked for a day, unless somebody did so at the desk already."""
    if one.booking is not None and one.booking.state == BookingState.HELD:
        pass_door(booking=one.booking, actor=actor, at=at, verb="cancel", words=words)


def _locked(turns_id: int) -> RoomTurns:
    rows = RoomTurns.unscoped.select_for_update(of=("self",)).select_related("room__place")
    return rows.get(pk=turns_id)


def _kept(actor: Actor, seen: RoomTurns) -> RoomTurns:
    """Return the rule held, as it is now. Raises NotYourRooms, TurnsOver."""
    require_running(actor=actor, place_id=seen.place_id, county_id=seen.county_id)
    kept = _locked(seen.pk)
    if kept.state != TurnsState.ACTIVE:
        raise TurnsOver
    return kept


def _day(turns: RoomTurns, day: date, at: datetime) -> TurnDay:
    """Return what became of a day that is ahead, or is still to be made."""
    if day > business_date(at) + LONGEST_AHEAD:
        raise NoSuchTurnDay
    if not has_day(turns=turns, day=day) or turns.span_on(day).begins <= at:
        raise NoSuchTurnDay
    kept = turns.days.filter(day=day).select_related("booking", "taker").first()
    return kept or TurnDay(turns=turns, day=day)


def _record(actor: Actor, at: datetime, turns: RoomTurns, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"turns.{verb}", subject=("turns", turns.pk), place_id=turns.place_id,
        county_id=turns.county_id,
    )  # fmt: skip
