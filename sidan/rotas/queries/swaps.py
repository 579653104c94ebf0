"""Questions about swaps."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from sidan.core.actor import Actor
from sidan.rotas.enums import OPEN_SWAPS, DutyState, SwapState, WatchState
from sidan.rotas.models import Duty, Member, Swap, SwapStep
from sidan.rotas.permissions import NoSuchSwap

MOST = 20


def _shown(rows: QuerySet[Swap]) -> QuerySet[Swap]:
    return rows.select_related(
        "duty__watch__rota__place", "duty__person", "in_return__watch__rota", "asker", "asked", "taker"
    )


def swap_by_uuid(*, uuid: UUID) -> Swap:
    """Find a swap in scope. Raises NoSuchSwap."""
    found = _shown(Swap.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchSwap
    return found


def my_swaps(*, actor: Actor, at: datetime) -> list[Swap]:
    """Return the open swaps that the actor asked for or is asked for, the first shift first."""
    person = actor.person_id or 0
    mine = Member.objects.filter(person=person, left_at=None).values("rota")
    asked_all = Q(asked=None, state=SwapState.ASKED, duty__watch__rota__in=mine)
    rows = Swap.objects.filter(
        Q(asker=person) | Q(asked=person) | Q(taker=person) | asked_all,
        state__in=sorted(OPEN_SWAPS), duty__during__startswith__gt=at,
    )  # fmt: skip
    return list(_shown(rows).order_by("duty__during", "id")[:MOST])


def swaps_for_office(*, at: datetime) -> list[Swap]:
    """Return the swaps in scope that two agreed on and that wait for the office."""
    rows = Swap.objects.filter(state=SwapState.AGREED, duty__during__startswith__gt=at)
    return list(_shown(rows).order_by("duty__during", "id")[:MOST])


def swaps_of_duty(*, duty: Duty) -> list[Swap]:
    """Return the swaps that were asked for a turn, newest first."""
    return list(_shown(Swap.objects.filter(duty=duty)).order_by("-id"))


def swap_history(*, swap: Swap) -> Sequence[SwapStep]:
    """Return the steps of a swap with their words."""
    return list(SwapStep.objects.filter(swap=swap).select_related("note", "actor__person"))


def colleagues_to_ask(*, duty: Duty) -> list[Member]:
    """Return who else takes turns in the rota of a duty."""
    rows = Member.objects.filter(rota=duty.watch.rota_id, left_at=None).exclude(person=duty.person_id)
    return list(rows.select_related("person").order_by("person__pinyin", "id"))


def returnable(*, duty: Duty, at: datetime) -> list[Duty]:
    """Return the turns ahead of colleagues in the same rota, which may be asked in return."""
    rows = Duty.objects.filter(
        watch__rota=duty.watch.rota_id, state=DutyState.PLANNED, watch__state=WatchState.AHEAD,
        during__startswith__gt=at,
    ).exclude(person=duty.person_id).exclude(watch=duty.watch_id)  # fmt: skip
    return list(rows.select_related("person", "watch__rota").order_by("during", "id")[:60])


def swaps_to_lapse(*, at: datetime) -> list[int]:
    """Return the open swaps of which a shift has begun, of every county: the one given or the one in return."""
    begun = Q(duty__during__startswith__lte=at) | Q(in_return__during__startswith__lte=at)
    return list(Swap.unscoped.filter(begun, state__in=sorted(OPEN_SWAPS)).values_list("id", flat=True))
