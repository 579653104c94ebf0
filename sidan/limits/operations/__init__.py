"""Every write of the time limits: setting the clock, what it does when it is time, and the limits themselves."""

from sidan.limits.operations.clock import run_clock, start_missing_clocks
from sidan.limits.operations.firing import fire_timer
from sidan.limits.operations.limits import Terms, set_limit, take_back_limit

__all__ = ["Terms", "fire_timer", "run_clock", "set_limit", "start_missing_clocks", "take_back_limit"]
