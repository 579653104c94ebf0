"""Every question about plans."""

from sidan.plans.queries.comparing import (
    Compared,
    LineTold,
    TaskTold,
    activities_to_link,
    compared,
    lines_of,
)
from sidan.plans.queries.finding import (
    CHIPS,
    PlanFilter,
    desk,
    desk_counts,
    history,
    line_by_uuid,
    places_to_plan,
    plan_by_uuid,
    published,
    published_of,
    submitted_by,
)

__all__ = [
    "CHIPS",
    "Compared",
    "LineTold",
    "PlanFilter",
    "TaskTold",
    "activities_to_link",
    "compared",
    "desk",
    "desk_counts",
    "history",
    "line_by_uuid",
    "lines_of",
    "places_to_plan",
    "plan_by_uuid",
    "published",
    "published_of",
    "submitted_by",
]
