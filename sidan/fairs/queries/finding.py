"""Which fairs there are, what stands at them, and who asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Lower

from sidan.activities.enums import ActivityKind
from sidan.activities.models import Activity
from sidan.activities.permissions import NoSuchActivity
from sidan.activities.queries import ActivityFilter, activity_by_uuid
from sidan.activities.queries import desk as activities_desk
from sidan.catalogue.enums import ProjectState
from sidan.catalogue.models import Project
from sidan.core.errors import NotFound
from sidan.fairs.enums import HELD, LIVE, THERE, HolderState
from sidan.fairs.models import (
    SeriesLayout,
    ServiceKind,
    Stall,
    StallCount,
    Stallholder,
    StallholderStep,
    StallKind,
    StallService,
)
from sidan.fairs.permissions import NoSuchStall, NoSuchStallholder


@dataclass(frozen=True, slots=True)
class StallTold:
    """A stall with all its page shows."""

    stall: Stall
    holder: Stallholder | None
    kinds: Sequence[ServiceKind] = field(default=())
    services: Sequence[Project] = field(default=())
    served: int = 0

    @property
    def is_gap(self) -> bool:
        """Tell whether nobody has it."""
        return self.holder is None

    @property
    def stands(self) -> bool:
        """Tell whether visitors find somebody there, as far as one knows."""
        return self.holder is not None and self.holder.state in THERE


@dataclass(frozen=True, slots=True)
class KindTold:
    """The stalls of a kind of services, by number."""

    kind: ServiceKind
    stalls: Sequence[StallTold]


@dataclass(frozen=True, slots=True)
class FairSums:
    """What the stalls of a fair come to. Served is counted at each stall: one visitor goes to many."""

    stalls: int
    held: int
    came: int
    served: int
    kinds: int

    @property
    def gaps(self) -> int:
        return self.stalls - self.held


def fair_by_uuid(*, uuid: UUID) -> Activity:
    """Find a fair by its public id, within the scope. Raises NoSuchActivity, of what is no fair too."""
    found = activity_by_uuid(uuid=uuid)
    if found.kind != ActivityKind.FAIR:
        raise NoSuchActivity
    return found


def stalls_of(*, activity: Activity, numbers: Iterable[int] | None = None) -> list[StallTold]:
    """Return the stalls of a fair within the scope, by number: five queries however many there are."""
    rows = Stall.objects.filter(activity=activity).select_related("post")
    if numbers is not None:
        rows = rows.filter(number__in=list(numbers))
    stalls = list(rows)
    ids = [stall.pk for stall in stalls]
    holders = {one.stall_id: one for one in _held().filter(stall__in=ids)}
    kinds, services = _kinds_at(ids), _services_at(ids)
    served = _served_at(ids)
    return [
        StallTold(
            stall, holders.get(stall.pk), kinds.get(stall.pk, ()), services.get(stall.pk, ()), served.get(stall.pk, 0)
        )
        for stall in stalls
    ]  # fmt: skip


def stall_told(*, activity: Activity, uuid: UUID) -> StallTold:
    """Find a stall of a fair with all its page shows. Raises NoSuchStall."""
    found = stall_by_uuid(activity=activity, uuid=uuid)
    return stalls_of(activity=activity, numbers=[found.number])[0]


def stall_by_uuid(*, activity: Activity, uuid: UUID) -> Stall:
    """Find a stall of a fair. Raises NoSuchStall."""
    found = Stall.objects.filter(activity=activity, uuid=uuid).select_related("activity", "post").first()
    if found is None:
        raise NoSuchStall
    return found


def by_kind(*, stalls: Sequence[StallTold]) -> list[KindTold]:
    """Group stalls by the kinds of services they offer; one with two kinds stands under both."""
    kinds = {kind.pk: kind for told in stalls for kind in told.kinds}
    ordered = sorted(kinds.values(), key=lambda kind: (kind.position, kind.pk))
    return [KindTold(kind, [told for told in stalls if kind in told.kinds]) for kind in ordered]


def sums_of(*, stalls: Sequence[StallTold]) -> FairSums:
    """Add up what the stalls of a fair come to."""
    holders = [told.holder for told in stalls if told.holder is not None]
    return FairSums(
        stalls=len(stalls), held=len(holders), came=sum(one.state == HolderState.CAME for one in holders),
        served=sum(told.served for told in stalls),
        kinds=len({kind.pk for told in stalls for kind in told.kinds}),
    )  # fmt: skip


def _held() -> QuerySet[Stallholder]:
    rows = Stallholder.objects.filter(state__in=sorted(HELD))
    return rows.select_related("team__place", "team__leader")


def _kinds_at(ids: Sequence[int]) -> dict[int, list[ServiceKind]]:
    found: dict[int, list[ServiceKind]] = {}
    for row in StallKind.objects.filter(stall__in=ids).select_related("kind"):
        found.setdefault(row.stall_id, []).append(row.kind)
    return found


def _services_at(ids: Sequence[int]) -> dict[int, list[Project]]:
    found: dict[int, list[Project]] = {}
    rows = StallService.objects.filter(stall__in=ids, project__state=ProjectState.PUBLISHED)
    for row in rows.select_related("project"):
        found.setdefault(row.stall_id, []).append(row.project)
    return found


def _served_at(ids: Sequence[int]) -> dict[int, int]:
    rows = _standing().filter(stall__in=ids).order_by().values_list("stall").annotate(Sum("served"))
    return dict(rows)


def _standing() -> QuerySet[StallCount]:
    """Return the counts that no other one replaces."""
    return StallCount.objects.filter(replaced_by=None)


def counts_of(*, stall: Stall) -> list[StallCount]:
    """Return the counts of a stall that stand, newest first."""
    return list(_standing().filter(stall=stall).select_related("counted_by__person").order_by("-at", "-id"))


def count_by_uuid(*, stall: Stall, uuid: UUID) -> StallCount:
    """Find a count of a stall. Raises NotFound."""
    found = StallCount.objects.filter(stall=stall, uuid=uuid).select_related("stall__activity").first()
    if found is None:
        raise NotFound
    return found


def holder_by_uuid(*, uuid: UUID) -> Stallholder:
    """Find who asks for a stall or has one, within the scope. Raises NoSuchStallholder."""
    rows = Stallholder.objects.filter(uuid=uuid)
    found = rows.select_related("team__place", "stall", "activity__place").first()
    if found is None:
        raise NoSuchStallholder
    return found


def asks_of(*, activity: Activity) -> list[Stallholder]:
    """Return who asks for a stall of a fair, in the order in which they asked."""
    rows = Stallholder.objects.filter(activity=activity, state=HolderState.ASKED)
    return list(rows.select_related("team__place", "stall").order_by("created_at", "id"))


def history_of(*, activity: Activity, most: int) -> list[StallholderStep]:
    """Return the last steps of those who asked for stalls of a fair or had them."""
    rows = StallholderStep.objects.filter(holder__activity=activity)
    rows = rows.select_related("note", "actor__person", "holder__team", "holder__stall")
    return list(rows.order_by("-at", "-id")[:most])


# --- the office ---------------------------------------------------------------------------------------------------


def desk(*, chosen: ActivityFilter) -> QuerySet[Any]:
    """Return the fairs in scope behind a chip of the activities, with what their stalls come to."""
    mine: dict[str, Any] = {"activity": OuterRef("pk")}
    stalls = Stall.unscoped.filter(**mine).order_by().values("activity")
    holders = Stallholder.unscoped.filter(**mine).order_by().values("activity")
    served = _standing().filter(stall__activity=OuterRef("pk")).order_by().values("stall__activity")
    return activities_desk(chosen=chosen).annotate(
        stalls=_number(stalls.annotate(number=Count("pk"))),
        held=_number(holders.filter(state__in=sorted(HELD)).annotate(number=Count("pk"))),
        asks=_number(holders.filter(state=HolderState.ASKED).annotate(number=Count("pk"))),
        served=_number(served.annotate(number=Sum("served"))),
    ).annotate(gaps=F("stalls") - F("held"))  # fmt: skip


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("number"), output_field=IntegerField()), Value(0))


def last_with_stalls(*, activity: Activity) -> Activity | None:
    """Return the latest fair before this one that has stalls: of the same series, or of the same place without one."""
    rows = Activity.objects.filter(place=activity.place_id, kind=ActivityKind.FAIR, series=activity.series_id)
    with_stalls = Stall.unscoped.filter(activity__place=activity.place_id).values("activity")
    rows = rows.filter(pk__in=with_stalls, during__startswith__lt=activity.span.begins)
    return rows.order_by(Lower("during").desc(), "-id").first()


def layout_of(*, activity: Activity) -> SeriesLayout | None:
    """Return whose stalls each fair of the series begins with, where that was said."""
    if activity.series_id is None:
        return None
    return SeriesLayout.objects.filter(series=activity.series_id).select_related("source").first()


# --- teams --------------------------------------------------------------------------------------------------------


def holders_of_teams(*, team_ids: Sequence[int], most: int) -> list[Stallholder]:
    """Return where one's teams ask for stalls, have them or had them, latest fair first."""
    rows = Stallholder.objects.filter(team__in=list(team_ids), state__in=sorted(LIVE | {HolderState.REFUSED}))
    rows = rows.select_related("activity__place", "stall", "team").annotate(
        begins_key=Lower("activity__during")
    )
    return list(rows.order_by("-begins_key", "-id")[:most])


def services_of_holder(*, holder: Stallholder | None) -> list[Project]:
    """Return what a team offers on the menus: what can be ordered at its stall, too."""
    if holder is None or holder.team_id is None:
        return []
    rows = Project.objects.filter(team=holder.team_id, state=ProjectState.PUBLISHED)
    return list(rows.order_by("title", "id"))
