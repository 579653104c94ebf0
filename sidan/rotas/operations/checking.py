"""Coming to a watch and going: by the code at the post, by one's own code that staff read, by where the telephone is,
or by hand with a reason and a second person."""  # fmt: skip

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.attendance.enums import Direction, Way
from sidan.attendance.models import Confirmation, Mark
from sidan.attendance.operations import (
    AlreadyMarked,
    Proof,
    Reading,
    Target,
    Where,
    WrongCode,
    confirm_mark,
    mark,
    tries_counted,
)
from sidan.attendance.policies.door import QUICK_STEP_SECONDS
from sidan.attendance.policies.own_code import read_own_code
from sidan.attendance.queries import STANDS
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.transactions import act
from sidan.evidence.enums import CauseKind
from sidan.evidence.operations import register_cause
from sidan.people.permissions import require_signed_in
from sidan.places.queries import place_point
from sidan.rotas.enums import DutyState, WatchState
from sidan.rotas.models import Duty, Watch
from sidan.rotas.operations.closing import say_what_it_was
from sidan.rotas.operations.door import lock_watches
from sidan.rotas.permissions import may_run, require_own, require_running
from sidan.rotas.policies import is_door_open
from sidan.rotas.queries import duty_of_code

IN = Direction.IN


class DoorShut(Conflict):
    code = "door_shut"
    sentence = _(
        "One checks in from an hour before it begins, and checks out until four hours after its end. "
        "Later the office writes the time down by hand."
    )


class SaidAbsent(Conflict):
    code = "said_absent"
    sentence = pgettext_lazy(
        "rota", "The place has written down that %(name)s was not there. That is taken back first."
    )


class NotOnThisWatch(Conflict):
    code = "not_on_this_watch"
    sentence = _("%(name)s has no turn here. Put them on the shift first.")


class NobodyOfThisCode(Invalid):
    code = "nobody_of_this_code"
    sentence = _("Whose code this is has no turn here. Put them on the shift first.")


def check_self(*, actor: Actor, at: datetime, duty: Duty, code: str, direction: Direction = IN) -> Mark:
    """Come or go oneself, by the code that the post shows now.

    Digits that are entered by who runs the place prove nothing of themselves: they can read them anywhere.

    Raises:
        NotYourDuty, DoorShut, SaidAbsent, NotOnThisWatch, TooManyCodes; what `attendance.mark` raises of a code.
    """
    require_own(actor=actor, duty=duty)
    _account_id, person_id = require_signed_in(actor=actor)
    has_read = _read_anywhere if may_run(actor=actor, thing=duty) else None
    with tries_counted(person_id=person_id, at=at), act():
        watch = _open_watch(duty, at, direction)
        where = _where(watch, has_read=has_read)
        return _write(actor, at, duty, where, direction, Proof(way=Way.CODE, code=code.strip()))


def check_self_by_place(
    *, actor: Actor, at: datetime, duty: Duty, reading: Reading, direction: Direction = IN
) -> Mark:
    """Come or go oneself, by where one's telephone is, with one's own leave.

    Too far away or too blurred it waits for a second person.

    Raises:
        NotYourDuty, DoorShut, SaidAbsent, NotOnThisWatch; what `attendance.mark` raises of a reading.
    """
    require_own(actor=actor, duty=duty)
    with act():
        watch = _open_watch(duty, at, direction)
        point = place_point(place_id=watch.place_id)
        where = _where(watch, target=Target(point=point) if point else None)
        return _write(actor, at, duty, where, direction, Proof(way=Way.PLACE, reading=reading))


def scan(*, actor: Actor, at: datetime, watch: Watch, text: str, direction: Direction = IN) -> Mark:
    """Write down whose own code was read at the post.

    Raises:
        NotYourRotas, WrongCode, NobodyOfThisCode, DoorShut, SaidAbsent, ReadByAnother; what else `mark` raises.
    """
    require_running(actor=actor, thing=watch)
    read = read_own_code(text)
    if read is None:
        raise WrongCode
    duty = duty_of_code(watch=watch, person=read.person)
    if duty is None:
        raise NobodyOfThisCode
    with act():
        held = _open_watch(duty, at, direction)
        written = _write(actor, at, duty, _where(held), direction, Proof(way=Way.SCAN, code=read.digits))
    written.person = duty.person
    return written


def mark_by_hand(
    *,
    actor: Actor,
    at: datetime,
    duty: Duty,
    reason: str,
    direction: Direction = IN,
    when: datetime | None = None,
) -> Mark:
    """Write somebody down by hand, with a reason; it counts once a second person has confirmed it.

    Raises:
        NotYourRotas, DoorShut, SaidAbsent, NotOnThisWatch, HandNeedsReason, NotYetThen; what else `mark` raises.
    """
    require_running(actor=actor, thing=duty)
    with act():
        watch = _open_watch(duty, when or at, direction)
        proof = Proof(way=Way.HAND, reason_code=reason, at=when)
        return _write(actor, at, duty, _where(watch), direction, proof)


def judge_mark(*, actor: Actor, at: datetime, watch: Watch, written: Mark, is_right: bool) -> Confirmation:
    """Say as the second person that a time which was only told is right, or that it is not.

    Raises:
        NotYourRotas, NotFound (a time of something else), NotTheSame, AlreadySaid
    """
    require_running(actor=actor, thing=watch)
    if watch.cause_id is None or written.cause_id != watch.cause_id:
        raise NotFound
    with act():
        lock_watches([watch.pk])
        return confirm_mark(actor=actor, at=at, mark=written, is_right=is_right)


def _read_anywhere(_since: datetime, _until: datetime) -> bool:
    return True


def _open_watch(duty: Duty, at: datetime, direction: Direction) -> Watch:
    """Hold the watch of a turn at whose door one can stand, and give it its cause. Raises DoorShut and others."""
    watch = lock_watches([duty.watch_id])[duty.watch_id]
    duty.refresh_from_db(fields=["state", "turn"])
    if not is_door_open(state=watch.state, direction=direction.value, span=watch.span, at=at):
        raise DoorShut
    if duty.state == DutyState.ABSENT:
        raise SaidAbsent(name=duty.person.name)
    if direction == Direction.IN and duty.state != DutyState.PLANNED:
        raise NotOnThisWatch(name=duty.person.name)
    if watch.cause_id is None:
        watch.cause = register_cause(
            kind=CauseKind.ROTA_WATCH, reference=str(watch.uuid), place_id=watch.place_id,
            county_id=watch.county_id, at=at,
        )  # fmt: skip
        watch.save(update_fields=["cause"])
    duty.watch = watch
    return watch


def _where(
    watch: Watch,
    *,
    has_read: Callable[[datetime, datetime], bool] | None = None,
    target: Target | None = None,
) -> Where:
    return Where(
        cause_id=watch.cause_id or 0, cause_uuid=str(watch.uuid), place_id=watch.place_id,
        county_id=watch.county_id, has_read=has_read, step_seconds=QUICK_STEP_SECONDS,
        target=target,
    )  # fmt: skip


def _write(actor: Actor, at: datetime, duty: Duty, where: Where, direction: Direction, proof: Proof) -> Mark:
    try:
        written = mark(
            actor=actor, at=at, where=where, person_id=duty.person_id, direction=direction, proof=proof
        )
    except AlreadyMarked:
        return Mark.objects.get(STANDS, cause=where.cause_id, person=duty.person_id, direction=direction)
    record(
        actor=actor, at=at, verb=f"watch.check_{direction.value}", subject=("watch", duty.watch_id),
        place_id=duty.place_id, county_id=duty.county_id, person=duty.person_id,
    )  # fmt: skip
    if duty.watch.state != WatchState.AHEAD:
        say_what_it_was(watch=duty.watch, at=at)
    return written
