"""The arithmetic of the loop: what a wish may be, what time is left, what stays hidden."""

from sidan.orders.policies.sealing import Sealed, seal, unseal
from sidan.orders.policies.timing import REVIEW_TIME, review_ends
from sidan.orders.policies.veiling import veiled
from sidan.orders.policies.wishing import (
    FEWEST_PARTS,
    GRACE,
    LONGEST_AHEAD,
    LONGEST_PART,
    LONGEST_VISIT,
    LONGEST_WISH,
    MOST_PARTS,
    MOST_PEOPLE,
    BadWish,
    TimeChip,
    check_call_end,
    check_visit_time,
    check_wish,
    time_chips,
)

__all__ = [
    "FEWEST_PARTS",
    "GRACE",
    "LONGEST_AHEAD",
    "LONGEST_PART",
    "LONGEST_VISIT",
    "LONGEST_WISH",
    "MOST_PARTS",
    "MOST_PEOPLE",
    "REVIEW_TIME",
    "BadWish",
    "Sealed",
    "TimeChip",
    "check_call_end",
    "check_visit_time",
    "check_wish",
    "review_ends",
    "seal",
    "time_chips",
    "unseal",
    "veiled",
]
