"""Every question about plans."""

from sidan.plans.queries.answering import lines_to_remind, who_answers
from sidan.plans.queries.comparing import (
    Compared,
    LineTold,
    TaskTold,
    activities_to_link,
    compared,
    erased_of,
    lines_of,
    rules_of,
    rules_to_link,
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
    themes_of_year,
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
    "erased_of",
    "history",
    "line_by_uuid",
    "lines_of",
    "lines_to_remind",
    "places_to_plan",
    "plan_by_uuid",
    "published",
    "published_of",
    "rules_of",
    "rules_to_link",
    "submitted_by",
    "themes_of_year",
    "who_answers",
]
