"""Reminding who comes: a day and two hours before, each once."""

from datetime import datetime

from django.db import transaction

from sidan.activities.enums import ActivityState, EnrolmentState
from sidan.activities.models import Enrolment
from sidan.activities.notices import tell_person
from sidan.activities.operations.coming import lock_of
from sidan.activities.policies import due_reminder


@transaction.atomic
def remind(*, at: datetime, enrolment_id: int) -> str:
    """Tell somebody that it comes soon; returns which reminder it was. Done twice it does nothing."""
    rows = Enrolment.unscoped.select_related("activity__place", "post", "person")
    enrolment = rows.get(pk=enrolment_id)
    activity, _post = lock_of(enrolment)
    enrolment.refresh_from_db(fields=["reminded"])
    fits = activity.state == ActivityState.OPEN and enrolment.state == EnrolmentState.ENROLLED
    due = due_reminder(
        begins=activity.span.begins, since=enrolment.state_since, reminded=enrolment.reminded, at=at
    )
    if not fits or not due:
        return ""
    enrolment.reminded = due
    enrolment.save(update_fields=["reminded"])
    tell_person(kind="enrolment_reminder", enrolment=enrolment, at=at, but=None)
    return due


def forget_reminders(*, activity_id: int) -> None:
    """Another time is another day to be reminded of; within the caller's transaction."""
    Enrolment.unscoped.filter(activity=activity_id).exclude(reminded="").update(reminded="")
