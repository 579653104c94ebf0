"""The visit itself: come, go, report what came of it, or give it up."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import Direction, Grade, Way
from sidan.attendance.models import Confirmation, Mark
from sidan.attendance.operations import (
    NotCheckedIn,
    Proof,
    Told,
    Where,
    confirm_mark,
    mark,
    require_second_person,
    tries_counted,
)
from sidan.attendance.queries import presences
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.compiled import Compiled
from sidan.core.errors import Conflict, Forbidden, NotFound
from sidan.core.events import publish
from sidan.core.transactions import act
from sidan.files.models import StoredFile
from sidan.orders.enums import AssignmentState, Machine, OrderState, VisitState
from sidan.orders.events import VisitFinished
from sidan.orders.models import Assignment, Order, Visit
from sidan.orders.notices import of_team, tell_dispatchers, tell_leader, tell_resident
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.dissolving import return_if_dissolved
from sidan.orders.operations.door import Move, lock_order, own_move, pass_door
from sidan.orders.operations.early import require_not_early
from sidan.orders.operations.handling import end_assignment, end_party, require_reason, tell_named
from sidan.orders.operations.late import ENDED, require_before_end, tell_if_called_off, why_not_by_itself
from sidan.orders.operations.looking import reading_of_code
from sidan.orders.operations.pointing import target_of
from sidan.orders.operations.reporting import NobodyCame, Report, keep_report, why_not_now
from sidan.orders.operations.serving import record_service
from sidan.orders.operations.team_work import lock_held
from sidan.orders.permissions import (
    NotNamedForVisit,
    require_judging_time,
    require_reading_times,
    require_serving,
)
from sidan.orders.queries import member_names, named_person_ids, named_when_called_off


class OnlyTheLeaderByHand(Forbidden):
    code = "only_the_leader_by_hand"
    sentence = _("Only the leader may write down the times of others, by hand and with a reason.")


class SomebodyStillThere(Conflict):
    code = "somebody_still_there"
    sentence = _("Not everybody has checked out yet: %(names)s still there.")


def check_in(
    *, actor: Actor, at: datetime, visit: Visit, proof: Proof, person_id: int | None = None, told: Told | None = None
) -> Mark:  # fmt: skip
    """A named volunteer has come; the first one begins the visit. `told` is a time kept without network.

    A proven time from before the end is written although the visit was reported, given up or called off meanwhile.

    The row of the order is locked first, so that two volunteers arriving together do not both begin it, and nobody is
    taken off the list of those who go while they come in.

    Raises:
        NotNamedForVisit, OnlyTheLeaderByHand, AlreadyReported, NoVisitNow, TooManyCodes; what `attendance.mark` raises.
        TooEarly: the code does not prove it, and it lies long before the agreed time.
    """
    with _guesses_counted(actor, at, proof, told), act():
        order = locked_order(visit=visit)
        person = _whose(actor, visit, proof, person_id)
        if visit.state not in {VisitState.PLANNED, VisitState.UNDER_WAY}:
            require_before_end(visit=visit, order=order, person_id=person, told=_told(visit, at, told))
        written = _write(actor, at, visit, order, person, Direction.IN, proof, told)
        if visit.state == VisitState.PLANNED:
            _begin(actor, at, visit, order)
    return written


def check_out(
    *, actor: Actor, at: datetime, visit: Visit, proof: Proof, person_id: int | None = None, told: Told | None = None
) -> Mark:  # fmt: skip
    """A volunteer leaves, under the same lock. Raises as `check_in`, and NotCheckedIn."""
    with _guesses_counted(actor, at, proof, told), act():
        order = locked_order(visit=visit)
        person = _whose(actor, visit, proof, person_id)
        if visit.state == VisitState.PLANNED:
            raise NotCheckedIn
        if visit.state != VisitState.UNDER_WAY:
            require_before_end(visit=visit, order=order, person_id=person, told=_told(visit, at, told))
        return _write(actor, at, visit, order, person, Direction.OUT, proof, told)


def _told(visit: Visit, at: datetime, told: Told | None) -> Told:
    """Let nothing but a time kept without network on: a visit that has ended takes no coming or going of now."""
    if told is None:
        raise why_not_now(visit=visit, at=at)
    return told


def _guesses_counted(
    actor: Actor, at: datetime, proof: Proof, told: Told | None
) -> AbstractContextManager[None]:
    """Count digits that are entered at the door; those told afterwards are weak proof and no guess."""
    if proof.way != Way.CODE or told or actor.person_id is None:
        return nullcontext()
    return tries_counted(person_id=actor.person_id, at=at)


def report_visit(
    *, actor: Actor, at: datetime, visit: Visit, report: Report, photos: Sequence[StoredFile] = ()
) -> Order:
    """Report a visit as done, once everybody who came has gone; the order then waits for its review.

    Raises:
        NotNamedForVisit, NobodyCame, SomebodyStillThere, AlreadyReported, NoVisitNow, OrderMovedOn, BadResults.
    """
    assignment = visit.assignment
    require_serving(actor=actor, assignment=assignment)
    with act():
        order = _order_to_report(at, visit)
        finish = Move(
            Machine.ASSIGNMENT, "finish", assignment.state, assignment.pk, visit.pk, assignment.team_id
        )
        moves = [finish, own_move(order, "finish", part_id=assignment.part_id, team_id=assignment.team_id)]
        _finish_visit(actor, at, visit, order, moves, report, photos)
        end_assignment(assignment=assignment, state=AssignmentState.FINISHED, at=at)
        # Of an order that was split, the resident is asked how it was when the last part is done.
        done = order.state == OrderState.DONE
        tell_resident(kind="order_done" if done else "order_part_done", order=order, at=at)
    return order


def report_and_go_on(
    *, actor: Actor, at: datetime, visit: Visit, report: Report, photos: Sequence[StoredFile] = ()
) -> Order:
    """Report a visit after which one more is needed: the team keeps the order and agrees on the next time.

    A team that was dissolved meanwhile does not: another one is looked for.

    Raises:
        NotNamedForVisit, NobodyCame, SomebodyStillThere, AlreadyReported, NoVisitNow, OrderMovedOn, BadResults.
    """
    assignment = visit.assignment
    require_serving(actor=actor, assignment=assignment)
    with act():
        order = _order_to_report(at, visit)
        moves = [own_move(order, "go_on", part_id=assignment.part_id, team_id=assignment.team_id)]
        _finish_visit(actor, at, visit, order, moves, report, photos)
        if not return_if_dissolved(at=at, order=order, share=assignment):
            tell_resident(kind="order_goes_on", order=order, at=at)
    return order


def _order_to_report(at: datetime, visit: Visit) -> Order:
    """Lock the order of a visit that can be reported: somebody came, and nobody has reported it."""
    order = locked_order(visit=visit)
    if visit.state == VisitState.PLANNED:
        raise NobodyCame
    if visit.state != VisitState.UNDER_WAY:
        raise why_not_now(visit=visit, at=at)
    return order


def _finish_visit(
    actor: Actor, at: datetime, visit: Visit, order: Order, more: list[Move], report: Report,
    photos: Sequence[StoredFile],
) -> None:  # fmt: skip
    """End one visit, whatever it means for the order, and keep what came of it."""
    _require_all_gone(visit)
    hear_and_warn(actor=actor, at=at, order=order, words=report.said)
    assignment = visit.assignment
    finish = Move(Machine.VISIT, "finish", visit.state, assignment.pk, visit.pk, assignment.team_id)
    pass_door(order=order, actor=actor, at=at, moves=[finish, *more])
    _set_visit(visit, VisitState.DONE)
    keep_report(actor=actor, at=at, visit=visit, report=report, photos=photos)
    publish(VisitFinished(order_id=order.pk, visit_id=visit.pk, cause_id=visit.cause_id, at=at))
    record_service(at=at, visit=visit, order=order)


def judge_time(*, actor: Actor, at: datetime, visit: Visit, written: Mark, is_right: bool) -> Confirmation:
    """A second person says that a time which was only told is right, or that it is not.

    Raises:
        MayNotJudgeTime, NotTheSame, AlreadySaid.
    """
    order = visit.assignment.order
    require_reading_times(actor=actor, visit=visit)
    require_second_person(actor=actor, mark=written)
    require_judging_time(actor=actor, visit=visit)
    with act():
        said = confirm_mark(actor=actor, at=at, mark=written, is_right=is_right)
        record(
            actor=actor, at=at, verb="visit.time_right" if is_right else "visit.time_wrong",
            subject=("order", order.pk), place_id=order.holder_place_id, county_id=order.county_id,
            person=written.person_id,
        )  # fmt: skip
    return said


def give_up(*, actor: Actor, at: datetime, assignment: Assignment, reason: str, words: str = "") -> Order:
    """Hand back an order that could not be done; it may be dispatched again.

    The leader, where somebody else of the team does it, and the others who were to go are told. Whoever came has gone
    before, as before a report: of a visit that has ended no going can be written any more.

    Raises:
        NotNamedForVisit, ReasonMissing, SomebodyStillThere, OrderMovedOn.
        ShareOver: the team handed it back before, and may have the order anew by now.
    """
    require_serving(actor=actor, assignment=assignment)
    require_reason(reason)
    with act():
        order = lock_held(assignment)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
        own = own_move(order, "fail", part_id=assignment.part_id, team_id=assignment.team_id)
        visits = list(assignment.visits.filter(state__in=[VisitState.PLANNED, VisitState.UNDER_WAY]))
        for visit in visits:
            _require_nobody_there(visit)
        moves = [
            *(Move(Machine.VISIT, "fail", v.state, assignment.pk, v.pk, assignment.team_id) for v in visits),
            Move(Machine.ASSIGNMENT, "fail", assignment.state, assignment.pk, None, assignment.team_id),
            own,
        ]
        pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
        for visit in visits:
            _set_visit(visit, VisitState.FAILED)
            # Whoever went there has given the time, whatever came of it (Order 67, art. 7).
            record_service(at=at, visit=visit, order=order)
        tell_named(actor=actor, at=at, share=assignment, order=order)
        if assignment.team_id not in actor.led_team_ids:
            tell_leader(team_id=assignment.team_id, kind="order_handed_back", order=order, at=at)
        end_assignment(assignment=assignment, state=AssignmentState.FAILED, at=at)
        end_party(order=order, team_id=assignment.team_id, at=at)
        tell_resident(
            kind="order_failed" if order.state == OrderState.FAILED else "order_part_failed",
            order=order,
            at=at,
        )
        tell_dispatchers(kind="order_failed_to_office", order=order, at=at, **of_team(assignment.team))
    return order


def _whose(actor: Actor, visit: Visit, proof: Proof, person_id: int | None) -> int:
    """Return whose mark it is: one's own, or another's when the leader writes it by hand."""
    assignment = visit.assignment
    is_off = visit.state == VisitState.CALLED_OFF
    named = named_when_called_off(visit=visit) if is_off else named_person_ids(assignment_id=assignment.pk)
    if assignment.team_id not in actor.led_team_ids and actor.person_id not in named:
        raise NotNamedForVisit
    person = person_id if person_id is not None else actor.person_id
    if person != actor.person_id and (assignment.team_id not in actor.led_team_ids or proof.way != Way.HAND):
        raise OnlyTheLeaderByHand
    if person is None or person not in named:
        raise NotNamedForVisit
    return person


# Built once as the lock itself is (core.compiled).
_STATE_NOW = Compiled(lambda pk: Visit.objects.only("state").filter(pk=pk), pk=-9)


def locked_order(*, visit: Visit) -> Order:
    """Lock the order's row, then read the visit's state again: what was read before may be old."""
    order = lock_order(order_id=visit.assignment.order_id)
    now = _STATE_NOW.first(pk=visit.pk)
    if now is None:
        raise NotFound
    visit.state = now.state
    return order


def _write(
    actor: Actor, at: datetime, visit: Visit, order: Order, person: int, direction: Direction, proof: Proof,
    told: Told | None,
) -> Mark:  # fmt: skip
    written = write_time(
        actor=actor, at=at, visit=visit, order=order, person_id=person, direction=direction, proof=proof, told=told
    )  # fmt: skip
    if visit.state in ENDED and written.grade != Grade.STRONG:
        # What others have reported already is not added to by a bare word, nor by a place that only a telephone says.
        raise why_not_by_itself(visit=visit)
    tell_if_called_off(at=at, visit=visit, order=order, written=written)
    return written


def write_time(
    *, actor: Actor, at: datetime, visit: Visit, order: Order, person_id: int, direction: Direction, proof: Proof,
    told: Told | None,
) -> Mark:  # fmt: skip
    """Append a coming or going and its line in the audit; the caller holds the order's lock and knows who may.

    Raises:
        TooEarly: a coming that the code does not prove lies long before the agreed time; what `attendance.mark` raises.
    """
    where = Where(
        cause_id=visit.cause_id,
        cause_uuid=str(visit.uuid),
        place_id=order.origin_place_id,
        county_id=order.county_id,
        target=target_of(actor=actor, order=order) if proof.way == Way.PLACE else None,
        has_read=reading_of_code(actor=actor, order=order) if proof.way == Way.CODE else None,
    )
    written = mark(
        actor=actor, at=at, where=where, person_id=person_id, direction=direction, proof=proof, told=told
    )
    require_not_early(visit=visit, written=written)
    record(
        actor=actor, at=at, verb=f"visit.check_{direction}", subject=("order", order.pk),
        place_id=order.holder_place_id, county_id=order.county_id, person=person_id, way=proof.way,
        grade=written.grade,
    )  # fmt: skip
    return written


def _begin(actor: Actor, at: datetime, visit: Visit, order: Order) -> None:
    assignment = visit.assignment
    moves = [
        Move(Machine.VISIT, "begin", visit.state, assignment.pk, visit.pk, assignment.team_id),
        own_move(order, "begin", part_id=assignment.part_id, team_id=assignment.team_id),
    ]
    pass_door(order=order, actor=actor, at=at, moves=moves)
    _set_visit(visit, VisitState.UNDER_WAY)


def _set_visit(visit: Visit, state: VisitState) -> None:
    visit.state = state
    visit.save(update_fields=["state"])


def _require_all_gone(visit: Visit) -> None:
    if not presences(cause_id=visit.cause_id):
        raise NobodyCame
    _require_nobody_there(visit)


def _require_nobody_there(visit: Visit) -> None:
    present = presences(cause_id=visit.cause_id)
    still = [presence.person_id for presence in present if presence.went_at is None]
    if still:
        raise SomebodyStillThere(count=len(still), names=member_names(person_ids=still))
