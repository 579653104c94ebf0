"""Questions about limits, timers, and what holds where."""

from sidan.limits.queries.due import (
    due_timers,
    earliest_running,
    firings_of,
    has_running_parts,
    orders_without_timer,
    parts_without_timer,
    wishes_without_timer,
)
from sidan.limits.queries.firings import FiringFilter, firings
from sidan.limits.queries.rules import EDITIONS, Rules, forget_rules, rules_now, step_of
from sidan.limits.queries.written import (
    BeginsTooFar,
    Held,
    Preview,
    StepLimits,
    accounts,
    holding_at,
    last_word,
    levels_below,
    limit_holding,
    preview,
    said_for_levels,
    written_at,
)

__all__ = [
    "EDITIONS",
    "BeginsTooFar",
    "FiringFilter",
    "Held",
    "Preview",
    "Rules",
    "StepLimits",
    "accounts",
    "due_timers",
    "earliest_running",
    "firings",
    "firings_of",
    "forget_rules",
    "has_running_parts",
    "holding_at",
    "last_word",
    "levels_below",
    "limit_holding",
    "orders_without_timer",
    "parts_without_timer",
    "preview",
    "rules_now",
    "said_for_levels",
    "step_of",
    "wishes_without_timer",
    "written_at",
]
