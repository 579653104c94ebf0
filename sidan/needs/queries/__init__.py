"""Questions about needs and surveys."""

from sidan.needs.queries.beside import KindNeeded, needed_beside, offered_beside
from sidan.needs.queries.needs import (
    NeedFilter,
    OpenNeed,
    alike,
    need_by_uuid,
    needs,
    offered_for,
    open_needs,
    places_to_note,
    traces_of,
)
from sidan.needs.queries.surveys import (
    Heard,
    Tally,
    answers_by_place,
    asked_survey_by_uuid,
    heard,
    open_surveys,
    places_below,
    survey_by_uuid,
    surveys,
    tallies,
    villages_of,
)

__all__ = [
    "Heard",
    "KindNeeded",
    "NeedFilter",
    "OpenNeed",
    "Tally",
    "alike",
    "answers_by_place",
    "asked_survey_by_uuid",
    "heard",
    "need_by_uuid",
    "needed_beside",
    "needs",
    "offered_beside",
    "offered_for",
    "open_needs",
    "open_surveys",
    "places_below",
    "places_to_note",
    "survey_by_uuid",
    "surveys",
    "tallies",
    "traces_of",
    "villages_of",
]
