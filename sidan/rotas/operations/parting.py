"""Who serves no longer, pauses or has moved away: out of the groups from that day, and what they had ahead is open."""

from datetime import datetime

from django.db.models import Q, QuerySet

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM, Actor
from sidan.people.models import Volunteer
from sidan.rotas.enums import OPEN_SWAPS, DutyState
from sidan.rotas.models import Duty, Member, Rota, Swap
from sidan.rotas.notices import tell_crew, tell_desk
from sidan.rotas.operations.door import end_swap, end_swaps, lock_watches, pass_duty


def release_volunteer(*, at: datetime, volunteer_id: int) -> None:
    """Take out of every rota who pauses or has left, within the caller's transaction, which holds the volunteer.

    Whoever comes back is put in by the office again: nobody stands on a rota without being asked. Twice is the same.
    """
    volunteer = Volunteer.unscoped.get(pk=volunteer_id)
    _release(volunteer.person_id, Rota.unscoped.all(), at)
    open_ones = Swap.unscoped.filter(state__in=sorted(OPEN_SWAPS)).order_by("pk")
    concerned = Q(asked=volunteer.person_id) | Q(taker=volunteer.person_id)
    for swap in open_ones.filter(concerned).select_related("duty__watch__rota__place"):
        end_swap(swap=swap, actor=SYSTEM, at=at)


def release_who_moved(*, at: datetime, volunteer_id: int) -> None:
    """Take out of the rotas of other counties who belongs to another place now; in the same county all stays."""
    volunteer = Volunteer.unscoped.get(pk=volunteer_id)
    elsewhere = Rota.unscoped.filter(county__isnull=False)
    if volunteer.county_id is not None:
        elsewhere = elsewhere.exclude(county=volunteer.county_id)
    _release(volunteer.person_id, elsewhere, at)


def _release(person_id: int, rotas: QuerySet[Rota], at: datetime) -> None:
    inside = Member.objects.filter(person=person_id, left_at=None).values("rota")
    ahead = Duty.unscoped.filter(person=person_id, state=DutyState.PLANNED, during__startswith__gt=at).values(
        "watch__rota"
    )
    concerned = rotas.filter(Q(pk__in=inside) | Q(pk__in=ahead)).order_by("pk")
    for rota in concerned.select_for_update(of=("self",)).select_related("place"):
        lose_member(rota=rota, person_id=person_id, actor=SYSTEM, at=at)
        gone = clear_person(rota=rota, person_id=person_id, actor=SYSTEM, at=at)
        if gone:
            tell_crew(kind="rota_left", watch=gone[0].watch, person_ids=[person_id], at=at)
            tell_desk(kind="rota_lost", watch=gone[0].watch, at=at)


def lose_member(*, rota: Rota, person_id: int, actor: Actor, at: datetime) -> None:
    """Let somebody take turns no longer, within the caller's transaction, which holds the rota."""
    for member in Member.objects.select_for_update(of=("self",)).filter(
        rota=rota, person=person_id, left_at=None
    ):
        member.left_at = at
        member.save(update_fields=["left_at"])
        record(
            actor=actor, at=at, verb="rota.leave", subject=("rota", rota.pk), place_id=rota.place_id,
            county_id=rota.county_id, person=person_id,
        )  # fmt: skip


def clear_person(*, rota: Rota, person_id: int, actor: Actor, at: datetime) -> list[Duty]:
    """Take somebody off every watch of a rota that has not begun, and return what they had, the next first."""
    ahead = Duty.unscoped.filter(
        watch__rota=rota, person=person_id, state=DutyState.PLANNED, during__startswith__gt=at
    )
    held = lock_watches(ahead.values_list("watch_id", flat=True))
    gone = list(ahead.filter(watch__in=held).select_related("person").order_by("during"))
    for duty in gone:
        duty.watch = held[duty.watch_id]
        pass_duty(duty=duty, actor=actor, at=at, verb="take_off")
        end_swaps(duty=duty, actor=actor, at=at)
    return gone
