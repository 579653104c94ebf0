"""Questions about cases."""

from sidan.mediation.queries.cases import (
    CaseFilter,
    CasePage,
    case_for,
    case_page,
    cases_of,
    has_cases,
    next_dates,
)
from sidan.mediation.queries.choosing import mediators_for, places_to_open
from sidan.mediation.queries.counting import Count, counts

__all__ = [
    "CaseFilter",
    "CasePage",
    "Count",
    "case_for",
    "case_page",
    "cases_of",
    "counts",
    "has_cases",
    "mediators_for",
    "next_dates",
    "places_to_open",
]
