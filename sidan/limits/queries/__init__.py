"""Questions about limits, timers, and what holds where."""

from sidan.limits.queries.due import due_timers, firings_of, orders_without_timer, wishes_without_timer
from sidan.limits.queries.firings import FiringFilter, firings
from sidan.limits.queries.rules import Rules, Stamp, forget_rules, rules_now
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
    "BeginsTooFar",
    "FiringFilter",
    "Held",
    "Preview",
    "Rules",
    "Stamp",
    "StepLimits",
    "accounts",
    "due_timers",
    "firings",
    "firings_of",
    "forget_rules",
    "holding_at",
    "last_word",
    "levels_below",
    "limit_holding",
    "orders_without_timer",
    "preview",
    "rules_now",
    "said_for_levels",
    "wishes_without_timer",
    "written_at",
]
