"""Gaps: filled by hand, announced to everybody of the rota and taken by the first; and shifts that are called off."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.attendance.models import Mark
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, require_words
from sidan.people.models import Person
from sidan.people.permissions import require_signed_in
from sidan.rotas import queries
from sidan.rotas.enums import DutyState, WatchState
from sidan.rotas.models import Duty, Watch
from sidan.rotas.notices import tell_people, tell_whose
from sidan.rotas.operations.closing import say_what_it_was
from sidan.rotas.operations.crewing import require_serving
from sidan.rotas.operations.door import (
    end_swaps,
    free_seats,
    give_seat,
    lock_watches,
    pass_duty,
    pass_watch,
    told_when_elsewhere,
)
from sidan.rotas.permissions import NotOfRota, is_of_rota, require_running


class NobodyLacking(Conflict):
    code = "nobody_lacking"
    sentence = _("Nobody is lacking here any more: somebody was faster.")


class NotAnnounced(Conflict):
    code = "gap_not_announced"
    sentence = _("The office does not look for anybody here.")


class WatchBegun(Conflict):
    code = "watch_begun"
    sentence = _("This shift has begun, is over or is called off.")


def fill(*, actor: Actor, at: datetime, watch: Watch, person: Person) -> Duty:
    """Put somebody on a watch that lacks people; of the rota or from outside, until it is over.

    Raises:
        NotYourRotas, NoActiveVolunteer, WatchBegun, NobodyLacking, StandsElsewhere
    """
    require_running(actor=actor, thing=watch)
    with told_when_elsewhere(), transaction.atomic():
        require_serving(person_id=person.pk, name=person.name)
        duty = _take_seat(actor, at, watch, person.pk, "fill", until=watch.span.ends)
        tell_whose(kind="duty_filled", duty=duty, at=at, but=actor.account_id)
    return duty


def take(*, actor: Actor, at: datetime, watch: Watch) -> Duty:
    """Fill a gap that was announced, oneself: who is first has it.

    Raises:
        NotSignedIn, NotOfRota, NoActiveVolunteer, NotAnnounced, WatchBegun, NobodyLacking, StandsElsewhere
    """
    _account_id, person_id = require_signed_in(actor=actor)
    if not is_of_rota(person_id=person_id, rota_id=watch.rota_id):
        raise NotOfRota
    if watch.announced_at is None:
        raise NotAnnounced
    with told_when_elsewhere(), transaction.atomic():
        require_serving(person_id=person_id, name=actor.name)
        return _take_seat(actor, at, watch, person_id, "take", until=watch.span.begins)


@transaction.atomic
def announce(*, actor: Actor, at: datetime, watch: Watch) -> Watch:
    """Ask everybody of the rota who can; who stands there or is away is not asked. Asked again, told again.

    Raises:
        NotYourRotas, WatchBegun, NobodyLacking
    """
    require_running(actor=actor, thing=watch)
    held = _hold(watch, at, until=watch.span.begins)
    if not free_seats(held):
        raise NobodyLacking
    held.announced_at = at
    held.save(update_fields=["announced_at"])
    members = [one.person_id for one in queries.members_of(rota_id=held.rota_id)]
    busy = queries.busy_people(person_ids=members, begins=held.span.begins, ends=held.span.ends)
    free = [one for one in members if not any(held.span.meets(span) for span in busy.get(one, ()))]
    tell_people(
        kind="duty_gap",
        watch=held,
        person_ids=free,
        at=at,
        but=actor.account_id,
        link=f"/rotas/gaps/{held.uuid}/",
    )
    return held


@transaction.atomic
def call_off(*, actor: Actor, at: datetime, watch: Watch, words: str) -> Watch:
    """Call a shift off; who had it reads why. Whoever had come keeps the time that is proven.

    Raises:
        NotYourRotas, SayWhy, WatchMovedOn, WatchBegun
    """
    require_running(actor=actor, thing=watch)
    require_words(words)
    held = _hold(watch, at, until=watch.span.ends)
    clear_watch(actor=actor, at=at, watch=held, words=words)
    if held.cause_id and Mark.objects.filter(cause=held.cause_id).exists():
        say_what_it_was(watch=held, at=at)
    return held


def clear_watch(*, actor: Actor, at: datetime, watch: Watch, words: str) -> None:
    """Call a watch off and take everybody off it, within the caller's transaction, which holds it."""
    pass_watch(watch=watch, actor=actor, at=at, verb="call_off")
    standing = Duty.unscoped.filter(watch=watch, state=DutyState.PLANNED).select_related("watch__rota__place")
    for duty in standing.order_by("pk"):
        pass_duty(duty=duty, actor=actor, at=at, verb="take_off", words=words)
        end_swaps(duty=duty, actor=actor, at=at)
        tell_whose(kind="duty_taken_off", duty=duty, at=at, but=actor.account_id)


def _take_seat(
    actor: Actor, at: datetime, watch: Watch, person_id: int, verb: str, *, until: datetime
) -> Duty:
    held = _hold(watch, at, until=until)
    seats = free_seats(held)
    if not seats:
        raise NobodyLacking
    return give_seat(actor=actor, at=at, watch=held, person_id=person_id, seat=seats[0], verb=verb)


def _hold(watch: Watch, at: datetime, *, until: datetime) -> Watch:
    """Hold a watch that is ahead. Raises WatchBegun."""
    held = lock_watches([watch.pk])[watch.pk]
    if held.state != WatchState.AHEAD or at >= until:
        raise WatchBegun
    return held
