"""What a clock does when it is time: each moment once, in one transaction with the row that says so."""

from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction

from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date
from sidan.core.errors import DomainError
from sidan.limits.enums import CHOOSE, TELLS_ABOVE, AtEnd, AtHalf, Kind, Step
from sidan.limits.models import Firing, Timer
from sidan.limits.notices import tell_office, tell_who_acts
from sidan.limits.operations.taking import OF_ORDERS, fire_moment, take
from sidan.limits.operations.telling import tell_above, tell_named, trail_of
from sidan.limits.policies import takes_visit_back
from sidan.orders.enums import CallState, Reason
from sidan.orders.models import Order
from sidan.orders.operations import (
    close_unreviewed,
    expire_call,
    expire_offer,
    expire_share,
    pass_up_order,
    widen_call,
)
from sidan.orders.queries import open_call_of, visit_waits_until

OF_PLACES: Final = frozenset({Step.ADMIT, Step.DISPATCH})
"""Steps of the office itself: no team has the order, or was asked."""


def fire_timer(*, at: datetime, timer_id: int) -> Firing:
    """Do what a limit says for the moment that has come; when all is over, what half of it says is left out.

    Raises:
        NotDue: there is nothing to do, or not now; who asks regularly needs to do nothing about it.
    """
    with transaction.atomic():
        take(of=OF_ORDERS, timer_id=timer_id, at=at)
        timer = Timer.objects.select_related("limit", "acts_by", "part").get(pk=timer_id)
        order = Order.unscoped.select_related("project", "category").get(pk=timer.order_id)
        fired = fire_moment(
            firings=Firing, timer=timer, at=at, at_half=partial(_at_half, timer, order, at),
            at_end=partial(_at_end, timer, order, at), when_late=partial(_when_late, timer, order, at),
            trail=partial(trail_of, order),
        )  # fmt: skip
        _wait_for_visit(timer, order, fired)
        return fired


def _at_half(timer: Timer, order: Order, at: datetime) -> str:
    wanted = timer.acting.at_half
    if wanted != AtHalf.NOBODY:
        tell_who_acts(kind="limit_half", timer=timer, order=order, at=at)
    if wanted == AtHalf.WHO_ACTS_AND_OFFICE and timer.effect not in OF_PLACES:
        tell_office(kind="limit_half", timer=timer, order=order, at=at)
    return wanted


def _at_end(timer: Timer, order: Order, at: datetime) -> str:
    """Carry out what the limit says; where it is not possible, those who must know are told instead."""
    wanted = timer.acting.at_end
    try:
        with transaction.atomic():
            call = open_call_of(order=order, part=timer.part) if timer.effect == Step.ACCEPT else None
            if call is not None:
                return _at_end_of_call(timer, order, call.pk, at)
            return _do(wanted, timer, order, at)
    except DomainError:
        # For example nobody stands above the center: nobody is left in the dark about it.
        _remind(timer, order, at)
        return AtEnd.REMIND


def _when_late(timer: Timer, order: Order, at: datetime) -> str:
    """Tell those again who must act, or the person whom the limit names: what could be done at the end was.

    Where an agreed visit was ahead then, it is done once the office opens after that, and nobody came.
    """
    if timer.acting.at_end == AtEnd.TO_PERSON:
        return tell_named(timer=timer, order=order, at=at)
    if _takes_visit_back(timer):
        return _at_end(timer, order, at)
    _remind(timer, order, at)
    return AtEnd.REMIND


def _takes_visit_back(timer: Timer) -> bool:
    """Tell whether the limit takes a visit from its team that nobody came for."""
    return takes_visit_back(step=timer.effect, at_end=timer.acting.at_end)


def _wait_for_visit(timer: Timer, order: Order, fired: Firing) -> None:
    """Let a clock that could not take an agreed visit back speak again when nobody came: it is silent before.

    One day is told of once.
    """
    waits = visit_waits_until(order=order, part=timer.part) if _takes_visit_back(timer) else None
    if waits is None or waits <= fired.at or fired.kind == Kind.HALF:
        return
    if fired.kind == Kind.END or business_date(waits) > business_date(fired.at):
        Timer.objects.filter(pk=timer.pk, ended_at=None).update(next_at=waits)


def _do(wanted: str, timer: Timer, order: Order, at: datetime) -> str:
    """Return what was done: of a wanted act that is made of two, the first alone where the second is not possible."""
    if wanted in {AtEnd.TO_POOL, AtEnd.WIDEN}:
        _take_from_team(timer, order, at)
        return _return(timer, order, at)
    if wanted == AtEnd.UP:
        return _pass_up(timer, order, at)
    if wanted == AtEnd.TO_PERSON:
        return tell_named(timer=timer, order=order, at=at)
    if wanted == AtEnd.CLOSE:
        close_unreviewed(at=at, order=order)
    else:
        _remind(timer, order, at)
    return wanted


def _take_from_team(timer: Timer, order: Order, at: datetime) -> None:
    """Take back the offer, or what the team has; the team and the resident hear of it from that."""
    take_back = expire_offer if timer.effect == Step.ACCEPT else expire_share
    take_back(at=at, order=order, part=timer.part)


def _return(timer: Timer, order: Order, at: datetime) -> str:
    kind = "limit_returned" if timer.effect == Step.ACCEPT else "limit_taken_back"
    tell_office(kind=kind, timer=timer, order=order, at=at)
    return AtEnd.TO_POOL


def _pass_up(timer: Timer, order: Order, at: datetime) -> str:
    """Take it from the team that had or was offered it, and pass it up; the time of the team is over in any case.

    Where somebody was at the resident's only that team can tell what was done: then those above are told.
    """
    if timer.effect in TELLS_ABOVE:
        _remind(timer, order, at)
        return tell_above(timer=timer, order=order, at=at)
    waits_for_place = timer.effect in OF_PLACES
    if not waits_for_place:
        _take_from_team(timer, order, at)
    try:
        with transaction.atomic():
            tell_office(kind="limit_end", timer=timer, order=order, at=at)
            pass_up_order(actor=SYSTEM, at=at, order=order, reason=Reason.OVERDUE)
    except DomainError:
        # Nobody stands above, or somebody is at the resident's for another part.
        if waits_for_place:
            raise
        return _return(timer, order, at)
    return AtEnd.UP


def _at_end_of_call(timer: Timer, order: Order, call_id: int, at: datetime) -> str:
    """End a call whose time is over, and do what the limit says besides; where teams have offered, one is chosen.

    The dispatcher hears of either from the call itself.
    """
    wanted, lasting = timer.acting.at_end, timer.due_at - timer.begun_at
    if wanted == AtEnd.WIDEN and widen_call(at=at, call_id=call_id, lasting=lasting) is not None:
        return AtEnd.WIDEN
    if expire_call(at=at, call_id=call_id) == CallState.CHOOSING:
        return CHOOSE
    order.refresh_from_db()
    if wanted == AtEnd.TO_PERSON:
        return tell_named(timer=timer, order=order, at=at)
    if wanted == AtEnd.UP:
        try:
            pass_up_order(actor=SYSTEM, at=at, order=order, reason=Reason.OVERDUE)
        except DomainError:
            # Nobody stands above: it waits for the dispatcher, who was told.
            return AtEnd.TO_POOL
        return wanted
    return AtEnd.TO_POOL


def _remind(timer: Timer, order: Order, at: datetime) -> None:
    tell_who_acts(kind="limit_end", timer=timer, order=order, at=at)
    if timer.effect not in OF_PLACES:
        tell_office(kind="limit_end", timer=timer, order=order, at=at)
