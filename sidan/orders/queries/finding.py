"""Finding one order, assignment or visit to act on: always within the scope, otherwise it is simply not there."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.attendance.models import Mark
from sidan.attendance.queries import STANDS
from sidan.core.compiled import Compiled
from sidan.core.errors import Conflict, DomainError, NotFound
from sidan.core.ids import BadNumber, parse_number
from sidan.core.scope import current_scope
from sidan.orders.enums import LIVE_ASSIGNMENT, AssignmentState, Machine, OrderState, VisitState, WishPart
from sidan.orders.models import Assignment, AssignmentMember, Order, OrderChange, OrderStep, Visit


class NoOpenOffer(Conflict):
    code = "no_open_offer"
    sentence = _("This offer is no longer open; it was answered or withdrawn.")


class NotYoursNow(Conflict):
    code = "not_yours_now"
    sentence = _("Your team does not hold this order at present.")


class ShareOver(NotYoursNow):
    """The share that is named has ended; of the same order the team may have another one by now."""

    code = "share_over"
    sentence = _(
        "This task has ended. If your team has the order again, that is a task of its own: open it from the list."
    )


def _orders() -> QuerySet[Order]:
    return Order.objects.select_related("project", "category")


_NUMBER: Final = "000000000"
_UUID: Final = UUID(int=0)
# Every act on an order begins with one of these, so they are built once and not at every request.
_BY_NUMBER: Final = Compiled(lambda number: _orders().filter(number=number), number=_NUMBER)
_BY_UUID: Final = Compiled(lambda uuid: _orders().filter(uuid=uuid), uuid=_UUID)


def _assignments(uuid: UUID) -> QuerySet[Assignment]:
    """Of orders in sight; and the offer of a private one to its team's leader, who sees the order after accepting."""
    seen = Q(_in_sight("order"))
    person_id = current_scope().person_id
    if person_id is not None:
        seen |= Q(order__is_private=True, state=AssignmentState.OFFERED, team__leader=person_id)
        seen |= Assignment.seen_through_q() & Q(_goes(person_id, "pk"))
    return Assignment.objects.select_related(
        "order__project", "order__category", "order__origin_place__parent", "team", "part__category"
    ).filter(seen, uuid=uuid)


def _visits(uuid: UUID) -> QuerySet[Visit]:
    """Of orders in sight; and what was under way when a team was dissolved, to who is there: they see it through."""
    seen = Q(_in_sight("assignment__order"))
    person_id = current_scope().person_id
    if person_id is not None:
        seen |= Assignment.seen_through_q("assignment__") & Q(_goes(person_id, "assignment"))
    return Visit.objects.select_related(
        "assignment__order__project",
        "assignment__order__category",
        "assignment__team",
        "assignment__part__category",
    ).filter(seen, uuid=uuid)


def _in_sight(order: str) -> Exists:
    """Asked of the one order: as one of several conditions, `order__in` would read every order there is."""
    return Exists(Order.objects.order_by().filter(pk=OuterRef(order)))


def _goes(person_id: int, assignment: str) -> Exists:
    """Whoever is named to go for a team that is no more belongs to no team any more."""
    named = AssignmentMember.objects.filter(person=person_id, removed_at=None)
    return Exists(named.filter(assignment=OuterRef(assignment)))


_ASSIGNMENT: Final = Compiled(_assignments, uuid=_UUID)
_VISIT: Final = Compiled(_visits, uuid=_UUID)


def order_by_number(*, number: str) -> Order:
    """Find an order by the number people read out. Raises NotFound."""
    try:
        plain = parse_number(number)
    except BadNumber as bad:
        raise NotFound from bad
    return _one(_BY_NUMBER.first(number=plain))


def order_by_uuid(*, uuid: UUID) -> Order:
    """Find an order by its public id. Raises NotFound."""
    return _one(_BY_UUID.first(uuid=uuid))


def assignment_by_uuid(*, uuid: UUID) -> Assignment:
    """Find an assignment whose order is in scope, order and team read with it in one statement.

    Raises:
        NotFound
        NoOpenOffer, NotYoursNow: one's own team had it, and no longer sees the order.
    """
    found = _ASSIGNMENT.first(uuid=uuid)
    if found is None:
        raise _gone(Assignment.objects.filter(uuid=uuid))
    return found


def visit_by_uuid(*, uuid: UUID) -> Visit:
    """Find a visit whose order is in scope. Raises as `assignment_by_uuid`."""
    found = _VISIT.first(uuid=uuid)
    if found is None:
        raise _gone(Assignment.objects.filter(visits__uuid=uuid))
    return found


def visit_of_mark(*, mark: Mark) -> Visit:
    """Return the visit to which a coming or going belongs, if its order is in scope. Raises NotFound."""
    rows = Visit.objects.select_related("assignment__order", "assignment__team")
    found = rows.filter(cause=mark.cause_id, assignment__order__in=Order.objects.all()).first()
    if found is None:
        raise NotFound
    return found


def visits_of_order(*, order: Order) -> list[Visit]:
    """Return the visits of an order, oldest first."""
    rows = Visit.objects.select_related("assignment__order", "assignment__team")
    return list(rows.filter(assignment__order=order).order_by("id"))


def orders_of_causes(*, cause_ids: Collection[int]) -> dict[int, Order]:
    """Return the orders in scope whose visits some causes are: one query."""
    rows = Visit.objects.filter(
        cause__in=cause_ids, assignment__order__in=Order.objects.order_by().values("pk")
    )
    return {visit.cause_id: visit.assignment.order for visit in rows.select_related("assignment__order")}


def named_person_ids(*, assignment_id: int) -> set[int]:
    """Return who is named for an assignment now. Plain SQL because every mark at a door asks it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM orders_assignmentmember WHERE assignment_id = %s AND removed_at IS NULL",
            [assignment_id],
        )
        return {row[0] for row in cursor.fetchall()}


def named_when_called_off(*, visit: Visit) -> set[int]:
    """Return who was named for a visit when it was called off: names that are taken off with it count."""
    steps = OrderStep.objects.filter(
        order=visit.assignment.order_id,
        machine=Machine.VISIT,
        visit_id=visit.pk,
        to_state=VisitState.CALLED_OFF,
    )
    ended = steps.values("at")[:1]
    members = visit.assignment.members.filter(
        Q(removed_at=None) | Q(removed_at__gte=ended), named_at__lte=ended
    )
    return set(members.values_list("person_id", flat=True))


def named_person_id(*, visit: Visit, uuid: UUID) -> int:
    """Return who of those named for a visit has this public id. Raises NotFound."""
    found = visit.assignment.members.filter(person__uuid=uuid, removed_at=None).values_list(
        "person", flat=True
    )
    if not found:
        raise NotFound
    return int(found[0])


def was_ever_named(*, assignment: Assignment, person_id: int) -> bool:
    """Tell whether a person is named for an assignment, or was: a telephone may have kept a time from before."""
    return assignment.members.filter(person=person_id).exists()


def own_marks(*, cause_ids: Collection[int], person_id: int) -> set[tuple[int, str]]:
    """Return to which of some visits a person has come, and from which gone: one query."""
    rows = Mark.objects.filter(STANDS, cause__in=cause_ids, person=person_id)
    return set(rows.values_list("cause", "direction"))


def visits_to_tell(*, uuids: Collection[UUID], person_id: int) -> dict[UUID, Visit]:
    """Return visits that a person's telephone may tell of: those they are or were named for, whoever has them now."""
    rows = Visit.objects.select_related("assignment__order", "assignment__team")
    found = rows.filter(uuid__in=uuids, assignment__members__person=person_id).distinct()
    return {visit.uuid: visit for visit in found}


SERVED: Final = frozenset({OrderState.DONE, OrderState.CLOSED})


def live_assignment(*, order: Order) -> Assignment | None:
    """Return the assignment that is offered or accepted, with its team and leader; of an order done, the last one.

    Of an order that was opened again the finished one belongs to an earlier round: nothing of it is agreed any more.
    """
    told = ["offered", "accepted", "finished"] if order.state in SERVED else ["offered", "accepted"]
    return (
        order.assignments.filter(state__in=told)
        .select_related("team__leader", "order")
        .order_by("-id")
        .first()
    )


def live_visit(*, assignment: Assignment) -> Visit | None:
    """Return the visit that is planned or under way; of an assignment that has ended the last one done.

    A team that still holds the order after a visit has one more before it: the former one is not the one to look at.
    """
    return live_visits(assignments=[assignment]).get(assignment.pk)


def live_visits(*, assignments: Collection[Assignment]) -> dict[int, Visit]:
    """Return the same of several, by the id of the assignment: one query."""
    held = {each.pk for each in assignments if each.state == AssignmentState.ACCEPTED}
    told = [VisitState.PLANNED, VisitState.UNDER_WAY, VisitState.DONE]
    rows = Visit.objects.select_related("cause", "assignment").filter(
        assignment__in=assignments, state__in=told
    )
    # What is planned or under way stands after what is done, the latest last.
    visits = sorted(rows, key=lambda visit: (visit.state != VisitState.DONE, visit.pk))
    return {
        visit.assignment_id: visit
        for visit in visits
        if visit.state != VisitState.DONE or visit.assignment_id not in held
    }


def visits_made(*, assignment: Assignment) -> int:
    """Return how many visits of an assignment are done."""
    return assignment.visits.filter(state="done").count()


def changed_since(*, order: Order, turn: int) -> set[WishPart]:
    """Return what was changed about a wish since somebody read it at a turn."""
    changes = OrderChange.objects.filter(step__order=order, step__turn__gt=turn)
    told = changes.values_list("wished_from_before", "people_before", "need_changed", "contact_changed")
    return {part for row in told for part, is_other in zip(WishPart, row, strict=True) if is_other}


def _gone(rows: QuerySet[Assignment]) -> DomainError:
    """Say what became of an assignment out of sight: whose own team had it reads that, all others nothing.

    The team that comes second has the card open still; "not found" would leave it wondering.
    """
    team_ids = current_scope().team_ids
    had = rows.filter(team__in=team_ids).exclude(state__in=LIVE_ASSIGNMENT).first() if team_ids else None
    if had is None:
        return NotFound()
    was_taken = had.answered_at is not None and had.state != AssignmentState.DECLINED
    return NotYoursNow() if was_taken else NoOpenOffer()


def _one(order: Order | None) -> Order:
    if order is None:
        raise NotFound
    return order
