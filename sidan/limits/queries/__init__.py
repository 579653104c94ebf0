"""Questions about limits, timers, and what holds where."""

from sidan.limits.queries.due import due_timers, firings_of, orders_without_timer
from sidan.limits.queries.rules import Rules, Stamp, forget_rules, rules_now
from sidan.limits.queries.written import (
    Preview,
    StepLimits,
    holding_at,
    limit_holding,
    names_of,
    preview,
    written_at,
)

__all__ = [
    "Preview",
    "Rules",
    "Stamp",
    "StepLimits",
    "due_timers",
    "firings_of",
    "forget_rules",
    "holding_at",
    "limit_holding",
    "names_of",
    "orders_without_timer",
    "preview",
    "rules_now",
    "written_at",
]
