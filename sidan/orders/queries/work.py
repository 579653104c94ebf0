"""A team's board, a volunteer's tasks, a resident's own orders."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from sidan.attendance.queries import Presence, attended_by, presences_at
from sidan.orders.enums import (
    LIVE_ASSIGNMENT,
    AnswerState,
    AssignmentState,
    OrderState,
    TakeOverState,
    VisitState,
)
from sidan.orders.models import Assignment, AssignmentMember, CallAnswer, Order, TakeOver, Visit, WorkPart
from sidan.people.models import Team
from sidan.places.queries import working_times_of

COLUMNS: Final = ("to_take", "planned", "under_way", "to_report")
ON_A_CARD: Final = (
    "uuid", "state", "offered_at", "team__uuid", "team__name", "part__state", "part__words", "part__category__name",
    "part__category__name_en", "part__due_at", "part__half_at", "order__organisation_name",
    "order__number", "order__turn", "order__state", "order__is_private", "order__due_at", "order__half_at",
    "order__wished_from", "order__people_needed", "order__project__title", "order__project__title_en",
    "order__category__name", "order__category__name_en", "order__origin_place__short_name",
    "order__origin_place__name_en", "order__origin_place__parent__short_name",
    "order__origin_place__parent__name_en",
)  # fmt: skip
"""What a card of the board shows: a place and a project have a dozen columns more, some of them long."""


_STANDS: Final = Q(cause__marks__replaced_by=None) & ~Q(cause__marks__confirmation__is_right=False)
"""The marks of a visit that stand, as attendance has it."""


@dataclass(slots=True)
class Board:
    """The four columns of a team's board; each card is an assignment with its order, members and live visit."""

    to_take: list[Assignment] = field(default_factory=list)
    planned: list[Assignment] = field(default_factory=list)
    under_way: list[Assignment] = field(default_factory=list)
    to_report: list[Assignment] = field(default_factory=list)


def team_board(*, team_ids: tuple[int, ...]) -> Board:
    """Live assignments of some teams, sorted into columns: three queries whatever their number.

    "To report" are visits under way from which everybody who came has gone again.
    """
    board = Board()
    for card in _cards(team_ids):
        getattr(board, _column(card)).append(card)
    return board


def _cards(team_ids: tuple[int, ...]) -> QuerySet[Assignment]:
    visits = Visit.objects.filter(state__in=[VisitState.PLANNED, VisitState.UNDER_WAY]).annotate(
        came=Count("cause__marks", filter=_STANDS & Q(cause__marks__direction="in")),
        went=Count("cause__marks", filter=_STANDS & Q(cause__marks__direction="out")),
    )
    # Of a person nothing but the name: the rest would be decrypted for nobody.
    members = AssignmentMember.objects.filter(removed_at=None).select_related("person")
    named = members.only("assignment", "person__name")
    return (
        Assignment.objects.filter(
            team__in=team_ids, state__in=[AssignmentState.OFFERED, AssignmentState.ACCEPTED]
        )
        .select_related(
            "team", "part__category", "order__project", "order__category", "order__origin_place__parent"
        )
        .prefetch_related(
            Prefetch("visits", visits, to_attr="live_visits"), Prefetch("members", named, to_attr="named")
        )
        .only(*ON_A_CARD)
        .order_by("offered_at", "id")
    )


def _column(card: Assignment) -> str:
    if card.state == AssignmentState.OFFERED:
        return "to_take"
    visit = next(iter(card.live_visits), None)  # type: ignore[attr-defined] # set by the prefetch above
    if visit is None or visit.state == VisitState.PLANNED:
        return "planned"
    return "to_report" if visit.came and visit.came == visit.went else "under_way"


def my_tasks(*, person_id: int) -> QuerySet[Assignment]:
    """Accepted assignments one is named for, soonest visit first."""
    visits = Visit.objects.filter(state__in=[VisitState.PLANNED, VisitState.UNDER_WAY]).select_related(
        "cause"
    )
    return (
        Assignment.objects.filter(
            members__person=person_id, members__removed_at=None, state=AssignmentState.ACCEPTED
        )
        .select_related("team", "part__category", "order__project", "order__category", "order__origin_place")
        .prefetch_related(Prefetch("visits", visits, to_attr="live_visits"))
        .order_by("id")
    )


def my_past_tasks(*, person_id: int) -> QuerySet[Assignment]:
    """What one was named for and is over, and where one has been, whatever became of it afterwards.

    What the team gave back or another one took over is not named any more, but whoever was there was there. Paged by
    keyset over id, newest first.
    """
    named = AssignmentMember.objects.filter(person=person_id, removed_at=None)
    there = Visit.objects.filter(cause__in=attended_by(person_id=person_id).values("cause"))
    mine = named.order_by().values_list("assignment").union(there.order_by().values_list("assignment"))
    done = Q(state__in=[AssignmentState.FINISHED, AssignmentState.FAILED])
    rows = Assignment.objects.filter(pk__in=mine).filter(done | Q(pk__in=there.values("assignment")))
    return (
        rows.exclude(state__in=sorted(LIVE_ASSIGNMENT))
        .select_related("team", "part__category", "order__project", "order__category", "order__origin_place")
        .annotate(is_mine=Exists(named.filter(assignment=OuterRef("pk"))))
    )


def times_there(*, person_id: int, tasks: Iterable[Assignment]) -> dict[int, list[Presence]]:
    """Return when one was there, by task: two queries, however many tasks."""
    causes = dict(Visit.objects.filter(assignment__in=list(tasks)).values_list("cause", "assignment"))
    found: dict[int, list[Presence]] = {}
    for each in presences_at(cause_ids=causes):
        if each.person_id == person_id:
            found.setdefault(causes[each.cause_id], []).append(each)
    return found


def my_orders(*, person_id: int) -> QuerySet[Order]:
    """A resident's own orders; paged by keyset over id, newest first."""
    return Order.objects.filter(requester=person_id).select_related("project", "category", "merge")


def my_waiting_orders(*, person_id: int) -> list[Order]:
    """One's own orders that wait for one's word, the longest waiting first; nobody has many."""
    rows = my_orders(person_id=person_id).filter(state=OrderState.DONE)
    return list(rows.order_by("state_since", "id")[:20])


def open_load(*, team_ids: list[int]) -> dict[int, int]:
    """How many live assignments each team has: shown beside the teams a dispatcher may choose."""
    rows = (
        Assignment.objects.filter(
            team__in=team_ids, state__in=[AssignmentState.OFFERED, AssignmentState.ACCEPTED]
        )
        .values_list("team")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def order_ids_of_team(*, team_id: int) -> list[int]:
    """Return the orders that wait for a team: it has them, is offered them or asked to take over, or would take them.

    In the order of their ids, in which whoever locks several of them does it.
    """
    live = Assignment.objects.filter(team=team_id, state__in=sorted(LIVE_ASSIGNMENT))
    asked = TakeOver.objects.filter(to_team=team_id, state=TakeOverState.OPEN)
    offers = CallAnswer.objects.filter(team=team_id, state=AnswerState.APPLIED)
    rows = live.values_list("order").union(asked.values_list("order"), offers.values_list("call__order"))
    return sorted(order_id for (order_id,) in rows)


def members_to_choose(*, team: Team) -> list[tuple[str, str]]:
    """Present members of a team as (uuid, name), by name."""
    rows = (
        team.memberships.filter(left_on=None).select_related("person").order_by("person__pinyin", "person_id")
    )
    return [(str(row.person.uuid), row.person.name) for row in rows]


def waiting_for_review(*, person_id: int) -> int:
    """How many of one's own orders wait for one's word."""
    return Order.objects.filter(requester=person_id, state=OrderState.DONE).count()


def agreed_end(*, order: Order, part: WorkPart | None) -> datetime | None:
    """Return when the visit ends on whose time one has agreed for an order, or for one part of it; none is planned."""
    planned = Visit.objects.filter(assignment__order=order, assignment__part=part, state=VisitState.PLANNED)
    return planned.order_by("-planned_to").values_list("planned_to", flat=True).first()


def visit_waits_until(*, order: Order, part: WorkPart | None) -> datetime | None:
    """Return from when nobody came to an agreed visit: the office opens next after it; none is planned.

    Whoever was at the door without network sends what is proven of it later that day.
    """
    agreed = agreed_end(order=order, part=part)
    if agreed is None:
        return None
    place_id = order.holder_place_id
    return working_times_of(place_ids=[place_id])[place_id].next_opening(agreed)
