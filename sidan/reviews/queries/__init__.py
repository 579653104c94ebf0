"""Every read of what is kept of reviews."""

from sidan.reviews.queries.calling import (
    answered_call,
    call_back_by_uuid,
    call_backs,
    calls_made,
    review_of,
)
from sidan.reviews.queries.circumstances import circumstances, given
from sidan.reviews.queries.following import (
    MOST_COUNTED,
    SuggestionsTold,
    follow_up_by_uuid,
    follow_ups,
    follow_ups_of,
    suggestion_by_uuid,
    suggestion_counts,
    suggestions,
    suggestions_at,
    suggestions_of,
    waiting_counts,
    wish_words,
)
from sidan.reviews.queries.rules import DEFAULTS, RuleTold, rule_of, rules_written
from sidan.reviews.queries.satisfaction import (
    Satisfaction,
    satisfaction_of_figures,
    satisfaction_of_project,
    satisfaction_of_team,
)
from sidan.reviews.queries.standing import (
    FlaggedRow,
    flagged,
    flagged_rows,
    review_to_judge,
    standings_of,
    typed_by_staff,
    unread_reviews,
)

__all__ = [
    "DEFAULTS",
    "MOST_COUNTED",
    "FlaggedRow",
    "RuleTold",
    "Satisfaction",
    "SuggestionsTold",
    "answered_call",
    "call_back_by_uuid",
    "call_backs",
    "calls_made",
    "circumstances",
    "flagged",
    "flagged_rows",
    "follow_up_by_uuid",
    "follow_ups",
    "follow_ups_of",
    "given",
    "review_of",
    "review_to_judge",
    "rule_of",
    "rules_written",
    "satisfaction_of_figures",
    "satisfaction_of_project",
    "satisfaction_of_team",
    "standings_of",
    "suggestion_by_uuid",
    "suggestion_counts",
    "suggestions",
    "suggestions_at",
    "suggestions_of",
    "typed_by_staff",
    "unread_reviews",
    "waiting_counts",
    "wish_words",
]
