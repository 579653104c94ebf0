"""Swaps: a turn is offered to a colleague, perhaps for one of theirs, or to all of the rota; the other accepts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import told_when
from sidan.people.models import Person
from sidan.people.permissions import require_signed_in
from sidan.rotas import queries
from sidan.rotas.enums import OPEN_SWAPS, DutyState, SwapState, WatchState
from sidan.rotas.models import SWAPPED_ONCE, Duty, Swap
from sidan.rotas.notices import tell_of_swap, tell_office
from sidan.rotas.operations.crewing import require_serving
from sidan.rotas.operations.door import (
    DutyMovedOn,
    append_swap_step,
    end_swaps,
    give_seat,
    lock_watches,
    pass_duty,
    pass_swap,
    told_when_elsewhere,
)
from sidan.rotas.operations.leaving import DutyBegun
from sidan.rotas.permissions import NotOfRota, NotYourSwap, is_of_rota, may_run, require_own, require_running


class SwapOpen(Conflict):
    code = "swap_open_already"
    sentence = _("A swap of this turn is open already. Take it back first.")


class NotTheirs(Invalid):
    code = "not_their_turn"
    sentence = _("The turn in return is not one that this colleague has ahead in the same rota.")


def ask_swap(
    *, actor: Actor, at: datetime, duty: Duty, colleague: Person | None = None, in_return: Duty | None = None,
    words: str = "",
) -> Swap:  # fmt: skip
    """Offer one's turn to a colleague, perhaps for one of theirs, or to everybody of the rota.

    Raises:
        NotYourDuty, DutyBegun, DutyMovedOn, NotOfRota (the colleague is not), NotTheirs, SwapOpen
    """
    require_own(actor=actor, duty=duty)
    _check_asked(duty, colleague, in_return, at)
    with told_when(constraint=SWAPPED_ONCE, refusal=SwapOpen), transaction.atomic():
        duty.watch = lock_watches([duty.watch_id])[duty.watch_id]
        _require_ahead(duty, at)
        swap = Swap.unscoped.create(
            duty=duty, place_id=duty.place_id, county_id=duty.county_id, asker_id=duty.person_id, asked=colleague,
            in_return=in_return, state=SwapState.ASKED, state_since=at, created_at=at,
        )  # fmt: skip
        append_swap_step(swap=swap, actor=actor, at=at, verb="ask", from_state="", words=words)
        _tell_asked(swap, at)
    return swap


def accept_swap(*, actor: Actor, at: datetime, swap: Swap) -> Swap:
    """Take a colleague's turn: at once, or once the office says yes where it is asked. Who is first has it.

    Raises:
        NotSignedIn, NotYourSwap, NoActiveVolunteer, DutyBegun, DutyMovedOn, SwapMovedOn, StandsElsewhere
    """
    _account_id, person_id = require_signed_in(actor=actor)
    _require_asked(swap, person_id)
    with told_when_elsewhere(), transaction.atomic():
        require_serving(person_id=person_id, name=actor.name, besides=[swap.asker_id])
        _hold(swap, at)
        asks_office = swap.duty.watch.rota.asks_office
        Swap.unscoped.filter(pk=swap.pk, state=SwapState.ASKED).update(taker_id=person_id)
        swap.taker_id = person_id
        pass_swap(swap=swap, actor=actor, at=at, verb="agree" if asks_office else "accept")
        if asks_office:
            tell_of_swap(kind="swap_agreed", swap=swap, person_ids=[swap.asker_id], at=at)
            tell_office(kind="swap_to_approve", watch=swap.duty.watch, at=at, but=actor.account_id)
        else:
            _change_hands(actor, at, swap)
    return swap


def approve_swap(*, actor: Actor, at: datetime, swap: Swap) -> Swap:
    """Say yes as the office to what two agreed on.

    Raises:
        NotYourRotas, NoActiveVolunteer, DutyBegun, DutyMovedOn, SwapMovedOn, StandsElsewhere
    """
    require_running(actor=actor, thing=swap)
    with told_when_elsewhere(), transaction.atomic():
        if swap.taker is not None:
            require_serving(person_id=swap.taker.pk, name=swap.taker.name, besides=[swap.asker_id])
        _hold(swap, at)
        pass_swap(swap=swap, actor=actor, at=at, verb="approve")
        _change_hands(actor, at, swap)
    return swap


@transaction.atomic
def refuse_swap(*, actor: Actor, at: datetime, swap: Swap, words: str = "") -> Swap:
    """Say that it is not possible: by the colleague who is asked, or by the office.

    Raises:
        NotYourSwap, SwapMovedOn
    """
    is_asked = actor.person_id is not None and swap.asked_id == actor.person_id
    if not is_asked and not may_run(actor=actor, thing=swap):
        raise NotYourSwap
    pass_swap(swap=swap, actor=actor, at=at, verb="refuse", words=words)
    tell_of_swap(kind="swap_refused", swap=swap, person_ids=swap.parties, at=at, but=actor.account_id)
    return swap


@transaction.atomic
def cancel_swap(*, actor: Actor, at: datetime, swap: Swap) -> Swap:
    """Take one's own request back. Raises NotYourSwap, SwapMovedOn."""
    if actor.person_id is None or swap.asker_id != actor.person_id:
        raise NotYourSwap
    pass_swap(swap=swap, actor=actor, at=at, verb="cancel")
    others = [one for one in swap.parties if one != swap.asker_id]
    tell_of_swap(kind="swap_cancelled", swap=swap, person_ids=others, at=at)
    return swap


@transaction.atomic
def lapse_swap(*, at: datetime, swap_id: int) -> None:
    """End a request of which a shift has begun, the one that is given or the one in return. Twice it is the same."""
    swap = Swap.unscoped.select_related("duty__watch__rota__place", "in_return").get(pk=swap_id)
    duties = [swap.duty, *([swap.in_return] if swap.in_return else [])]
    if swap.state in OPEN_SWAPS and any(one.span.begins <= at for one in duties):
        pass_swap(swap=swap, actor=SYSTEM, at=at, verb="lapse")
        tell_of_swap(kind="swap_lapsed", swap=swap, person_ids=[swap.asker_id], at=at)
        others = [one for one in swap.parties if one != swap.asker_id]
        tell_of_swap(kind="swap_run_out", swap=swap, person_ids=others, at=at)


def _change_hands(actor: Actor, at: datetime, swap: Swap) -> None:
    """Hand both turns over, within the caller's transaction, which holds their watches."""
    assert swap.taker_id is not None, "somebody has accepted"
    given = [(swap.duty, swap.taker_id)]
    if swap.in_return is not None:
        given.append((swap.in_return, swap.asker_id))
    # All are free before anybody takes over: two turns at one time can be swapped for each other.
    for duty, _person in given:
        pass_duty(duty=duty, actor=actor, at=at, verb="hand_over")
        end_swaps(duty=duty, actor=actor, at=at)
    for duty, person_id in sorted(given, key=lambda one: one[1]):
        give_seat(actor=actor, at=at, watch=duty.watch, person_id=person_id, seat=duty.seat, verb="take_over")
    tell_of_swap(
        kind="swap_done", swap=swap, person_ids=[swap.asker_id, swap.taker_id], at=at, but=actor.account_id
    )


def _hold(swap: Swap, at: datetime) -> None:
    """Hold the watches of a swap and read its turns as they are now. Raises DutyBegun, DutyMovedOn."""
    duties = [swap.duty, *([swap.in_return] if swap.in_return else [])]
    held = lock_watches(one.watch_id for one in duties)
    for duty in duties:
        duty.refresh_from_db(fields=["state", "turn", "state_since"])
        duty.watch = held[duty.watch_id]
        _require_ahead(duty, at)


def _require_ahead(duty: Duty, at: datetime) -> None:
    if duty.span.begins <= at or duty.watch.state != WatchState.AHEAD:
        raise DutyBegun
    if duty.state != DutyState.PLANNED:
        raise DutyMovedOn(state=duty.state, state_words=DutyState(duty.state).label)


def _check_asked(duty: Duty, colleague: Person | None, in_return: Duty | None, at: datetime) -> None:
    rota_id = duty.watch.rota_id
    if colleague is not None and (
        colleague.pk == duty.person_id or not is_of_rota(person_id=colleague.pk, rota_id=rota_id)
    ):
        raise NotOfRota
    if in_return is None:
        return
    fits = (
        colleague is not None and in_return.person_id == colleague.pk and in_return.watch_id != duty.watch_id
    )
    if not fits or in_return.watch.rota_id != rota_id:
        raise NotTheirs
    _require_ahead(in_return, at)


def _require_asked(swap: Swap, person_id: int) -> None:
    if swap.asked_id is not None:
        is_asked = swap.asked_id == person_id
    else:
        is_asked = is_of_rota(person_id=person_id, rota_id=swap.duty.watch.rota_id)
    if not is_asked or swap.asker_id == person_id:
        raise NotYourSwap


def _tell_asked(swap: Swap, at: datetime) -> None:
    if swap.asked_id is not None:
        tell_of_swap(kind="swap_asked", swap=swap, person_ids=[swap.asked_id], at=at)
        return
    members = queries.members_of(rota_id=swap.duty.watch.rota_id)
    others = [one.person_id for one in members if one.person_id != swap.asker_id]
    tell_of_swap(kind="swap_offered", swap=swap, person_ids=others, at=at)
