"""The scene of the orders serves the terminal as well."""

from tests.orders.conftest import scene

__all__ = ["scene"]
