"""What the pages of stalls have in common: the gate of staff, a fair of ours, what happened."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest

from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.badges import ToldStep, told_turn
from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of, as_read
from sidan.fairs import queries
from sidan.fairs.models import Stallholder, StallholderStep
from sidan.fairs.permissions import NoSuchStallholder, require_desk, require_running
from sidan.fairs.words import STEPS

staff_page = page_of(require_desk, public=False)


def fair_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Activity]:
    """Return who reads and a fair that they run. Raises NoSuchActivity, NotYourActivities."""
    actor, found = actor_of(request), queries.fair_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


def holder_of_fair(request: HttpRequest, activity: Activity, uuid: UUID) -> Stallholder:
    """Return who asks for a stall of a fair or has one, with the turn that the sender has seen."""
    found = queries.holder_by_uuid(uuid=uuid)
    if found.activity_id != activity.pk:
        raise NoSuchStallholder
    return as_read(request, found)


def told_steps(steps: Iterable[StallholderStep]) -> list[ToldStep]:
    """Tell what happened, with which team and stall, and who did it, newest first."""
    return [_told(step) for step in steps]


def _told(step: StallholderStep) -> ToldStep:
    holder = step.holder
    told = told_turn(step, words=STEPS, who=step.actor.person.name if step.actor else "")
    facts = {"team": holder.shown_name, "number": holder.stall.number if holder.stall else "–"}
    return replace(told, sentence=str(told.sentence) % facts)
