"""The scene of the loop, and a scope that sees it all: what each person may see is tested where it matters."""

from tests.orders.conftest import scene

__all__ = ["scene"]
