"""Pure rules of rotas: days and moments, and whose turn it is."""

from sidan.rotas.policies.times import (
    DOOR_AFTER,
    DOOR_BEFORE,
    ONE_DAY,
    ShiftTimes,
    Span,
    days_of,
    is_door_open,
    span_on,
    starting_turns,
)

__all__ = [
    "DOOR_AFTER",
    "DOOR_BEFORE",
    "ONE_DAY",
    "ShiftTimes",
    "Span",
    "days_of",
    "is_door_open",
    "span_on",
    "starting_turns",
]
