"""Requests to take an order over: what a team is asked, what it asked, whom it may ask."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from sidan.core.errors import NotFound
from sidan.orders.enums import AssignmentState, Reason, TakeOverState, VisitState
from sidan.orders.models import Assignment, Order, TakeOver, Visit
from sidan.orders.policies import veiled
from sidan.orders.queries.page import known_of
from sidan.orders.queries.proposals import Proposal, proposed_teams
from sidan.orders.states import BEFORE_A_VISIT
from sidan.people.enums import TeamState

MOST: Final = 100
TO_ASK: Final = 12


def take_overs_asked(*, team_ids: Iterable[int], at: datetime) -> list[TakeOver]:
    """Return what these teams are asked to take over, what ends first above: two queries.

    They read what is wanted, where and when; who it is they read when they have it.
    """
    visits = Visit.objects.filter(state=VisitState.PLANNED)
    rows = TakeOver.objects.filter(to_team__in=list(team_ids), state=TakeOverState.OPEN, until__gt=at)
    return list(
        rows.select_related(
            "from_team",
            "to_team",
            "assignment__part__category",
            "order__project",
            "order__category",
            "order__origin_place__parent",
            "order__text",
            "order__requester",
        )
        .prefetch_related(Prefetch("assignment__visits", visits, to_attr="live_visits"))
        .order_by("until", "id")[:MOST]
    )


def said_to_asked(*, asked: TakeOver) -> str:
    """Return why a team asks as the other reads it before it has the order: names and house numbers are hidden."""
    return veiled(asked.words, **known_of(order=asked.order)) if asked.words else ""


def take_over_by_uuid(*, uuid: UUID, team_ids: Iterable[int]) -> TakeOver:
    """Find a request, whatever became of it, that one of these teams asked or is asked. Raises NotFound."""
    ids = list(team_ids)
    found = (
        TakeOver.objects.filter(Q(to_team__in=ids) | Q(from_team__in=ids), uuid=uuid)
        .select_related("from_team", "to_team", "order")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def open_take_over(*, assignment: Assignment) -> TakeOver | None:
    """Return the request of one team's share of an order that waits for an answer: a share has one at a time."""
    return open_take_overs(order=assignment.order).filter(assignment=assignment).first()


def open_take_overs(*, order: Order) -> QuerySet[TakeOver]:
    """Return the requests of this order that wait for an answer, the oldest first: of a split one each team's own."""
    rows = TakeOver.objects.filter(order=order, state=TakeOverState.OPEN)
    return rows.select_related("order", "from_team", "to_team", "assignment__part__category").order_by("id")


def teams_to_ask(*, assignment: Assignment) -> list[Proposal]:
    """Return the teams that may be asked to take an assignment over, the nearest first; a private one none."""
    if assignment.order.is_private:
        return []
    order, kind = assignment.order, assignment.category_id
    found = proposed_teams(order=order, limit=TO_ASK + 1, category=kind).shown
    return [each for each in found if each.team.pk != assignment.team_id][:TO_ASK]


def reasons_to_take(*, share: Assignment, at: datetime) -> list[Reason]:
    """Return why the office may take a team's share back, as things are; nothing where it may not.

    It may where nobody is there and its time to call or to come is over; of a team that rests or is dissolved at once.
    The share is at hand with team, order and part.
    """
    if share.state != AssignmentState.ACCEPTED or share.standing not in BEFORE_A_VISIT:
        return []
    due_at = share.work.due_at
    is_over, serves = due_at is not None and due_at <= at, share.team.state == TeamState.ACTIVE
    causes = [*([Reason.OVERDUE] if is_over else []), *([] if serves else [Reason.TEAM_GONE])]
    return [*causes, Reason.NO_PEOPLE, Reason.OTHER] if causes else []


def take_overs_to_end(*, at: datetime) -> list[int]:
    """Return the requests whose time is over, oldest first."""
    rows = TakeOver.objects.filter(state=TakeOverState.OPEN, until__lte=at).order_by("until", "id")
    return list(rows.values_list("pk", flat=True)[:500])
