"""Times that telephones told and that could not be written: nothing of them is lost, and somebody can act on each."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from sidan.attendance.models import Mark, OfflineRecord
from sidan.attendance.queries import STANDS
from sidan.core.errors import NotFound
from sidan.orders.models import Visit

_WITH = (
    "person",
    "cause__visit__assignment__team",
    "cause__visit__assignment__order__project",
    "cause__visit__assignment__order__category",
    "cause__visit__assignment__order__origin_place",
)


def refused_times(*, person_id: int, team_ids: Sequence[int]) -> QuerySet[OfflineRecord]:
    """Return one's own, and those of the teams one leads; paged by keyset over id, newest first."""
    mine = Q(person=person_id) | Q(cause__visit__assignment__team__in=team_ids)
    return _rows().filter(mine)


def refused_times_of(*, visits: Sequence[Visit]) -> QuerySet[OfflineRecord]:
    """Return those of some visits, in the order of the moments they claim: one query, none without visits."""
    return _rows().filter(cause__in=[visit.cause_id for visit in visits]).order_by("claimed_at", "id")


def open_refusals(*, person_id: int, team_ids: Sequence[int]) -> int:
    """Return how many of them no other time stands for: something is missing there."""
    rows: Any = refused_times(person_id=person_id, team_ids=team_ids)
    return int(rows.filter(stands_at=None).count())


def refused_time(*, uuid: UUID) -> tuple[OfflineRecord, Visit]:
    """Find a refused record and its visit; whose team it is the operation checks. Raises NotFound."""
    found = _rows().filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found, found.cause.visit


def _rows() -> QuerySet[OfflineRecord]:
    """Each with the moment of the same coming or going that stands meanwhile, if one does."""
    same = Mark.objects.filter(
        STANDS, cause=OuterRef("cause"), person=OuterRef("person"), direction=OuterRef("direction")
    )
    # Other kinds of causes will have records, too.
    of_visits = Exists(Visit.objects.filter(cause=OuterRef("cause")))
    rows = OfflineRecord.objects.filter(of_visits, mark=None).select_related(*_WITH)
    return rows.annotate(stands_at=Subquery(same.values("at")[:1]))
