"""Drafting, opening and closing a survey; answering it by link, on paper or at the door."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.danger import numbers_to_call
from sidan.core.errors import Conflict, Invalid, TooMany
from sidan.needs.enums import BY_STAFF, Source, SurveyState
from sidan.needs.models import SheetArrival, Survey, SurveyAnswer
from sidan.needs.notices import tell_of_danger
from sidan.needs.permissions import require_deciding, require_noting
from sidan.needs.policies import BadQuestions, fits, read_questions, said_in_words
from sidan.places.models import Place
from sidan.places.queries import stands_within

KEPT_MOST: Final = timedelta(days=7)
"""How long a device may keep a filled-in sheet for a survey that is closed meanwhile."""


class QuestionsUnclear(Invalid):
    code = "questions_unclear"
    sentence = _(
        "Please look at line %(line)s: a question stands alone or has two to twelve choices below it."
    )


class SurveyMovedOn(Conflict):
    code = "survey_moved_on"
    sentence = _("This survey is “%(state_words)s” now.")


class AnswerDoesNotFit(Invalid):
    code = "answer_does_not_fit"
    sentence = _("Please answer at least one question, with what is offered there.")


class TooManySheets(TooMany):
    code = "too_many_sheets"
    sentence = _("Very many answers came from this network within the hour. Please try again later.")


class ElsewhereAnswered(Invalid):
    code = "answered_elsewhere"
    sentence = _("This survey is for another place.")


def draft_survey(*, actor: Actor, at: datetime, place: Place, title: str, text: str) -> Survey:
    """Draft a survey of questions as `policies.read_questions` reads them. Raises NotYourNeeds, QuestionsUnclear."""
    require_deciding(actor=actor, place_id=place.pk)
    try:
        asked = read_questions(text)
    except BadQuestions as bad:
        raise QuestionsUnclear(line=bad.line) from bad
    rows = [{"kind": one.kind, "words": one.words, "choices": list(one.choices)} for one in asked]
    with transaction.atomic():
        made = Survey.unscoped.create(
            place=place, county_id=place.county_id, title=title, questions=rows, made_by_id=actor.account_id,
            created_at=at,
        )  # fmt: skip
        _trail(made, actor, at, "draft")
    return made


def open_survey(*, actor: Actor, at: datetime, survey: Survey) -> Survey:
    """Let people answer. Raises NotYourNeeds, SurveyMovedOn."""
    return _move(actor, at, survey, SurveyState.DRAFT, "open", state=SurveyState.OPEN, opened_at=at)


def close_survey(*, actor: Actor, at: datetime, survey: Survey) -> Survey:
    """Take no more answers. Raises NotYourNeeds, SurveyMovedOn."""
    return _move(actor, at, survey, SurveyState.OPEN, "close", state=SurveyState.CLOSED, closed_at=at)


def answer_survey(
    *,
    at: datetime,
    survey: Survey,
    answers: Mapping[str, Sequence[str]],
    address: str,
    place: Place | None = None,
    client_id: UUID | None = None,
) -> SurveyAnswer:
    """Take an answer from whoever has the link; no name is asked. `place`: the village of the link, or that was told.

    The same answers sent again under the same `client_id`, as by a double tap, are one sheet. Other answers under it
    are another sheet: on a shared telephone the next person may go back to the page of the one before.

    Raises:
        SurveyMovedOn, AnswerDoesNotFit, ElsewhereAnswered
        TooManySheets: so many came from this network address within the hour that somebody must be at play. A
            station stands behind one address, so it is many.
    """
    if place and not stands_within(place_id=place.pk, root_ids=(survey.place_id,)):
        raise ElsewhereAnswered
    with transaction.atomic():
        # The survey's row is the lock: two sendings at once cannot both be the last that is allowed.
        Survey.unscoped.select_for_update(of=("self",)).get(pk=survey.pk)
        told = json.dumps(answers, sort_keys=True) + (f" {place.pk}" if place else "")
        name = uuid5(client_id, told) if client_id else None
        known = name and SurveyAnswer.objects.filter(survey=survey, client_id=name).first()
        if known:
            return known
        _require_few(survey, at, address or "unknown")
        return _answer(at, survey, place or survey.place, answers, Source.LINK, None, name)


def _require_few(survey: Survey, at: datetime, address: str) -> None:
    arrivals = SheetArrival.objects.filter(survey=survey)
    arrivals.filter(at__lte=at - timedelta(hours=1)).delete()
    if arrivals.filter(address_hash=address).count() >= settings.SHEETS_PER_ADDRESS:
        raise TooManySheets(seconds=3600)
    SheetArrival.objects.create(survey=survey, address_hash=address, at=at)


def enter_answer(
    *,
    actor: Actor,
    at: datetime,
    survey: Survey,
    place: Place,
    source: str,
    answers: Mapping[str, Sequence[str]],
    client_id: UUID | None = None,
    kept_for: timedelta = timedelta(),
) -> SurveyAnswer:
    """Enter what somebody answered on paper or at a home visit, at the place where they live.

    A sheet that a device kept and sends again under the same `client_id` is answered with the one that is there. One
    that was filled in while the survey was open, and waited for a network since, is taken though it was closed
    meanwhile: `kept_for` says how long it waited, by the device's own clock, at most a week.

    Raises:
        NotYourNeeds, SurveyMovedOn, AnswerDoesNotFit
        ElsewhereAnswered: the survey is not for this place.
    """
    require_noting(actor=actor, place_id=place.pk)
    if not stands_within(place_id=place.pk, root_ids=(survey.place_id,)):
        raise ElsewhereAnswered
    if source not in {one.value for one in BY_STAFF}:
        raise AnswerDoesNotFit
    known = client_id and SurveyAnswer.objects.filter(survey=survey, client_id=client_id).first()
    if known:
        return known
    try:
        return _answer(at, survey, place, answers, Source(source), actor, client_id, kept_for)
    except IntegrityError:
        # Sent twice at once: the other one was a moment faster.
        return SurveyAnswer.objects.get(survey=survey, client_id=client_id)


def _answer(
    at: datetime, survey: Survey, place: Place, answers: Mapping[str, Sequence[str]], source: Source,
    actor: Actor | None, client_id: UUID | None = None, kept_for: timedelta = timedelta(),
) -> SurveyAnswer:  # fmt: skip
    kept = {key: list(values) for key, values in answers.items() if values}
    if not fits(survey.asked, kept):
        raise AnswerDoesNotFit
    with transaction.atomic():
        # Whoever closes it meanwhile waits, or this answer is too late.
        locked = Survey.unscoped.select_for_update(of=("self",)).get(pk=survey.pk)
        is_late = locked.state != SurveyState.OPEN
        if is_late and not _was_kept_since_before(locked, at, kept_for):
            raise _moved_on(locked.state)
        made = SurveyAnswer.objects.create(
            survey=survey, place=place, source=source, answers=json.dumps(kept, ensure_ascii=False),
            entered_by_id=actor.account_id if actor else None, client_id=client_id, at=at,
        )  # fmt: skip
        if actor is not None:
            late = {"kept_seconds": int(kept_for.total_seconds())} if is_late else {}
            _trail(survey, actor, at, "answer", **late)
        if calls_for_answer(survey=survey, answers=kept):
            tell_of_danger(
                survey=survey, place_id=place.pk, at=at, effect=f"survey-danger:{made.pk}",
                by=actor.account_id if actor else None, kept_for=kept_for,
            )  # fmt: skip
    return made


def _was_kept_since_before(survey: Survey, at: datetime, kept_for: timedelta) -> bool:
    """Tell whether a sheet was filled in while the survey, which is closed now, was open, and has waited since."""
    if survey.opened_at is None or survey.closed_at is None or kept_for > KEPT_MOST:
        return False
    return survey.opened_at <= at - kept_for < survey.closed_at


def calls_for_answer(*, survey: Survey, answers: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the emergency numbers that the words of a sheet call for; none where they speak of no danger."""
    return numbers_to_call(said_in_words(survey.asked, answers))


def _move(
    actor: Actor, at: datetime, survey: Survey, source: SurveyState, verb: str, **values: object
) -> Survey:
    require_deciding(actor=actor, place_id=survey.place_id)
    with transaction.atomic():
        if not Survey.unscoped.filter(pk=survey.pk, state=source).update(**values):
            raise _moved_on(Survey.unscoped.values_list("state", flat=True).get(pk=survey.pk))
        _trail(survey, actor, at, verb)
    survey.refresh_from_db(using="default", from_queryset=Survey.unscoped.all())
    return survey


def _moved_on(state: str) -> SurveyMovedOn:
    return SurveyMovedOn(state=state, state_words=SurveyState(state).label)


def _trail(survey: Survey, actor: Actor, at: datetime, verb: str, **facts: object) -> None:
    record(
        actor=actor, at=at, verb=f"survey.{verb}", subject=("survey", survey.pk), place_id=survey.place_id,
        county_id=survey.county_id, **facts,
    )  # fmt: skip
