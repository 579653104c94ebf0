"""Questions about supply, demand and fairness: from counters, the library, and the lists of wishes and needs."""

from sidan.supply.queries.demand import Demand, Refusal, Where, demand_of, refusals_by_week, refusals_of
from sidan.supply.queries.fairness import (
    EVERYTHING,
    FORGOTTEN,
    OFTEN,
    GroupServed,
    KindServed,
    PlaceServed,
    SettingServed,
    audiences_served,
    every_place_served,
    groups_served,
    kinds_here,
    kinds_unserved,
    places_served,
)
from sidan.supply.queries.hints import Hint, hints_for
from sidan.supply.queries.offer import (
    Coverage,
    Offered,
    asked_off_the_menu,
    coverage_of,
    never_asked,
    wishes_of,
)

__all__ = [
    "EVERYTHING",
    "FORGOTTEN",
    "OFTEN",
    "Coverage",
    "Demand",
    "GroupServed",
    "Hint",
    "KindServed",
    "Offered",
    "PlaceServed",
    "Refusal",
    "SettingServed",
    "Where",
    "asked_off_the_menu",
    "audiences_served",
    "coverage_of",
    "demand_of",
    "every_place_served",
    "groups_served",
    "hints_for",
    "kinds_here",
    "kinds_unserved",
    "never_asked",
    "places_served",
    "refusals_by_week",
    "refusals_of",
    "wishes_of",
]
