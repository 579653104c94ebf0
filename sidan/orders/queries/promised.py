"""The visits to which people are named, for whoever asks for the same time."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext

from sidan.core.promised import Promise
from sidan.orders.enums import AssignmentState, VisitState
from sidan.orders.models import AssignmentMember


def visits_promised(person_ids: Collection[int], begins: datetime, ends: datetime) -> Iterator[Promise]:
    """Return the visits ahead of some people that overlap a time; nothing of the order is told."""
    rows = AssignmentMember.objects.filter(
        person__in=person_ids, removed_at=None, assignment__state=AssignmentState.ACCEPTED,
        assignment__visits__state__in=[VisitState.PLANNED, VisitState.UNDER_WAY],
        assignment__visits__planned_from__lt=ends, assignment__visits__planned_to__gt=begins,
    )  # fmt: skip
    visit = "assignment__visits__"
    told = rows.values_list("person", f"{visit}uuid", f"{visit}planned_from", f"{visit}planned_to")
    for person_id, uuid, since, until in told:
        yield Promise(person_id, uuid, gettext("a visit for an order"), since, until)
