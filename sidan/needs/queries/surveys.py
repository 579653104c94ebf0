"""Surveys and what was answered, counted."""

import json
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from sidan.needs.enums import SurveyState
from sidan.needs.models import Survey, SurveyAnswer
from sidan.needs.permissions import NoSuchSurvey

MOST_WORDS = 200


def surveys() -> QuerySet[Survey]:
    """Return the surveys in scope with how many answered."""
    return Survey.objects.select_related("place").annotate(answered=Count("answers"))


def survey_by_uuid(*, uuid: UUID) -> Survey:
    """Find a survey in scope. Raises NoSuchSurvey."""
    found = Survey.objects.select_related("place").filter(uuid=uuid).first()
    if found is None:
        raise NoSuchSurvey
    return found


def open_survey_by_uuid(*, uuid: UUID) -> Survey:
    """Find a survey that can be answered. Raises NoSuchSurvey."""
    found = survey_by_uuid(uuid=uuid)
    if found.state != SurveyState.OPEN:
        raise NoSuchSurvey
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """A question with how often each choice was made, and what was written."""

    words: str
    counts: list[tuple[str, int]]
    said: list[str]


def tallies(*, survey: Survey) -> list[Tally]:
    """Count the answers of a survey: a few hundred sheets, decrypted here."""
    sheets = [json.loads(str(row.answers)) for row in SurveyAnswer.objects.filter(survey=survey)]
    told = []
    for nth, question in enumerate(survey.asked):
        given = [value for sheet in sheets for value in sheet.get(str(nth), [])]
        counts = Counter(given)
        is_text = question.kind == "text"
        told.append(
            Tally(
                words=question.words,
                counts=[] if is_text else [(choice, counts[choice]) for choice in question.choices],
                said=given[:MOST_WORDS] if is_text else [],
            )
        )
    return told
