"""The scene of the orders serves the desk as well."""

from tests.orders.conftest import scene

__all__ = ["scene"]
