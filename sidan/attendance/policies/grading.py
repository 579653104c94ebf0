"""How well a time is known from where a telephone was."""

from typing import Final

NEAR_M: Final = 1000
"""A village is wider than its station: whoever is this near to its point may be at any of its doors."""
SHARP_M: Final = 200
"""A reading less sharp than this says little about a village."""


def is_near(*, distance_m: float, accuracy_m: float) -> bool:
    """Tell whether a reading supports having been there: sharp enough, and near in its least favourable sense."""
    return accuracy_m <= SHARP_M and distance_m + accuracy_m <= NEAR_M
