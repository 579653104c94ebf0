"""Open calls (公开征集): an order put before all teams of an area; first come, or the dispatcher picks.

Recipe for locks: the team that would take it, then the row of the order, then whatever hangs on it. A hundred teams
that press at once stand in line there, the first one takes the order, and the others read politely who has it.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict, Forbidden, Invalid, NotFound
from sidan.core.transactions import act
from sidan.orders.enums import LIVE_CALL, AnswerState, AssignmentState, CallState, CallWay, Machine
from sidan.orders.models import Assignment, CallAnswer, OpenCall, Order, OrderParty, WorkPart
from sidan.orders.notices import of_team, tell_dispatchers, tell_leader, tell_leaders, tell_resident
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.door import Move, lock_share, own_move, pass_door
from sidan.orders.operations.handling import require_free_for
from sidan.orders.operations.seen import require_wish_seen
from sidan.orders.permissions import require_handling, require_leading
from sidan.orders.policies import BadWish, check_call_end
from sidan.orders.queries.calling import areas_to_call, is_reached, outdated, reached_teams
from sidan.people.models import Team
from sidan.people.operations import hold_active_team
from sidan.places.models import Place


class CallTimeRefused(Invalid):
    code = "call_time_refused"
    sentence = _("A call stays open for ten minutes at least and fourteen days at most.")


class CallAreaRefused(Invalid):
    code = "call_area_refused"
    sentence = _("Please choose an area in which the resident's place lies.")


class NobodyReached(Invalid):
    code = "nobody_reached"
    sentence = _("No team of this area serves this kind of order. Choose a larger area.")


class CallTaken(Conflict):
    code = "call_taken"
    sentence = _("%(team)s was a little faster and has it already. Thank you for offering to help!")


class YoursAlready(Conflict):
    code = "yours_already"
    sentence = _("%(team)s has this order already: you will find it on the team's board.")


class CallOver(Conflict):
    code = "call_over"
    sentence = _("This call has ended. Thank you for offering to help!")


class NotReached(Forbidden):
    code = "not_reached"
    sentence = _("This call is for teams of another area or another kind of service.")


class AlreadyApplied(Conflict):
    code = "already_applied"
    sentence = _("Your team has offered to take this already. The office will tell you.")


class PrivateIsNotCalled(Conflict):
    code = "private_is_not_called"
    sentence = _("A private order is offered to one team at a time, not put before all.")


class NoCallToEnd(Conflict):
    code = "no_call_to_end"
    sentence = _("No call is open any more.")


class AnswerUnknown(Conflict):
    code = "answer_unknown"
    sentence = _("This team's offer does not stand any more. Choose another one.")


class OfferedBeforeChange(Conflict):
    code = "offered_before_change"
    sentence = _(
        "%(team)s offered before the wish was changed. It has been told, and can be chosen once it offers anew."
    )


def open_call(
    *,
    actor: Actor,
    at: datetime,
    order: Order,
    area: Place,
    way: str,
    until: datetime,
    part: WorkPart | None = None,
) -> OpenCall:
    """Put the order, or one part of it, before all teams that serve it and whose place lies in the area.

    Teams that have another part of it are not asked: who can do both needs no split.

    Raises:
        NotYourQueue, PartMissing, CallTimeRefused, CallAreaRefused, NobodyReached, OrderMovedOn, PrivateIsNotCalled.
    """
    require_handling(actor=actor, order=order)
    if order.is_private:
        raise PrivateIsNotCalled
    try:
        check_call_end(until=until, at=at)
    except BadWish as bad:
        raise CallTimeRefused(reason=bad.code) from bad
    if area not in areas_to_call(order=order):
        raise CallAreaRefused
    part_id = part.pk if part else None
    with act():
        lock_share(order=order, part_id=part_id)
        own = own_move(order, "call", part_id=part_id)
        teams = reached_teams(order=order, category=(part or order).category_id, area_id=area.pk)
        if not teams:
            raise NobodyReached
        call = OpenCall.objects.create(
            order=order, part=part, area=area, way=CallWay(way), until=until, opened_at=at,
            opened_by_id=actor.account_id,
        )  # fmt: skip
        _put_before(actor, at, order, own, call, teams)
        tell_resident(kind="order_called_to_resident", order=order, at=at)
    return call


def shorten_call(*, call: OpenCall, until: datetime) -> None:
    """Let an open call end sooner, because its order came to press; the offers that stand are chosen from then.

    Runs in the transaction of the step that marked the order, whose row it holds. A time limit asks for it.
    """
    call.until = until
    call.save(update_fields=["until"])


def widen_call(*, at: datetime, call_id: int, lasting: timedelta) -> OpenCall | None:
    """Call again where nobody answered: in the next wider area that has more teams, for as long as before.

    `lasting` is how long its clock ran: where the order came to press meanwhile, less than it was opened for.
    Returns the new call, or nothing where there is no such area, or somebody has offered. A time limit asks for it.

    Raises:
        NotFound, OrderMovedOn.
    """
    found = OpenCall.objects.filter(pk=call_id).first()
    if found is None:
        raise NotFound
    with act():
        order, call = lock_call(found)
        if call.state != CallState.OPEN or has_offers(call):
            return None
        area, teams = _wider(order, call)
        if area is None:
            return None
        stop_calling(SYSTEM, at, call, order, "")
        wider = OpenCall.objects.create(
            order=order, part=call.part, area=area, way=call.way, until=at + lasting,
            opened_at=at, opened_by_id=call.opened_by_id,
        )  # fmt: skip
        _put_before(SYSTEM, at, order, own_move(order, "call", part_id=call.part_id), wider, teams)
    return wider


def _wider(order: Order, call: OpenCall) -> tuple[Place | None, list[int]]:
    """Return the nearest area of the county above that of a call where more teams are reached, and those teams."""
    kind = call.work.category_id
    before = len(reached_teams(order=order, category=kind, area_id=call.area_id))
    areas = areas_to_call(order=order)
    now = next((nth for nth, area in enumerate(areas) if area.pk == call.area_id), 0)
    for area in reversed(areas[:now]):
        teams = reached_teams(order=order, category=kind, area_id=area.pk)
        if len(teams) > before:
            return area, teams
    return None, []


def _put_before(
    actor: Actor, at: datetime, order: Order, move: Move, call: OpenCall, teams: list[int]
) -> None:
    order.called_until = call.until
    pass_door(order=order, actor=actor, at=at, moves=[move])
    order.called_until = None
    tell_leaders(team_ids=teams, kind="order_called", order=order, at=at)


def claim_call(
    *, actor: Actor, at: datetime, call: OpenCall, team: Team, seen: int | None = None
) -> Assignment:
    """Take an order that was called "first come" (抢单): one team wins, all others are told who was faster.

    `seen` is the turn at which the leader read what is asked for.

    Raises:
        NotYourTeam, NotReached, TeamTakesNoOrders, YoursAlready, CallTaken, CallOver, WishChanged, TeamHasPart,
        OrderMovedOn.
    """
    _require_reach(actor, call, team)
    with act():
        hold_active_team(team=team)
        order, call = lock_call(call)
        _require_open(call, CallWay.FIRST_COME, team, at)
        require_wish_seen(order=order, seen=seen)
        require_free_for(order=order, team=team)
        CallAnswer.objects.create(
            call=call, team=team, state=AnswerState.WON, answered_at=at, answered_by_id=actor.account_id
        )
        assignment = _give(actor, at, call, order, team, verbs=("claim", "accept"))
        tell_dispatchers(kind="order_claimed", order=order, at=at, **of_team(team))
    return assignment


def apply_for_call(
    *, actor: Actor, at: datetime, call: OpenCall, team: Team, words: str = "", seen: int | None = None
) -> CallAnswer:
    """Offer to take an order that was called "best fit", with a sentence why; `seen` as for `claim_call`.

    What a team offered before the wish was changed it may offer anew, as long as nobody is chosen: the former offer is
    taken back with it.

    Raises:
        NotYourTeam, NotReached, TeamTakesNoOrders, YoursAlready, CallTaken, CallOver, WishChanged, TeamHasPart,
        AlreadyApplied.
    """
    _require_reach(actor, call, team)
    with act():
        hold_active_team(team=team)
        order, call = lock_call(call)
        former = outdated(call.answers.filter(team=team))
        if not former.update(state=AnswerState.TAKEN_BACK, taken_back_at=at, taken_back_by=actor.account_id):
            _require_open(call, CallWay.BEST_FIT, team, at)
        require_wish_seen(order=order, seen=seen)
        require_free_for(order=order, team=team)
        if call.answers.filter(team=team, state=AnswerState.APPLIED).exists():
            raise AlreadyApplied
        answer = CallAnswer.objects.create(
            call=call, team=team, state=AnswerState.APPLIED, words=words, answered_at=at,
            answered_by_id=actor.account_id,
        )  # fmt: skip
        record(
            actor=actor, at=at, verb="order.apply", subject=("order", order.pk), place_id=order.holder_place_id,
            county_id=order.county_id, team=team.pk,
        )  # fmt: skip
        tell_dispatchers(kind="order_applied", order=order, at=at, **of_team(team))
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return answer


def pick_team(
    *, actor: Actor, at: datetime, order: Order, team: Team, part: WorkPart | None = None
) -> Assignment:
    """Choose one of the teams that offered; it agreed when it offered, so it has the order, or the part, now.

    Raises:
        NotYourQueue, TeamTakesNoOrders, NoCallToEnd, AnswerUnknown, OfferedBeforeChange, TeamHasPart, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    with act():
        hold_active_team(team=team)
        call = _live_call(order, part)
        order, call = lock_call(call)
        if call.state not in LIVE_CALL:
            raise NoCallToEnd
        require_free_for(order=order, team=team)
        if outdated(call.answers.filter(team=team)).exists():
            raise OfferedBeforeChange(team=team.shown_name)
        chosen = call.answers.filter(team=team, state=AnswerState.APPLIED).update(state=AnswerState.WON)
        if chosen != 1:
            raise AnswerUnknown
        assignment = _give(actor, at, call, order, team, verbs=("pick", "pick"))
        tell_leader(team_id=team.pk, kind="order_picked", order=order, at=at)
    return assignment


def end_call(
    *, actor: Actor, at: datetime, order: Order, part: WorkPart | None = None, words: str = ""
) -> Order:
    """Stop calling; the order, or the part, waits for the dispatcher again.

    Raises:
        NotYourQueue, NoCallToEnd, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    with act():
        order, call = lock_call(_live_call(order, part))
        if call.state not in LIVE_CALL:
            raise NoCallToEnd
        stop_calling(actor, at, call, order, words)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return order


def expire_call(*, at: datetime, call_id: int) -> CallState:
    """End a call whose time is over; where teams have offered, ask the dispatcher to choose. Returns how it stands.

    Done twice it does nothing the second time. Raises NotFound.
    """
    found = OpenCall.objects.filter(pk=call_id).first()
    if found is None:
        raise NotFound
    with act():
        order, call = lock_call(found)
        if call.state != CallState.OPEN or call.until > at:
            return CallState(call.state)
        if has_offers(call):
            call.state = CallState.CHOOSING
            call.save(update_fields=["state"])
            tell_dispatchers(kind="order_to_choose", order=order, at=at)
            return CallState.CHOOSING
        stop_calling(SYSTEM, at, call, order, "")
        tell_dispatchers(kind="order_call_ended", order=order, at=at)
        return CallState.ENDED


def has_offers(call: OpenCall) -> bool:
    """Tell whether a team would take it: what was taken back counts for nothing."""
    return call.answers.filter(state=AnswerState.APPLIED).exists()


def drop_call(*, order: Order, at: datetime) -> None:
    """End each live call of an order that was cancelled or merged; the order's step has passed the door already."""
    for call in OpenCall.objects.filter(order=order, state__in=sorted(LIVE_CALL)):
        _close(call, order, CallState.ENDED, at)


def stop_calling(actor: Actor, at: datetime, call: OpenCall, order: Order, words: str) -> None:
    """Take the step through the door and end the call; its row of the order is locked."""
    own = own_move(order, "end_call", part_id=call.part_id)
    pass_door(order=order, actor=actor, at=at, moves=[own], words=words)
    _close(call, order, CallState.ENDED, at)


def _close(call: OpenCall, order: Order, state: CallState, at: datetime) -> None:
    """End the call, and tell whoever offered in vain: no team keeps people free for what will not come."""
    in_vain = call.answers.filter(state=AnswerState.APPLIED)
    teams = list(in_vain.values_list("team", flat=True))
    in_vain.update(state=AnswerState.PASSED_OVER)
    call.state, call.ended_at = state, at
    call.save(update_fields=["state", "ended_at"])
    tell_leaders(team_ids=teams, kind="order_passed_over", order=order, at=at)


def _give(
    actor: Actor, at: datetime, call: OpenCall, order: Order, team: Team, *, verbs: tuple[str, str]
) -> Assignment:
    """Make the assignment of the team that won, which has agreed already; `verbs` are its own and the order's."""
    assignment = Assignment.objects.create(
        order=order, part=call.part, team=team, state=AssignmentState.ACCEPTED, offered_at=call.opened_at,
        offered_by_id=call.opened_by_id, answered_at=at,
    )  # fmt: skip
    OrderParty.objects.bulk_create([OrderParty(order=order, team=team, since=at)], ignore_conflicts=True)
    moves = [
        Move(Machine.ASSIGNMENT, verbs[0], "", assignment_id=assignment.pk, team_id=team.pk),
        own_move(order, verbs[1], part_id=call.part_id, team_id=team.pk),
    ]
    pass_door(order=order, actor=actor, at=at, moves=moves)
    _close(call, order, CallState.TAKEN, at)
    tell_resident(kind="order_accepted", order=order, at=at, **of_team(team))
    return assignment


def _require_reach(actor: Actor, call: OpenCall, team: Team) -> None:
    require_leading(actor=actor, team_id=team.pk)
    if not is_reached(call=call, team_id=team.pk):
        raise NotReached


def _require_open(call: OpenCall, way: CallWay, team: Team, at: datetime) -> None:
    """Say politely who was faster, one's own team among them, or that the time is over."""
    won = call.answers.filter(state=AnswerState.WON).select_related("team").first()
    if won is not None and won.team_id == team.pk:
        raise YoursAlready(team=team.shown_name)
    if won is not None:
        raise CallTaken(team=won.team.shown_name)
    if call.state != CallState.OPEN or call.until <= at or call.way != way:
        raise CallOver


def _live_call(order: Order, part: WorkPart | None) -> OpenCall:
    call = OpenCall.objects.filter(order=order, part=part, state__in=sorted(LIVE_CALL)).first()
    if call is None:
        raise NoCallToEnd
    return call


def lock_call(call: OpenCall) -> tuple[Order, OpenCall]:
    """Lock the order's row, then read the call again: what was read before may be old."""
    rows = Order.unscoped.select_related("project", "category").select_for_update(of=("self",))
    order = rows.get(pk=call.order_id)
    return order, OpenCall.objects.select_related("part").get(pk=call.pk)
