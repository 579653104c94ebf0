"""Which plans there are, and what stands in them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from sidan.activities.enums import OVER
from sidan.core.actor import Actor
from sidan.core.search import search_q
from sidan.places.models import Place
from sidan.places.queries import places_to_choose, within
from sidan.plans.enums import IN_HAND, Period, PlanState
from sidan.plans.models import Plan, PlanHeld, PlanLine, PlanStep
from sidan.plans.permissions import WRITING_ROLES, NoSuchLine, NoSuchPlan

MOST_OF_A_YEAR: Final = 60
"""Beside the wheel of the year."""
MOST_OF_A_PLACE: Final = 5
"""On its page."""
CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset(IN_HAND),
    "draft": frozenset({PlanState.DRAFT}),
    "submitted": frozenset({PlanState.SUBMITTED}),
    "approved": frozenset({PlanState.APPROVED}),
    "published": frozenset({PlanState.PUBLISHED}),
    "dropped": frozenset({PlanState.DROPPED}),
}
"""The chips above the list of an office, and which states stand behind each."""


def _shown(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    """Add what a row shows, and by what it is sorted."""
    return rows.select_related("place", "team").annotate(place_key=F("place__path_names"))


def _counted(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    """Add how often something is meant to be held, and how many activities of it are over."""
    meant = (
        PlanLine.objects.filter(plan=OuterRef("pk"))
        .order_by()
        .values("plan")
        .annotate(sum=Sum("times"))
        .values("sum")
    )
    held = (
        PlanHeld.objects.filter(plan=OuterRef("pk"), activity__state__in=sorted(OVER))
        .order_by().values("plan").annotate(count=Count("id")).values("count")
    )  # fmt: skip
    return rows.annotate(
        planned=Coalesce(Subquery(meant, output_field=IntegerField()), Value(0)),
        done=Coalesce(Subquery(held, output_field=IntegerField()), Value(0)),
    )


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """What the reader chose above the list."""

    chip: str = ""
    place_id: int | None = None
    period: str = ""
    year: int | None = None
    text: str = ""


def desk(*, chosen: PlanFilter) -> QuerySet[Plan]:
    """Return the plans in scope behind a chip; words are looked for in the themes of plans and of their lines."""
    rows = _counted(_shown(Plan.objects.filter(state__in=sorted(CHIPS[chosen.chip]))))
    if chosen.text:
        lines = PlanLine.objects.filter(theme__icontains=chosen.text).values("plan")
        rows = rows.filter(search_q("search", chosen.text) | Q(pk__in=lines))
    return _narrowed(rows, chosen)


def _narrowed(rows: QuerySet[Plan], chosen: PlanFilter) -> QuerySet[Plan]:
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.period:
        rows = rows.filter(period=chosen.period)
    if chosen.year:
        year = date(chosen.year, 1, 1), date(chosen.year, 12, 31)
        rows = rows.filter(first_day__lte=year[1], last_day__gte=year[0])
    return rows


def desk_counts(*, chosen: PlanFilter) -> dict[str, int]:
    """Return how many stand behind each chip of what is in hand; the others grow with the years."""
    rows = desk(chosen=replace(chosen, chip="")).order_by().values("state").annotate(count=Count("id"))
    by_state = {row["state"]: row["count"] for row in rows}
    return {
        chip: sum(by_state.get(state, 0) for state in states)
        for chip, states in CHIPS.items()
        if states <= IN_HAND
    }


def published(*, near: Place | None, period: str = "", text: str = "") -> QuerySet[Plan]:
    """Return what is published in a visitor's county, whoever reads."""
    rows = _shown(Plan.objects.filter(state=PlanState.PUBLISHED))
    if near is not None and near.county_id:
        rows = rows.filter(county=near.county_id)
    elif near is not None:
        rows = rows.filter(within(field="place", root_ids=(near.pk,)))
    rows = rows.filter(period=period) if period else rows
    return rows.filter(search_q("search", text)) if text else rows


def published_of(*, place: Place) -> list[Plan]:
    """Return the latest plans of a place itself that everybody reads, its teams' too."""
    rows = _shown(Plan.objects.filter(place=place, state=PlanState.PUBLISHED))
    return list(rows.order_by("-first_day", "-id")[:MOST_OF_A_PLACE])


def themes_of_year(*, near: Place | None, year: int) -> list[Plan]:
    """Return what everybody reads of the years and months of a year, of the place above all others first."""
    rows = _narrowed(Plan.objects.filter(state=PlanState.PUBLISHED), PlanFilter(year=year))
    rows = rows.filter(period__in=[Period.YEAR, Period.MONTH], team=None)
    rows = rows.filter(within(field="place", root_ids=(near.pk,))) if near else rows
    return list(_shown(rows).order_by("-period", "first_day", "place__sort_code", "id")[:MOST_OF_A_YEAR])


def plan_by_uuid(*, uuid: UUID) -> Plan:
    """Find a plan by its public id, within the scope. Raises NoSuchPlan."""
    found = _counted(_shown(Plan.objects.filter(uuid=uuid))).select_related("source").first()
    if found is None:
        raise NoSuchPlan
    return found


def line_by_uuid(*, plan: Plan, uuid: UUID) -> PlanLine:
    """Find a line of a plan by its public id. Raises NoSuchLine."""
    found = PlanLine.objects.filter(plan=plan, uuid=uuid).first()
    if found is None:
        raise NoSuchLine
    return found


def history(*, plan: Plan) -> list[PlanStep]:
    """Return the steps of a plan with who took them and their words."""
    return list(PlanStep.objects.filter(plan=plan).select_related("note", "actor__person"))


def submitted_by(*, plan: Plan) -> int | None:
    """Return the account that submitted it last."""
    step = PlanStep.objects.filter(plan=plan, verb="submit").order_by("-turn").first()
    return step.actor_id if step else None


def places_to_plan(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places whose plans the actor writes, in official order."""
    return places_to_choose(root_ids=actor.places_where(frozenset(WRITING_ROLES)))
