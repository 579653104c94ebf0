"""The arithmetic of the loop: what a wish may be, what must not stay readable, what time is left."""

from sidan.orders.policies.organisation import (
    LONGEST_NAME,
    NO_ORGANISATION,
    BadOrganisation,
    Organisation,
    check_organisation,
)
from sidan.orders.policies.sealing import Sealed, seal, unseal
from sidan.orders.policies.timing import Pressure, TimeLeft, time_left
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
    SeparatedText,
    TimeChip,
    check_call_end,
    check_visit_time,
    check_wish,
    rejoin_numbers,
    separate_numbers,
    time_chips,
)

__all__ = [
    "FEWEST_PARTS",
    "GRACE",
    "LONGEST_AHEAD",
    "LONGEST_NAME",
    "LONGEST_PART",
    "LONGEST_VISIT",
    "LONGEST_WISH",
    "MOST_PARTS",
    "MOST_PEOPLE",
    "NO_ORGANISATION",
    "BadOrganisation",
    "BadWish",
    "Organisation",
    "Pressure",
    "Sealed",
    "SeparatedText",
    "TimeChip",
    "TimeLeft",
    "check_call_end",
    "check_organisation",
    "check_visit_time",
    "check_wish",
    "rejoin_numbers",
    "seal",
    "separate_numbers",
    "time_chips",
    "time_left",
    "unseal",
    "veiled",
]
