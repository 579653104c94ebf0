"""How well a time is known from where a telephone was."""

from typing import Final

NEAR_M: Final = 1000
"""A village is wider than its station: whoever is this near to its point may be at any of its doors."""
SHARP_M: Final = 200
"""A reading less sharp than this says little about a village."""


AT_THE_DOOR_M: Final = 300
"""Where the point of the visit is known: a house with its yard, and what walls do to two readings."""


def is_near(
    *, distance_m: float, accuracy_m: float, within_m: int = NEAR_M, point_accuracy_m: int = 0
) -> bool:
    """Tell whether a reading supports having been there: sharp enough, and near in its least favourable sense.

    All in metres; `point_accuracy_m` is how exactly the point is known to which was measured.
    """
    return accuracy_m <= SHARP_M and distance_m + accuracy_m + point_accuracy_m <= within_m
