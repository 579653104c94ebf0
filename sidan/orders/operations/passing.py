"""A team asks another team, or the office, to take its order over; the request stands until a moment (接手).

Until somebody agrees the asking team answers for the order. Whoever acts on a request locks the order's row first and
then reads the request again, so that of an answer, a withdrawal and the end of its time exactly one holds.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict, Invalid, NotFound
from sidan.core.transactions import act
from sidan.orders.enums import AssignmentState, Machine, Reason, TakeOverState, VisitState
from sidan.orders.models import Assignment, Order, OrderParty, TakeOver, WorkPart
from sidan.orders.notices import of_team, tell_dispatchers, tell_leader, tell_resident
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.door import Move, lock_order, lock_share, own_move, pass_door
from sidan.orders.operations.handling import (
    end_assignment,
    end_party,
    require_free_for,
    require_reason,
    require_serves,
    tell_named,
)
from sidan.orders.operations.team_work import VisitsMade, call_off_planned, lock_held_share, require_held
from sidan.orders.permissions import require_handling, require_leading
from sidan.orders.policies import BadWish, check_call_end
from sidan.orders.queries import NotYoursNow, open_take_overs, visit_waits_until
from sidan.people.models import Team
from sidan.people.operations import hold_active_team, hold_team


class VisitAhead(Conflict):
    code = "visit_ahead"
    sentence = _("A visit is agreed with the resident and has not passed yet.")


class TakeOverTimeRefused(Invalid):
    code = "take_over_time_refused"
    sentence = _("A request stands for ten minutes at least and fourteen days at most.")


class SameTeam(Invalid):
    code = "same_team"
    sentence = _("Your team has this order already. Choose another team.")


class PrivateIsNotPassedOn(Conflict):
    code = "private_is_not_passed_on"
    sentence = _("A private order goes back to the office, which finds another team.")


class TakeOverAsked(Conflict):
    code = "take_over_asked"
    sentence = _("Your team has asked somebody already. Take that request back first.")


class TakeOverOver(Conflict):
    code = "take_over_over"
    sentence = _("This request has ended: it was answered or taken back, or its time is over.")


class SeveralAsk(Conflict):
    code = "several_ask"
    sentence = _("Several teams ask the office to take their part back. Please say which one you answer.")


def ask_take_over(
    *, actor: Actor, at: datetime, assignment: Assignment, to_team: Team | None, until: datetime, reason: str,
    words: str = "",
) -> TakeOver:  # fmt: skip
    """Ask another team to take the order over, or the office to take it back; one request at a time.

    Raises:
        NotYourTeam, ReasonMissing, NotYoursNow, ShareOver, TakeOverTimeRefused, SameTeam, TeamDoesNotServe.
        TakeOverAsked: one request at a time.
        PrivateIsNotPassedOn: another team would read what it is asked; of a private order only the office may.
        OrderMovedOn: there is a visit under way, or the order is not with the team any more.
    """
    require_leading(actor=actor, team_id=assignment.team_id)
    require_reason(reason)
    require_held(assignment=assignment)
    try:
        check_call_end(until=until, at=at)
    except BadWish as bad:
        raise TakeOverTimeRefused(reason=bad.code) from bad
    order = assignment.order
    if to_team is not None:
        if order.is_private:
            raise PrivateIsNotPassedOn
        _require_fitting(assignment, to_team)
    with act():
        if to_team is not None:
            hold_active_team(team=to_team)
        lock_held_share(assignment)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
        own = own_move(order, "ask_take_over", part_id=assignment.part_id, team_id=assignment.team_id)
        if assignment.take_overs.filter(state=TakeOverState.OPEN).exists():
            raise TakeOverAsked
        asked = TakeOver.objects.create(
            order=order, assignment=assignment, from_team=assignment.team, to_team=to_team, reason_code=reason,
            words=words, until=until, asked_at=at, asked_by_id=actor.account_id,
        )  # fmt: skip
        pass_door(order=order, actor=actor, at=at, moves=[own], reason=reason)
        _tell_asked(asked, order, at, kind="take_over_asked")
    return asked


def accept_take_over(*, actor: Actor, at: datetime, asked: TakeOver) -> Assignment:
    """Take the order over: it moves at once, with its history; the resident, the office and both teams are told.

    Raises:
        NotYourTeam, TakeOverOver, TeamDoesNotServe, OrderMovedOn.
    """
    require_leading(actor=actor, team_id=asked.to_team_id or 0)
    with act():
        hold_team(team_id=asked.to_team_id or 0)
        order, asked = _locked(asked, at)
        share, team = asked.assignment, asked.to_team
        if team is None:
            raise TakeOverOver
        _require_fitting(share, team)
        own = own_move(order, "take_over", part_id=share.part_id, team_id=team.pk)
        _answer(asked, TakeOverState.ACCEPTED, at)
        moves = [*call_off_planned(share), _share_move(share, "pass_on")]
        _let_go(actor, share, AssignmentState.PASSED_ON, order, at)
        taken = Assignment.objects.create(
            order=order, part=share.part, team=team, state=AssignmentState.ACCEPTED, offered_at=asked.asked_at,
            offered_by_id=asked.asked_by_id, answered_at=at,
        )  # fmt: skip
        OrderParty.objects.bulk_create([OrderParty(order=order, team=team, since=at)], ignore_conflicts=True)
        moves += [_share_move(taken, "take_over", from_state=""), own]
        pass_door(order=order, actor=actor, at=at, moves=moves)
        tell_leader(team_id=share.team_id, kind="order_taken_over", order=order, at=at, **of_team(team))
        tell_dispatchers(kind="order_taken_over_of_office", order=order, at=at, **of_team(team))
        tell_resident(kind="order_taken_over_to_resident", order=order, at=at, **of_team(team))
    return taken


def take_back_order(*, actor: Actor, at: datetime, order: Order, asked: UUID | None = None) -> Order:
    """Take an order, or the part of it that this request is about, back from the team that asked the office to.

    Raises:
        NotYourQueue, TakeOverOver, OrderMovedOn.
        SeveralAsk: nothing says which request is meant.
    """
    require_handling(actor=actor, order=order)
    with act():
        order, found = _locked(_asked_of_office(order, asked), at)
        _answer(found, TakeOverState.ACCEPTED, at)
        take_share_back(actor, at, order, found.assignment, reason=found.reason_code, kind="order_taken_back")
    return order


def expire_share(*, at: datetime, order: Order, part: WorkPart | None = None) -> Order:
    """Take an order, or one part of it, back from a team that let its time pass; it waits for another team.

    Raises:
        NotYoursNow: no team has it.
        VisitsMade: the team has been there already, and only it can tell what was done.
        VisitAhead: the office has not opened since the time on which the resident and the team agreed.
        OrderMovedOn: somebody is there, or it stands elsewhere by now.
    """
    with act():
        lock_share(order=order, part_id=part.pk if part else None)
        held = order.assignments.filter(state=AssignmentState.ACCEPTED, part=part)
        share = held.select_related("team").first()
        if share is None:
            raise NotYoursNow
        if share.visits.filter(state=VisitState.DONE).exists():
            raise VisitsMade
        waits = visit_waits_until(order=order, part=part)
        if waits is not None and waits > at:
            raise VisitAhead
        share.order = order
        take_share_back(SYSTEM, at, order, share, reason=Reason.OVERDUE, kind="order_time_over")
    return order


def decline_take_over(*, actor: Actor, at: datetime, asked: TakeOver, reason: str, words: str = "") -> None:
    """Say no: the asking team keeps the order and is told why. The office answers what the office was asked.

    Raises:
        NotYourTeam, NotYourQueue, ReasonMissing, TakeOverOver, OrderMovedOn.
    """
    if asked.to_team_id is None:
        require_handling(actor=actor, order=asked.order)
    else:
        require_leading(actor=actor, team_id=asked.to_team_id)
    require_reason(reason)
    with act():
        order, asked = _locked(asked, at)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
        end_request(actor, at, asked, order, TakeOverState.DECLINED, reason=reason, words=words)
        tell_leader(team_id=asked.from_team_id, kind="take_over_declined", order=order, at=at)


def decline_take_back(
    *, actor: Actor, at: datetime, order: Order, reason: str, words: str = "", asked: UUID | None = None
) -> Order:
    """Say no for the office. Raises SeveralAsk where nothing says to which request, and as `decline_take_over`."""
    require_handling(actor=actor, order=order)
    found = _asked_of_office(order, asked)
    decline_take_over(actor=actor, at=at, asked=found, reason=reason, words=words)
    return order


def withdraw_take_over(*, actor: Actor, at: datetime, asked: TakeOver) -> None:
    """Take a request back that nobody answered. Raises NotYourTeam, TakeOverOver, OrderMovedOn."""
    require_leading(actor=actor, team_id=asked.from_team_id)
    with act():
        order, asked = _locked(asked, at)
        end_request(actor, at, asked, order, TakeOverState.WITHDRAWN)
        _tell_asked(asked, order, at, kind="take_over_withdrawn")


def expire_take_over(*, at: datetime, take_over_id: int) -> None:
    """End a request whose time is over; done twice it does nothing the second time. Raises NotFound."""
    found = TakeOver.objects.filter(pk=take_over_id).first()
    if found is None:
        raise NotFound
    with act():
        order = lock_order(order_id=found.order_id)
        found.refresh_from_db(fields=["state"])
        if found.state != TakeOverState.OPEN or found.until > at:
            return
        end_request(SYSTEM, at, found, order, TakeOverState.EXPIRED, reason=Reason.EXPIRED)
        tell_leader(team_id=found.from_team_id, kind="take_over_expired", order=order, at=at)


def take_share_back(
    actor: Actor, at: datetime, order: Order, share: Assignment, *, reason: str, kind: str, words: str = ""
) -> None:
    """Take the step through the door and end the share; the team reads by `kind` why, the resident that it is so."""
    own = own_move(order, "take_back", part_id=share.part_id, team_id=share.team_id)
    moves = [*call_off_planned(share), _share_move(share, "release"), own]
    _let_go(actor, share, AssignmentState.RELEASED, order, at)
    pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
    tell_leader(team_id=share.team_id, kind=kind, order=order, at=at)
    tell_resident(kind="order_released_to_resident", order=order, at=at, **of_team(share.team))


def end_request(
    actor: Actor, at: datetime, asked: TakeOver, order: Order, state: TakeOverState, *, reason: str = "",
    words: str = "",
) -> None:  # fmt: skip
    """Take the step through the door by which the asking team keeps the order, and write what became of the request."""
    own = own_move(order, "end_take_over", part_id=asked.assignment.part_id, team_id=asked.from_team_id)
    pass_door(order=order, actor=actor, at=at, moves=[own], reason=reason, words=words)
    _answer(asked, state, at)


def _answer(asked: TakeOver, state: TakeOverState, at: datetime) -> None:
    asked.state, asked.ended_at = state, at
    asked.save(update_fields=["state", "ended_at"])


def _let_go(actor: Actor, share: Assignment, state: AssignmentState, order: Order, at: datetime) -> None:
    """End the share of the team that asked: who was to go is told, and the team no longer sees the order.

    Names stay where somebody has been there already: they are the record of who went.
    """
    tell_named(actor=actor, at=at, share=share, order=order)
    if not share.visits.filter(state="done").exists():
        share.members.filter(removed_at=None).update(removed_at=at)
    end_assignment(assignment=share, state=state, at=at)
    end_party(order=order, team_id=share.team_id, at=at)


def _share_move(share: Assignment, verb: str, *, from_state: str | None = None) -> Move:
    source = share.state if from_state is None else from_state
    return Move(Machine.ASSIGNMENT, verb, source, assignment_id=share.pk, team_id=share.team_id)


def _require_fitting(share: Assignment, team: Team) -> None:
    """Another team, active, that serves this kind of order where the resident lives."""
    if team.pk == share.team_id:
        raise SameTeam
    require_serves(order=share.order, category=share.category_id, team=team)
    require_free_for(order=share.order, team=team)


def _asked_of_office(order: Order, uuid: UUID | None) -> TakeOver:
    """Return that request of this order to the office, or the only one there is. Raises TakeOverOver, SeveralAsk."""
    rows = open_take_overs(order=order).filter(to_team=None)
    found = list(rows.filter(uuid=uuid) if uuid else rows)
    if not found:
        raise TakeOverOver
    if len(found) > 1:
        raise SeveralAsk
    return found[0]


def _locked(asked: TakeOver, at: datetime) -> tuple[Order, TakeOver]:
    """Lock the order's row, then read the request again: what was read before may be old. Raises TakeOverOver."""
    order = lock_order(order_id=asked.order_id)
    rows = TakeOver.objects.select_related("assignment__team", "assignment__part", "to_team")
    now = rows.get(pk=asked.pk)
    if now.state != TakeOverState.OPEN or now.until <= at:
        raise TakeOverOver
    now.assignment.order = now.order = order
    return order, now


def _tell_asked(asked: TakeOver, order: Order, at: datetime, *, kind: str) -> None:
    team = of_team(asked.from_team)
    if asked.to_team_id is None:
        tell_dispatchers(kind=f"{kind}_of_office", order=order, at=at, **team)
    else:
        tell_leader(team_id=asked.to_team_id, kind=kind, order=order, at=at, **team)
