"""What a team decides: accept (接单) or decline, who goes, when."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.attendance.queries import presences
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.ids import uuid7
from sidan.core.transactions import act
from sidan.evidence.enums import CauseKind
from sidan.evidence.operations import register_cause
from sidan.orders.enums import AssignmentState, Machine, VisitState
from sidan.orders.models import Assignment, AssignmentMember, Order, Visit
from sidan.orders.notices import of_team, tell_dispatchers, tell_persons, tell_resident
from sidan.orders.operations.clock import AGREED_CLOCKWORK
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.door import Move, lock_order, lock_share, own_move, pass_door
from sidan.orders.operations.handling import end_party, require_reason, set_assignment, tell_named
from sidan.orders.operations.seen import require_wish_seen
from sidan.orders.permissions import require_leading
from sidan.orders.policies import BadWish, check_visit_time
from sidan.orders.queries import NoOpenOffer, NotYoursNow, ShareOver, member_names
from sidan.people.models import Person
from sidan.people.operations import hold_active_team


class VisitsMade(Conflict):
    code = "visits_made"
    sentence = _(
        "Your team has been there already. Report what was done, or hand back what could not be done."
    )


class MembersUnknown(Invalid):
    code = "members_unknown"
    sentence = _("Choose at least one person, and only members of the team.")


class MemberStillThere(Conflict):
    code = "member_still_there"
    sentence = _("Still there: %(names)s. Write down the leaving first, then change who goes.")


class VisitTimeRefused(Invalid):
    code = "visit_time_refused"
    sentence = _("The visit must lie ahead, within 90 days, and last no longer than 12 hours.")


def accept_order(*, actor: Actor, at: datetime, assignment: Assignment, seen: int | None = None) -> Order:
    """Take the order for the team (接单); `seen` is the turn at which its leader read what is asked for.

    Raises:
        NotYourTeam, NoOpenOffer, TeamTakesNoOrders, WishChanged, OrderMovedOn.
    """
    order = _answer(actor, assignment)
    with act():
        hold_active_team(team=assignment.team)
        _lock_part(assignment)
        require_wish_seen(order=order, seen=seen)
        moves = [
            _assignment_move(assignment, "accept"),
            own_move(order, "accept", part_id=assignment.part_id, team_id=assignment.team_id),
        ]
        pass_door(order=order, actor=actor, at=at, moves=moves)
        set_assignment(assignment=assignment, state=AssignmentState.ACCEPTED, answered_at=at)
        tell_resident(kind="order_accepted", order=order, at=at, **of_team(assignment.team))
    return order


def decline_order(
    *, actor: Actor, at: datetime, assignment: Assignment, reason: str, words: str = ""
) -> Order:
    """Send the order back with a reason. Raises NotYourTeam, ReasonMissing, NoOpenOffer, OrderMovedOn."""
    order = _answer(actor, assignment)
    require_reason(reason)
    with act():
        _lock_part(assignment)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
        moves = [
            _assignment_move(assignment, "decline"),
            own_move(order, "decline", part_id=assignment.part_id, team_id=assignment.team_id),
        ]
        pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
        set_assignment(assignment=assignment, state=AssignmentState.DECLINED, answered_at=at, ended_at=at)
        end_party(order=order, team_id=assignment.team_id, at=at)
        tell_dispatchers(kind="order_declined", order=order, at=at, **of_team(assignment.team))
    return order


def release_order(
    *, actor: Actor, at: datetime, assignment: Assignment, reason: str, words: str = ""
) -> Order:
    """Give back an order the team took, before the first visit; the office asks another team.

    Raises:
        NotYourTeam, ReasonMissing, NotYoursNow, ShareOver, VisitsMade, OrderMovedOn.
    """
    require_leading(actor=actor, team_id=assignment.team_id)
    require_reason(reason)
    require_held(assignment=assignment)
    order = assignment.order
    with act():
        lock_held_share(assignment)
        if assignment.visits.filter(state=VisitState.DONE).exists():
            raise VisitsMade
        hear_and_warn(actor=actor, at=at, order=order, words=words)
        own = own_move(order, "release", part_id=assignment.part_id, team_id=assignment.team_id)
        moves = [*call_off_planned(assignment), _assignment_move(assignment, "release"), own]
        pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
        tell_named(actor=actor, at=at, share=assignment, order=order)
        set_assignment(assignment=assignment, state=AssignmentState.RELEASED, ended_at=at)
        end_party(order=order, team_id=assignment.team_id, at=at)
        team = assignment.team.name
        tell_dispatchers(kind="order_released", order=order, at=at, team=team)
        tell_resident(kind="order_released_to_resident", order=order, at=at, team=team)
    return order


def name_members(*, actor: Actor, at: datetime, assignment: Assignment, person_uuids: Sequence[UUID]) -> None:
    """Say who goes; the list replaces the former one, and who is new on it or no longer there is told.

    Raises:
        NotYourTeam, NotYoursNow, ShareOver, MembersUnknown
        MemberStillThere: who has checked in and not yet out cannot be taken off the list.
    """
    require_leading(actor=actor, team_id=assignment.team_id)
    require_held(assignment=assignment)
    wanted = set(_members_of_team(assignment, person_uuids))
    with act():
        lock_held(assignment)
        present = set(assignment.members.filter(removed_at=None).values_list("person_id", flat=True))
        _require_gone(assignment, present - wanted)
        assignment.members.filter(removed_at=None).exclude(person__in=wanted).update(removed_at=at)
        AssignmentMember.objects.bulk_create(
            [
                AssignmentMember(assignment=assignment, person_id=person, named_at=at)
                for person in wanted - present
            ]
        )
        order = assignment.order
        record(
            actor=actor, at=at, verb="order.name_members", subject=("order", order.pk),
            place_id=order.holder_place_id, county_id=order.county_id, count=len(wanted),
        )  # fmt: skip
        tell_persons(person_ids=wanted - present, kind="order_named", order=order, at=at)
        gone = present - wanted - {actor.person_id}
        tell_persons(person_ids=gone, kind="order_no_longer_yours", order=order, at=at)


def schedule_visit(
    *, actor: Actor, at: datetime, assignment: Assignment, planned_from: datetime, planned_to: datetime
) -> Visit:
    """Write down the time agreed with the resident; a second time calls off the first.

    Raises:
        NotYourTeam, NotYoursNow, ShareOver, VisitTimeRefused, OrderMovedOn.
    """
    require_leading(actor=actor, team_id=assignment.team_id)
    require_held(assignment=assignment)
    try:
        check_visit_time(planned_from=planned_from, planned_to=planned_to, at=at)
    except BadWish as bad:
        raise VisitTimeRefused(reason=bad.code) from bad
    order = assignment.order
    with act():
        lock_held_share(assignment)
        move = own_move(order, "schedule", part_id=assignment.part_id, team_id=assignment.team_id)
        former = call_off_planned(assignment)
        visit = _plan_visit(assignment, planned_from, planned_to, at)
        plan = Move(
            Machine.VISIT,
            "plan",
            "",
            assignment_id=assignment.pk,
            visit_id=visit.pk,
            team_id=assignment.team_id,
        )
        step_id = pass_door(order=order, actor=actor, at=at, moves=[*former, plan, move])
        if former:
            AGREED_CLOCKWORK.tell(order, step_id=step_id, at=at)
        tell_resident(kind="order_scheduled", order=order, at=at)
        members = assignment.members.filter(removed_at=None).values_list("person_id", flat=True)
        tell_persons(person_ids=members, kind="order_scheduled", order=order, at=at)
    return visit


def _answer(actor: Actor, assignment: Assignment) -> Order:
    require_leading(actor=actor, team_id=assignment.team_id)
    if assignment.state != AssignmentState.OFFERED:
        raise NoOpenOffer
    return assignment.order


def _lock_part(assignment: Assignment) -> None:
    """An answer about all of an order locks nothing: the door itself tells whoever comes second."""
    if assignment.part_id is not None:
        lock_share(order=assignment.order, part_id=assignment.part_id)


def require_held(*, assignment: Assignment) -> None:
    """Refuse an act on what a team does not hold. Raises ShareOver, and NotYoursNow where it has not answered yet.

    The order says nothing about it: the same team, or another one, may have it anew by a share of its own.
    """
    if assignment.state == AssignmentState.OFFERED:
        raise NotYoursNow
    if assignment.state != AssignmentState.ACCEPTED:
        raise ShareOver


def lock_held_share(assignment: Assignment) -> None:
    """Lock the order for an act of the team that holds it, or a part of it. Raises OrderMovedOn, ShareOver."""
    lock_share(order=assignment.order, part_id=assignment.part_id)
    if assignment.part_id is not None:
        assignment.refresh_from_db(fields=["state"])
        require_held(assignment=assignment)


def lock_held(assignment: Assignment) -> Order:
    """Lock the order's row and return it as it is now, for an act that goes on from what others did meanwhile.

    Where a turn was taken since the assignment was read, its state is read again. Raises ShareOver.
    """
    order = lock_order(order_id=assignment.order_id)
    if order.turn != assignment.order.turn:
        assignment.refresh_from_db(fields=["state"])
    require_held(assignment=assignment)
    return order


def _require_gone(assignment: Assignment, leaving: Collection[int]) -> None:
    """Nobody is taken off the list who is at the resident's: nobody could write them out any more."""
    visit = assignment.visits.filter(state=VisitState.UNDER_WAY).first() if leaving else None
    if visit is None:
        return
    still = [each.person_id for each in presences(cause_id=visit.cause_id) if each.went_at is None]
    staying = [person for person in still if person in leaving]
    if staying:
        raise MemberStillThere(names=member_names(person_ids=staying))


def _assignment_move(assignment: Assignment, verb: str) -> Move:
    return Move(
        Machine.ASSIGNMENT, verb, assignment.state, assignment_id=assignment.pk, team_id=assignment.team_id
    )


def _members_of_team(assignment: Assignment, person_uuids: Sequence[UUID]) -> list[int]:
    uuids = set(person_uuids)
    found = list(
        Person.unscoped.filter(
            uuid__in=uuids, memberships__team=assignment.team_id, memberships__left_on=None
        ).values_list("pk", flat=True)
    )
    if not uuids or len(found) != len(uuids):
        raise MembersUnknown
    return found


def call_off_planned(assignment: Assignment) -> list[Move]:
    """Call off the visits that are only planned, and return their moves; the caller has locked the order."""
    moves = []
    for visit in assignment.visits.filter(state=VisitState.PLANNED):
        moves.append(
            Move(
                Machine.VISIT, "call_off", visit.state, assignment_id=assignment.pk, visit_id=visit.pk,
                team_id=assignment.team_id,
            )
        )  # fmt: skip
        visit.state = VisitState.CALLED_OFF
        visit.save(update_fields=["state"])
    return moves


def _plan_visit(assignment: Assignment, planned_from: datetime, planned_to: datetime, at: datetime) -> Visit:
    order, uuid = assignment.order, uuid7()
    cause = register_cause(
        kind=CauseKind.VISIT,
        reference=str(uuid),
        place_id=order.origin_place_id,
        county_id=order.county_id,
        at=at,
    )
    return Visit.objects.create(
        uuid=uuid, assignment=assignment, cause=cause, planned_from=planned_from, planned_to=planned_to
    )
