"""Questions about needs and surveys."""

from sidan.needs.queries.needs import (
    NeedFilter,
    alike,
    need_by_uuid,
    needs,
    needs_without_service,
    offered_for,
    places_to_note,
)
from sidan.needs.queries.surveys import (
    Heard,
    Tally,
    heard,
    open_survey_by_uuid,
    survey_by_uuid,
    surveys,
    tallies,
)

__all__ = [
    "Heard",
    "NeedFilter",
    "Tally",
    "alike",
    "heard",
    "need_by_uuid",
    "needs",
    "needs_without_service",
    "offered_for",
    "open_survey_by_uuid",
    "places_to_note",
    "survey_by_uuid",
    "surveys",
    "tallies",
]
