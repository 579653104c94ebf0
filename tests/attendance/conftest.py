"""Attendance is tried at the visits of the county at work."""

from tests.orders.conftest import scene

__all__ = ["scene"]
