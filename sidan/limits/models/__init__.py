"""Limits as they were written down, the edition of all rules, the timers that run, and what they did."""

from sidan.limits.models.edition import Edition
from sidan.limits.models.limit import Limit
from sidan.limits.models.timer import (
    Firing,
    Happening,
    Running,
    TaskFiring,
    TaskTimer,
    Timer,
    WishFiring,
    WishTimer,
)

__all__ = [
    "Edition",
    "Firing",
    "Happening",
    "Limit",
    "Running",
    "TaskFiring",
    "TaskTimer",
    "Timer",
    "WishFiring",
    "WishTimer",
]
