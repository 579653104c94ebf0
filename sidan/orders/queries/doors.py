"""The visits to an order that are ahead or under way, each with the code that the resident shows at the door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sidan.attendance.queries import present_code
from sidan.orders.enums import AssignmentState, VisitState
from sidan.orders.models import Order, OrderPoint, Visit, WorkPart


@dataclass(frozen=True, slots=True)
class DoorCode:
    """Six digits for one visit; of an order that was split, for which part."""

    visit: Visit
    digits: str

    @property
    def part(self) -> WorkPart | None:
        """The part that this visit is for; nothing where one team does all of it."""
        return self.visit.assignment.part


def visits_ahead(*, order: Order) -> list[Visit]:
    """Return the visits that are planned or under way, soonest first: of an order that was split one a part."""
    rows = Visit.objects.filter(
        assignment__order=order,
        assignment__state=AssignmentState.ACCEPTED,
        state__in=[VisitState.PLANNED, VisitState.UNDER_WAY],
    )
    return list(
        rows.select_related("assignment__part__category", "assignment__team").order_by("planned_from", "id")
    )


def door_codes(*, order: Order, at: datetime) -> list[DoorCode]:
    """Return the present code of every visit that is ahead or under way, soonest first."""
    return codes_for(visits=visits_ahead(order=order), at=at)


def codes_for(*, visits: Iterable[Visit], at: datetime) -> list[DoorCode]:
    """Return the present code of those of some visits that are ahead or under way."""
    return [
        DoorCode(visit=visit, digits=present_code(cause_uuid=str(visit.uuid), at=at))
        for visit in visits
        if visit.is_ahead
    ]


def door_code(*, order: Order, at: datetime, part: str) -> DoorCode | None:
    """Return the code of one visit: that of the part with this id, or of the order that was not split."""
    codes = door_codes(order=order, at=at)
    return next((each for each in codes if part == (str(each.part.uuid) if each.part else "")), None)


def point_of(*, order: Order) -> OrderPoint | None:
    """Return where the door of an order is, if somebody has pinned it."""
    return OrderPoint.objects.filter(order=order).first()
