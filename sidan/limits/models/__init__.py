"""Limits as they were written down, the timers that run, and what they did."""

from sidan.limits.models.limit import Limit
from sidan.limits.models.timer import Firing, Happening, Running, Timer, WishFiring, WishTimer

__all__ = ["Firing", "Happening", "Limit", "Running", "Timer", "WishFiring", "WishTimer"]
