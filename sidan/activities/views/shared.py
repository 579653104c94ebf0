"""What the pages of activities have in common: the gate of staff, and what happened."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext

from sidan.activities import queries
from sidan.activities.looks import ENROLMENT_STEPS, STEPS
from sidan.activities.models import Activity, ActivityChange, ActivityStep, EnrolmentStep
from sidan.activities.permissions import require_desk, require_running
from sidan.activities.saying import rule_words
from sidan.core.actor import Actor
from sidan.core.badges import ToldStep, told_turn
from sidan.core.clock import business_date
from sidan.core.moments import span_words
from sidan.core.pages import staff_page as page_of
from sidan.core.requests import actor_of

staff_page = page_of(require_desk, public=False)


def activity_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Activity]:
    """Return who reads and an activity that they run. Raises NoSuchActivity, NotYourActivities."""
    actor, found = actor_of(request), queries.activity_by_uuid(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


def door_of_ours(request: HttpRequest, uuid: UUID) -> tuple[Actor, Activity]:
    """The same for one act at its door, read as lean as can be. Raises NoSuchActivity, NotYourActivities."""
    actor, found = actor_of(request), queries.activity_at_door(uuid=uuid)
    require_running(actor=actor, place_id=found.place_id, county_id=found.county_id)
    return actor, found


def again_words(activity: Activity, *, at: datetime) -> str:
    """Return the rule from which it was made, in words; nothing where it is held once."""
    if activity.series is None:
        return ""
    rule = queries.series_of(recurring=activity.series)
    return rule_words(activity.series, rule, today=business_date(at))


def told_steps(steps: Iterable[ActivityStep], *, at: datetime) -> list[ToldStep]:
    """Tell what happened and who did it, newest first; of a change what was before it and what is after it."""
    return [_told(step, at) for step in steps][::-1]


def told_enrolment(steps: Iterable[EnrolmentStep]) -> list[ToldStep]:
    """Tell what became of somebody who signed up, and who did it, newest first."""
    told = [
        told_turn(step, words=ENROLMENT_STEPS, who=step.actor.person.name if step.actor else "")
        for step in steps
    ]
    return told[::-1]


def _told(step: ActivityStep, at: datetime) -> ToldStep:
    who = step.actor.person.name if step.actor else ""
    told, change = told_turn(step, words=STEPS, who=who), getattr(step, "change", None)
    if change is None:
        return told
    return replace(told, note=" ".join(filter(None, [change_words(change, at=at), told.note])))


def change_words(change: ActivityChange, *, at: datetime) -> str:
    """Return what was before a change and what is after it; what stayed is not said."""
    parts = []
    if change.during_before != change.during_after:
        before, after = (
            span_words(one.lower, one.upper, now=at) for one in (change.during_before, change.during_after)
        )
        parts.append(gettext("Was: %(before)s. Now: %(after)s.") % {"before": before, "after": after})
    if change.venue_before != change.venue_after:
        facts = {"before": change.venue_before, "after": change.venue_after}
        parts.append(gettext("Was: %(before)s. Now: %(after)s.") % facts)
    return " ".join(parts)
