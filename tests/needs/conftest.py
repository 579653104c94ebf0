"""The scene of the loop."""

from tests.orders.conftest import scene

__all__ = ["scene"]
