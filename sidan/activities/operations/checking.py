"""Coming to an activity and going: by the code at its door, by one's own code that staff read, or by hand.

Who has a place at a post to help is marked for that and makes hours; everybody else who comes is a guest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityState, EnrolmentState
from sidan.activities.models import Activity, Enrolment, Gathering
from sidan.activities.operations.gathering import share_gathering
from sidan.activities.permissions import may_run, require_running
from sidan.activities.policies import is_door_open
from sidan.activities.queries import (
    cause_to_leave,
    helps_with,
    own_point,
    person_of_code,
    standing_at,
    times_to_confirm,
)
from sidan.attendance.enums import Direction, Grade, MeasuredTo, Way
from sidan.attendance.models import Confirmation, Mark
from sidan.attendance.operations import (
    AlreadyMarked,
    AlreadySaid,
    Proof,
    Reading,
    Target,
    Told,
    Where,
    WrongCode,
    confirm_mark,
    mark,
    tries_counted,
)
from sidan.attendance.policies.door import QUICK_STEP_SECONDS
from sidan.attendance.policies.own_code import OwnCode, read_own_code
from sidan.attendance.queries import mark_by_uuid
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.transactions import act
from sidan.people.models import Person
from sidan.people.permissions import require_signed_in
from sidan.places.queries import place_point


class DoorShut(Conflict):
    code = "door_shut"
    sentence = _(
        "One checks in from two hours before it begins, and checks out until four hours after its end. "
        "Later the place writes the time down by hand, until it is filed."
    )


class SaidAbsent(Conflict):
    code = "said_absent"
    sentence = _("The place has written down that %(name)s was not there. That is taken back first.")


class NotNear(Invalid):
    code = "not_near"
    sentence = _(
        "Your telephone does not say clearly that you are here. Please use the code, or ask who stands at the door."
    )


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody is written down as having come or gone; done twice it is the same mark."""

    mark: Mark
    helps: bool
    is_new: bool


IN: Final = Direction.IN


def check_self(
    *, actor: Actor, at: datetime, activity: Activity, code: str, direction: Direction = IN
) -> Came:
    """Come or go oneself, by the code that the door shows now.

    Digits that are entered by who runs the place prove nothing of themselves: they can read them anywhere.

    Raises:
        NotSignedIn, DoorShut, SaidAbsent, TooManyCodes; what `attendance.mark` raises of a code.
    """
    _account_id, person_id = require_signed_in(actor=actor)
    has_read = who_has_read(actor, activity)
    with tries_counted(person_id=person_id, at=at), act():
        person = Person.unscoped.get(pk=person_id)
        proof = Proof(way=Way.CODE, code=code.strip())
        return write_mark(actor, at, activity, person, direction, proof, has_read=has_read)


def check_self_by_place(
    *, actor: Actor, at: datetime, activity: Activity, reading: Reading, direction: Direction = IN
) -> Came:
    """Come or go oneself, by where one's telephone is, with one's own leave.

    Too far away or too blurred, a helper's time waits for a second person; nobody asks about a guest's, so it is none.

    Raises:
        NotSignedIn, DoorShut, SaidAbsent, NotNear; what `attendance.mark` raises of a reading.
    """
    _account_id, person_id = require_signed_in(actor=actor)
    with act():
        person = Person.unscoped.get(pk=person_id)
        proof = Proof(way=Way.PLACE, reading=reading)
        came = write_mark(actor, at, activity, person, direction, proof, target=target_of(actor, activity))
        if came.is_new and not came.helps and came.mark.grade == Grade.WEAK:
            raise NotNear
    return came


def scan(*, actor: Actor, at: datetime, activity: Activity, text: str, direction: Direction = IN) -> Came:
    """Write down whose own code was read at the door.

    Raises:
        NotYourActivities, WrongCode, DoorShut, SaidAbsent, ReadByAnother; what else `attendance.mark` raises.
    """
    require_keeping(actor, activity)
    read = read_own_code(text)
    if read is None:
        raise WrongCode
    with act():
        person = whose_code(read)
        return write_mark(actor, at, activity, person, direction, Proof(way=Way.SCAN, code=read.digits))


def mark_by_hand(
    *, actor: Actor, at: datetime, activity: Activity, person: Person, reason: str, direction: Direction = IN,
    when: datetime | None = None,
) -> Came:  # fmt: skip
    """Write somebody down by hand, with a reason; of who helps it counts once a second person has confirmed it.

    Raises:
        NotYourActivities, DoorShut, SaidAbsent, HandNeedsReason, NotYetThen; what else `attendance.mark` raises.
    """
    require_keeping(actor, activity)
    with act():
        proof = Proof(way=Way.HAND, reason_code=reason, at=when)
        return write_mark(actor, at, activity, person, direction, proof)


def judge_mark(
    *, actor: Actor, at: datetime, activity: Activity, written: Mark, is_right: bool
) -> Confirmation:
    """Say as the second person that a time which was only told is right, or that it is not.

    Raises:
        NotYourActivities, NotFound (a time of something else), NotTheSame, AlreadySaid
    """
    require_keeping(actor, activity)
    gathering = Gathering.objects.filter(activity=activity).first()
    if gathering is None or written.cause_id not in {gathering.helpers_id, gathering.guests_id}:
        raise NotFound
    with act():
        share_gathering(activity=activity, at=at)
        said = confirm_mark(actor=actor, at=at, mark=written, is_right=is_right)
        _leave_trail(actor, at, activity, "time_right" if is_right else "time_wrong", written.person_id)
    return said


def judge_all_right(*, actor: Actor, at: datetime, activity: Activity, marks: Sequence[UUID]) -> int:
    """Say of several times at once that they are right, as of a list one goes through; returns of how many.

    Of one's own, and of those of which somebody has said a word meanwhile, nothing is said.

    Raises:
        NotYourActivities
    """
    require_keeping(actor, activity)
    asked, said = set(marks), 0
    for one in times_to_confirm(activity=activity):
        if one.uuid in asked and not one.is_told_by(account_id=actor.account_id, person_id=actor.person_id):
            try:
                judge_mark(
                    actor=actor, at=at, activity=activity, written=mark_by_uuid(uuid=one.uuid), is_right=True
                )
            except AlreadySaid:
                continue
            said += 1
    return said


def _read_anywhere(_since: datetime, _until: datetime) -> bool:
    return True


def who_has_read(actor: Actor, activity: Activity) -> Callable[[datetime, datetime], bool] | None:
    """Return whether the actor could read the digits of the door away from it; nothing where they could not."""
    runs = may_run(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    return _read_anywhere if runs else None


def whose_code(read: OwnCode) -> Person:
    """Find whose own code it is: whoever stands there may be of any place, their code says who. Raises WrongCode."""
    person = person_of_code(uuid=read.person)
    if person is None:
        raise WrongCode
    return person


def write_mark(
    actor: Actor, at: datetime, activity: Activity, person: Person, direction: Direction, proof: Proof, *,
    has_read: Callable[[datetime, datetime], bool] | None = None, target: Target | None = None,
    told: Told | None = None,
) -> Came:  # fmt: skip
    """Write down that somebody came or went, within the caller's transaction: now, or as a telephone has kept it.

    Raises:
        DoorShut, SaidAbsent; what `attendance.mark` raises.
    """
    gathering = share_gathering(activity=activity, at=at)
    happened = told.at if told else proof.at or at
    if not is_door_open(
        state=_state_at(activity, told), direction=direction, span=activity.span, at=happened
    ):
        raise DoorShut
    found = standing_at(activity=activity, person_id=person.pk)
    if found is not None and found.state == EnrolmentState.ABSENT:
        raise SaidAbsent(name=person.name)
    cause_id = cause_of(activity, gathering, person, direction, found)
    helps = cause_id == gathering.helpers_id
    where = Where(
        cause_id=cause_id, cause_uuid=str(activity.uuid), place_id=activity.place_id, county_id=activity.county_id,
        has_read=has_read, step_seconds=QUICK_STEP_SECONDS, target=target, comes_again=True,
    )  # fmt: skip
    try:
        written = mark(
            actor=actor, at=at, where=where, person_id=person.pk, direction=direction, proof=proof, told=told
        )
    except AlreadyMarked as known:
        if known.standing is None:
            raise
        return Came(known.standing, helps, is_new=False)
    written.person = person
    _leave_trail(actor, at, activity, f"check_{direction.value}", person.pk)
    return Came(written, helps, is_new=True)


def _state_at(activity: Activity, told: Told | None) -> str:
    """Return in which state it was: what was called off later was open when a telephone kept the time."""
    if told and activity.state == ActivityState.CANCELLED and told.at < activity.state_since:
        return ActivityState.OPEN
    return activity.state


def target_of(actor: Actor, activity: Activity) -> Target | None:
    """Return to what a reading is measured: a spot of the activity's own, else the place's point, else nothing.

    Who runs the place says where the spot is: of themselves it proves nothing, and is passed over.
    """
    spot = own_point(activity=activity)
    if spot and not may_run(actor=actor, place_id=activity.place_id, county_id=activity.county_id):
        return Target(point=spot, of=MeasuredTo.SPOT)
    point = place_point(place_id=activity.place_id)
    return Target(point=point) if point else None


def cause_of(
    activity: Activity, gathering: Gathering, person: Person, direction: Direction, found: Enrolment | None
) -> int:
    """Return for what somebody comes by the place that they have now, or goes by how they came."""
    came_for = None
    if direction == Direction.OUT:
        came_for = cause_to_leave(activity=activity, person_id=person.pk)
    return came_for or (gathering.helpers_id if helps_with(found) else gathering.guests_id)


def _leave_trail(actor: Actor, at: datetime, activity: Activity, verb: str, person_id: int) -> None:
    record(
        actor=actor, at=at, verb=f"activity.{verb}", subject=("activity", activity.pk),
        place_id=activity.place_id, county_id=activity.county_id, person=person_id,
    )  # fmt: skip


def require_keeping(actor: Actor, activity: Activity) -> None:
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
