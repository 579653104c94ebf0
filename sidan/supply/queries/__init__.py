"""Questions about supply, demand and fairness: from counters, the library, and the lists of wishes and needs."""

from sidan.supply.queries.demand import Demand, Refusal, demand_of, refusals_of
from sidan.supply.queries.fairness import (
    GroupServed,
    KindServed,
    PlaceServed,
    groups_served,
    kinds_served,
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
    "Coverage",
    "Demand",
    "GroupServed",
    "Hint",
    "KindServed",
    "Offered",
    "PlaceServed",
    "Refusal",
    "asked_off_the_menu",
    "coverage_of",
    "demand_of",
    "groups_served",
    "hints_for",
    "kinds_served",
    "never_asked",
    "places_served",
    "refusals_of",
    "wishes_of",
]
