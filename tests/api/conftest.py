"""The stage of the matrix, for tests that send what nobody should send."""

from tests.matrix.conftest import stage

__all__ = ["stage"]
