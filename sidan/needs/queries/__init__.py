"""Questions about needs and surveys."""

from sidan.needs.queries.needs import (
    NeedFilter,
    alike,
    need_by_uuid,
    needs,
    needs_without_service,
    offered_for,
    places_to_note,
    traces_of,
)
from sidan.needs.queries.surveys import (
    Heard,
    Tally,
    asked_survey_by_uuid,
    heard,
    survey_by_uuid,
    surveys,
    tallies,
)

__all__ = [
    "Heard",
    "NeedFilter",
    "Tally",
    "alike",
    "asked_survey_by_uuid",
    "heard",
    "need_by_uuid",
    "needs",
    "needs_without_service",
    "offered_for",
    "places_to_note",
    "survey_by_uuid",
    "surveys",
    "tallies",
    "traces_of",
]
