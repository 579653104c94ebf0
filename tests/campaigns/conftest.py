"""The stage of the matrix: an order that was served, which proves a stop."""

from tests.matrix.conftest import stage

__all__ = ["stage"]
