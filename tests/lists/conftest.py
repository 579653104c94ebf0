"""The stage of the matrix: every list has rows on it."""

from tests.matrix.conftest import stage

__all__ = ["stage"]
