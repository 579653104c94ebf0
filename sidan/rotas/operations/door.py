"""The doors of a watch, a duty and a swap: each moves where nobody took a turn in between, and appends its step."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.transactions import told_when
from sidan.core.turns import take_turn
from sidan.hours.operations import lock_persons
from sidan.rotas.enums import OPEN_SWAPS, STANDING, DutyState, SwapState, WatchState
from sidan.rotas.events import DutyMoved
from sidan.rotas.models import STANDS_ONCE, Duty, DutyNote, DutyStep, Swap, SwapNote, SwapStep, Watch
from sidan.rotas.notices import tell_of_swap
from sidan.rotas.states import DUTY, SWAP, WATCH


class DutyMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the turn is in."""

    code = "duty_moved_on"
    sentence = _("This turn has moved on: it is now “%(state_words)s”. Please look at it again.")


class SwapMovedOn(Conflict):
    code = "swap_moved_on"
    sentence = _("This swap has moved on: it is now “%(state_words)s”. Please look at it again.")


class WatchMovedOn(Conflict):
    code = "watch_moved_on"
    sentence = _("This shift has moved on: it is now “%(state_words)s”. Please look at it again.")


class StandsElsewhere(Conflict):
    code = "stands_elsewhere"
    sentence = _("The person has another turn at this time. Nobody stands in two places.")


def told_when_elsewhere() -> AbstractContextManager[None]:
    """Give turns in a transaction within: that somebody has another one is told after it. Raises StandsElsewhere."""
    return told_when(constraint=STANDS_ONCE, refusal=StandsElsewhere)


def lock_watches(watch_ids: Iterable[int]) -> dict[int, Watch]:
    """Hold some watches, in the order of their ids, so that no two acts block each other."""
    rows = Watch.unscoped.select_for_update(of=("self",)).filter(pk__in=list(watch_ids)).order_by("pk")
    return {row.pk: row for row in rows.select_related("rota__place", "shift")}


def free_seats(watch: Watch) -> list[int]:
    """Return the seats that nobody has of a watch that is held."""
    standing = Duty.unscoped.filter(watch=watch, state__in=sorted(STANDING))
    taken = set(standing.values_list("seat", flat=True))
    return [seat for seat in range(1, watch.needed + 1) if seat not in taken]


def give_seat(
    *, actor: Actor, at: datetime, watch: Watch, person_id: int, seat: int, verb: str, words: str = ""
) -> Duty:
    """Give somebody a seat of a watch, within the caller's transaction, which holds the watch."""
    lock_persons([person_id])
    duty = Duty.unscoped.create(
        watch=watch, place_id=watch.place_id, county_id=watch.county_id, person_id=person_id, during=watch.during,
        seat=seat, state=DutyState(DUTY[verb].target), state_since=at, created_at=at,
    )  # fmt: skip
    append_step(duty=duty, actor=actor, at=at, verb=verb, from_state="", words=words)
    return duty


def pass_duty(*, duty: Duty, actor: Actor, at: datetime, verb: str, words: str = "") -> DutyStep:
    """Move a duty by a verb of the table, within the caller's transaction. Raises DutyMovedOn."""
    step = DUTY[verb]
    before = take_turn(
        rows=Duty.unscoped.all(), thing=duty, sources=step.sources, target=step.reached_from(duty.state), at=at,
        moved_on=lambda state: DutyMovedOn(state=state, state_words=DutyState(state).label),
    )  # fmt: skip
    return append_step(duty=duty, actor=actor, at=at, verb=verb, from_state=before, words=words)


def append_step(
    *, duty: Duty, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> DutyStep:
    """Write the step of the turn that the duty has now, leave a trail, tell the listeners."""
    made = DutyStep.objects.create(
        duty=duty, turn=duty.turn, verb=verb, from_state=from_state, to_state=duty.state, actor_id=actor.account_id,
        at=at,
    )  # fmt: skip
    if words:
        DutyNote.objects.create(step=made, words=words)
    record(
        actor=actor, at=at, verb=f"duty.{verb}", subject=("duty", duty.pk), place_id=duty.place_id,
        county_id=duty.county_id, person=duty.person_id,
    )  # fmt: skip
    publish(
        DutyMoved(
            duty_id=duty.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=duty.state,
            place_id=duty.place_id, county_id=duty.county_id, at=at,
        )
    )  # fmt: skip
    return made


def pass_watch(*, watch: Watch, actor: Actor, at: datetime, verb: str) -> None:
    """Move a watch by a verb of the table, within the caller's transaction. Raises WatchMovedOn."""
    take_turn(
        rows=Watch.unscoped.all(), thing=watch, sources=WATCH[verb].sources, target=WATCH[verb].target, at=at,
        moved_on=lambda state: WatchMovedOn(state=state, state_words=WatchState(state).label),
    )  # fmt: skip
    record(
        actor=actor, at=at, verb=f"watch.{verb}", subject=("watch", watch.pk), place_id=watch.place_id,
        county_id=watch.county_id,
    )  # fmt: skip


def pass_swap(*, swap: Swap, actor: Actor, at: datetime, verb: str, words: str = "") -> SwapStep:
    """Move a swap by a verb of the table, within the caller's transaction. Raises SwapMovedOn."""
    before = take_turn(
        rows=Swap.unscoped.all(), thing=swap, sources=SWAP[verb].sources, target=SWAP[verb].target, at=at,
        moved_on=lambda state: SwapMovedOn(state=state, state_words=SwapState(state).label),
    )  # fmt: skip
    return append_swap_step(swap=swap, actor=actor, at=at, verb=verb, from_state=before, words=words)


def append_swap_step(
    *, swap: Swap, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> SwapStep:
    """Write the step of the turn that the swap has now, and leave a trail."""
    made = SwapStep.objects.create(
        swap=swap, turn=swap.turn, verb=verb, from_state=from_state, to_state=swap.state, actor_id=actor.account_id,
        at=at,
    )  # fmt: skip
    if words:
        SwapNote.objects.create(step=made, words=words)
    record(
        actor=actor, at=at, verb=f"swap.{verb}", subject=("swap", swap.pk), place_id=swap.place_id,
        county_id=swap.county_id,
    )  # fmt: skip
    return made


def end_swaps(*, duty: Duty, actor: Actor, at: datetime) -> None:
    """End what is asked for a turn that is gone, whoever asked, in return too; who is concerned is told."""
    of_duty = Swap.unscoped.filter(duty=duty) | Swap.unscoped.filter(in_return=duty)
    rows = of_duty.filter(state__in=sorted(OPEN_SWAPS)).order_by("pk")
    for swap in rows.select_related("duty__watch__rota__place"):
        end_swap(swap=swap, actor=actor, at=at)


def end_swap(*, swap: Swap, actor: Actor, at: datetime) -> None:
    """End a swap that cannot be any more, within the caller's transaction; each party reads it."""
    pass_swap(swap=swap, actor=actor, at=at, verb="lapse")
    tell_of_swap(kind="swap_gone", swap=swap, person_ids=swap.parties, at=at, but=actor.account_id)
