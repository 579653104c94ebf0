"""Looking at numbers in what people wrote: for the office of the place, and every look is written down (R-Z10)."""

from datetime import datetime
from uuid import UUID

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.needs.models import Need, Survey, SurveyAnswer
from sidan.needs.permissions import NoSuchAnswer, require_noting
from sidan.needs.queries.words import whole_note


def look_at_note(*, actor: Actor, at: datetime, need: Need) -> str:
    """Return the note of a need in clear, and record who looked. Raises NotYourNeeds."""
    require_noting(actor=actor, place_id=need.place_id)
    record(
        actor=actor, at=at, verb="need.look", subject=("need", need.pk), place_id=need.place_id,
        county_id=need.county_id,
    )  # fmt: skip
    return whole_note(need=need)


def look_at_sheet(*, actor: Actor, at: datetime, survey: Survey, sheet: UUID) -> SurveyAnswer:
    """Return a sheet whose words are shown in clear, and record who looked. Raises NotYourNeeds, NoSuchAnswer."""
    require_noting(actor=actor, place_id=survey.place_id)
    found = SurveyAnswer.objects.filter(survey=survey, uuid=sheet).first()
    if found is None:
        raise NoSuchAnswer
    record(
        actor=actor, at=at, verb="survey.look", subject=("survey", survey.pk), place_id=survey.place_id,
        county_id=survey.county_id, sheet=found.pk,
    )  # fmt: skip
    return found
