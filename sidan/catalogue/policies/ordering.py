"""Arithmetic of ordered lists."""

from collections.abc import Sequence
from typing import Literal, TypeVar

Step = Literal["up", "down"]
_Thing = TypeVar("_Thing")


def exchanged(things: Sequence[_Thing], thing: _Thing, step: Step) -> list[_Thing]:
    """Return the list with a thing exchanged with its neighbour; as it was where there is none."""
    moved = list(things)
    if thing not in moved:
        return moved
    here = moved.index(thing)
    there = here + (-1 if step == "up" else 1)
    if 0 <= there < len(moved):
        moved[here], moved[there] = moved[there], moved[here]
    return moved
