"""Surveys and what was answered, counted."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, F, QuerySet

from sidan.core.danger import numbers_to_call
from sidan.needs.enums import SurveyState
from sidan.needs.models import Need, Survey, SurveyAnswer
from sidan.needs.permissions import NoSuchAnswer, NoSuchSurvey
from sidan.places.enums import PlaceKind, PlaceState
from sidan.places.models import Place, PlaceLink
from sidan.places.queries import within


def surveys(*, text: str = "", state: str = "", place_id: int | None = None) -> QuerySet[Survey]:
    """Return the surveys in scope with how many answered.

    A county makes some dozens a year: `text` is looked for in their titles without an index.
    """
    rows = Survey.objects.select_related("place")
    if state:
        rows = rows.filter(state=state)
    if place_id:
        rows = rows.filter(within(field="place", root_ids=(place_id,)))
    for word in text.split():
        rows = rows.filter(title__icontains=word)
    return rows.annotate(answered=Count("answers"), place_key=F("place__path_names"))


def survey_by_uuid(*, uuid: UUID) -> Survey:
    """Find a survey in scope. Raises NoSuchSurvey."""
    found = Survey.objects.select_related("place").filter(uuid=uuid).first()
    if found is None:
        raise NoSuchSurvey
    return found


def asked_survey_by_uuid(*, uuid: UUID) -> Survey:
    """Find a survey that people were asked, open or closed meanwhile. Raises NoSuchSurvey."""
    found = survey_by_uuid(uuid=uuid)
    if found.state == SurveyState.DRAFT:
        raise NoSuchSurvey
    return found


def open_surveys() -> QuerySet[Survey]:
    """Return the surveys in scope that take answers, newest first."""
    return Survey.objects.filter(state=SurveyState.OPEN).select_related("place").order_by("-id")


def places_below(*, surveys: Sequence[Survey], places: Sequence[Place]) -> dict[int, list[Place]]:
    """Return which of some places each survey is for, by the survey: one query."""
    links = PlaceLink.objects.filter(
        ancestor__in={one.place_id for one in surveys}, descendant__in=[one.pk for one in places],
        during__upper_inf=True,
    )  # fmt: skip
    below = set(links.values_list("ancestor", "descendant"))
    return {one.pk: [place for place in places if (one.place_id, place.pk) in below] for one in surveys}


def villages_of(*, survey: Survey) -> QuerySet[Place]:
    """Return the stations below a survey's place, in the order of their codes: where those who answer live."""
    rows = Place.objects.filter(
        links_up__ancestor=survey.place_id, links_up__during__upper_inf=True, kind=PlaceKind.STATION
    )
    return rows.exclude(pk=survey.place_id).exclude(state=PlaceState.CLOSED).order_by("sort_code", "id")


def answers_by_place(*, survey: Survey) -> list[tuple[str, int]]:
    """Return from where the sheets of a survey come, the most first; nobody's name is in any."""
    rows = SurveyAnswer.objects.filter(survey=survey).order_by()
    counts = dict(rows.values_list("place").annotate(count=Count("pk")))
    places = Place.objects.in_bulk(counts)
    counted = sorted(counts.items(), key=lambda row: (-row[1], places[row[0]].sort_code, row[0]))
    return [(places[pk].shown_short, count) for pk, count in counted]


@dataclass(frozen=True, slots=True)
class Said:
    """What one sheet says to a question, and the need it has become, if it has."""

    words: str
    answer: SurveyAnswer
    need: Need | None
    speaks_of_danger: bool = False
    may_be_opened: bool = False
    """Numbers are hidden here that the reader may look at."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A question with how often each choice was made, and what was written."""

    words: str
    chosen: list[tuple[str, int, Need | None]]
    """Each choice, how many made it, and the need it has become."""
    said: list[Said]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(choice, count) for choice, count, _need in self.chosen]


def tallies(*, survey: Survey) -> list[Tally]:
    """Count the answers of a survey: a few hundred sheets, decrypted here."""
    rows = list(SurveyAnswer.objects.filter(survey=survey))
    sheets = [(row, json.loads(str(row.answers))) for row in rows]
    needs = Need.unscoped.filter(survey=survey)
    became = {(need.answer_id, need.question, need.choice): need for need in needs}
    told = []
    for nth, question in enumerate(survey.asked):
        given = [(row, value) for row, sheet in sheets for value in sheet.get(str(nth), [])]
        counts = Counter(value for _row, sheet in sheets for value in set(sheet.get(str(nth), [])))
        said = [Said(value, row, became.get((row.pk, nth, None))) for row, value in given]
        told.append(
            Tally(
                words=question.words,
                chosen=[
                    (choice, counts[choice], became.get((None, nth, number)))
                    for number, choice in enumerate(question.choices)
                ],
                said=_said_first(said) if question.kind == "text" else [],
            )
        )
    return told


def _said_first(said: list[Said]) -> list[Said]:
    """Return words in the order in which they are read: what speaks of danger to life first, then the newest."""
    looked = [replace(one, speaks_of_danger=bool(numbers_to_call(one.words))) for one in said]
    return sorted(looked, key=lambda one: not one.speaks_of_danger)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a survey says that may become a need: words of one sheet, or a choice with how many made it."""

    words: str
    voices: int
    question: int
    answer: SurveyAnswer | None = None
    choice: int | None = None
    place: Place | None = None
    """Where who said it lives, if all of them live in one place."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How, and from where, the sheets came on which one choice was made: the most first."""

    ways: list[tuple[str, int]]
    places: list[tuple[str, int]]
    later: int
    """How many more came after the voices had been counted: of sheets that had waited at a door."""


def _who_chose(survey: Survey, question: int, choice: int) -> list[SurveyAnswer]:
    words, rows = survey.asked[question].choices[choice], SurveyAnswer.objects.filter(survey=survey)
    sheets = [(row, json.loads(str(row.answers))) for row in rows.select_related("place")]
    return [row for row, sheet in sheets if words in sheet.get(str(question), [])]


def chosen_for(*, need: Need) -> Chosen | None:
    """Return how the voices of a need that is of a survey's choice were heard; of any other nothing.

    The voices were counted once: they are those of the sheets that came first.
    """
    if need.survey is None or need.question is None or need.choice is None:
        return None
    came = sorted(_who_chose(need.survey, need.question, need.choice), key=lambda row: row.pk)
    rows, later = came[: need.voices], len(came[need.voices :])
    ways = Counter(str(row.get_source_display()) for row in rows)
    places = Counter(row.place.shown_short for row in rows)
    return Chosen(ways.most_common(), places.most_common(), later)


def heard(*, survey: Survey, question: int, choice: int | None, answer_uuid: UUID | None) -> Heard:
    """Return what was said to a question by all who made a choice, or by one sheet. Raises NoSuchAnswer."""
    asked = survey.asked
    if not 0 <= question < len(asked):
        raise NoSuchAnswer
    if choice is not None and 0 <= choice < len(asked[question].choices):
        rows = _who_chose(survey, question, choice)
        if not rows:
            raise NoSuchAnswer
        place = rows[0].place if len({row.place_id for row in rows}) == 1 else None
        return Heard(asked[question].choices[choice], len(rows), question, choice=choice, place=place)
    if answer_uuid is None:
        raise NoSuchAnswer
    row = SurveyAnswer.objects.filter(survey=survey, uuid=answer_uuid).select_related("place").first()
    said = json.loads(str(row.answers)).get(str(question)) if row else None
    if row is None or not said or asked[question].kind != "text":
        raise NoSuchAnswer
    return Heard(said[0], 1, question, row, place=row.place)
