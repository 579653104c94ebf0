"""The parts of an order that was split: who has each, when they come, who could take what waits."""

from dataclasses import dataclass
from uuid import UUID

from sidan.core.errors import NotFound
from sidan.orders.enums import FREE_PART, LIVE_ASSIGNMENT, LIVE_CALL, WAITING_PART, AssignmentState
from sidan.orders.models import Assignment, OpenCall, Order, Visit, WorkPart
from sidan.orders.queries.finding import live_visits
from sidan.orders.queries.page import NamedMember, members_named

_SHOWN = sorted({*LIVE_ASSIGNMENT, AssignmentState.FINISHED})


@dataclass(frozen=True, slots=True)
class PartShare:
    """One part with the team that was offered it, has it or has done it; nobody while it waits or is called openly."""

    part: WorkPart
    assignment: Assignment | None
    visit: Visit | None
    members: list[NamedMember]
    call: OpenCall | None = None

    @property
    def is_free(self) -> bool:
        """Whether no team has it, or was offered it, or has done it."""
        return self.part.state in FREE_PART

    @property
    def waits(self) -> bool:
        """Whether the dispatcher must find a team."""
        return self.part.state in WAITING_PART

    @property
    def title(self) -> str:
        """What this part is, in the fewest words."""
        return self.part.shown_title


def parts_of(*, order: Order) -> list[PartShare]:
    """Return the parts of an order in their order, in five queries; in one, none where it was not split."""
    parts = list(WorkPart.objects.filter(order=order, ended_at=None).select_related("category"))
    if not parts:
        return []
    rows = Assignment.objects.filter(part__in=parts, state__in=_SHOWN).select_related(
        "team", "order", "part__category"
    )
    latest = {share.part_id: share for share in rows.order_by("id")}
    visits = live_visits(assignments=list(latest.values()))
    members = members_named(assignment_ids=[share.pk for share in latest.values()])
    calls = OpenCall.objects.filter(part__in=parts, state__in=sorted(LIVE_CALL)).select_related("area")
    called = {call.part_id: call for call in calls}
    return [
        PartShare(part=part, assignment=share, visit=visits.get(share.pk), members=members.get(share.pk, []))
        if (share := latest.get(part.pk))
        else PartShare(part=part, assignment=None, visit=None, members=[], call=called.get(part.pk))
        for part in parts
    ]


def part_by_uuid(*, order: Order, uuid: UUID) -> WorkPart:
    """Find a part of this order. Raises NotFound."""
    found = WorkPart.objects.select_related("category").filter(order=order, uuid=uuid, ended_at=None).first()
    if found is None:
        raise NotFound
    return found
