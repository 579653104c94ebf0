"""A team is dissolved: what it had goes back to the office, which finds another one.

The team's row is held by who dissolves it; then the orders are locked one after another, and each is read again: who
took an order on a moment before had held the team, and what they took is found here.
"""

from datetime import datetime

from sidan.core.actor import SYSTEM
from sidan.orders.enums import LIVE_ASSIGNMENT, AnswerState, AssignmentState, Reason, TakeOverState
from sidan.orders.models import Assignment, CallAnswer, Order, TakeOver
from sidan.orders.notices import of_team, tell_dispatchers, tell_leader
from sidan.orders.operations.calling import lock_call
from sidan.orders.operations.door import lock_order
from sidan.orders.operations.handling import withdraw_share
from sidan.orders.operations.offering import drop_offer
from sidan.orders.operations.passing import end_request, take_share_back
from sidan.orders.queries.work import order_ids_of_team
from sidan.orders.states import BEFORE_A_VISIT
from sidan.people.enums import TeamState
from sidan.people.models import Team


def return_all_of_team(*, at: datetime, team_id: int) -> None:
    """Take back what a dissolved team has, was offered, offered for, or is asked to take over.

    A visit that is under way stays with those who are there; the office is told. Runs inside the transaction in which
    the team is dissolved; done twice it does nothing the second time.
    """
    for order_id in order_ids_of_team(team_id=team_id):
        order = lock_order(order_id=order_id)
        _answer_requests(order, team_id, at)
        _return_shares(order, team_id, at)
        _drop_offers(order, team_id, at)


def return_if_dissolved(*, at: datetime, order: Order, share: Assignment) -> bool:
    """Take an order back after a visit that was under way when its team was dissolved; tells whether it was."""
    if not Team.objects.filter(pk=share.team_id, state=TeamState.DISSOLVED).exists():
        return False
    share.order = order
    _return(share, order, at)
    return True


def _answer_requests(order: Order, team_id: int, at: datetime) -> None:
    """Say no to who asked this team: they keep the order."""
    rows = TakeOver.objects.filter(order=order, to_team=team_id, state=TakeOverState.OPEN)
    for asked in rows.select_related("assignment").order_by("id"):
        end_request(SYSTEM, at, asked, order, TakeOverState.DECLINED, reason=Reason.TEAM_GONE)
        tell_leader(team_id=asked.from_team_id, kind="take_over_declined", order=order, at=at)


def _return_shares(order: Order, team_id: int, at: datetime) -> None:
    live = order.assignments.filter(team=team_id, state__in=sorted(LIVE_ASSIGNMENT))
    for share in live.select_related("team", "part__category").order_by("id"):
        share.order = order
        if share.state == AssignmentState.OFFERED or share.standing in BEFORE_A_VISIT:
            _return(share, order, at)
        else:
            kind = "order_under_way_of_dissolved"
            tell_dispatchers(kind=kind, order=order, at=at, **of_team(share.team))


def _return(share: Assignment, order: Order, at: datetime) -> None:
    if share.state == AssignmentState.OFFERED:
        withdraw_share(SYSTEM, at, order, share, reason=Reason.TEAM_GONE)
    else:
        kind = "order_of_dissolved_team"
        take_share_back(SYSTEM, at, order, share, reason=Reason.TEAM_GONE, kind=kind)
    tell_dispatchers(kind="order_back_from_dissolved", order=order, at=at, **of_team(share.team))


def _drop_offers(order: Order, team_id: int, at: datetime) -> None:
    """Take back what the team offered in calls that are not decided."""
    rows = CallAnswer.objects.filter(call__order=order, team=team_id, state=AnswerState.APPLIED)
    for offer in rows.select_related("call", "team").order_by("id"):
        found, call = lock_call(offer.call)
        drop_offer(SYSTEM, at, found, call, offer)
