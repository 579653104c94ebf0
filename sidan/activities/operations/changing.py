"""Another time or another spot for what is announced already."""

from datetime import datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from sidan.activities.events import ActivityShifted
from sidan.activities.models import Activity, ActivityChange
from sidan.activities.operations.door import append_step, claim_turn
from sidan.activities.operations.planning import NoVenue, check_span
from sidan.activities.operations.reminding import forget_reminders
from sidan.activities.operations.rooming import hold_for, let_room_go
from sidan.activities.operations.windows import move_windows
from sidan.activities.permissions import require_running
from sidan.bookings.models import Room
from sidan.bookings.policies import Span
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish


class NothingChanged(Conflict):
    code = "activity_not_changed"
    sentence = _("Time and spot are the same as before: nobody is told anything.")


def change_activity(
    *, actor: Actor, at: datetime, activity: Activity, span: Span, venue: str = "", room: Room | None = None,
    words: str = "",
) -> Activity:  # fmt: skip
    """Hold it at another time or another spot; who follows it is told, and the history says both.

    Raises:
        NotYourActivities, BadActivityTime, NoVenue, NothingChanged, ActivityMovedOn
        what `hold_room` raises
    """
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    check_span(span=span, at=at)
    spot = venue.strip() or (room.name if room else "")
    if not spot:
        raise NoVenue
    held, before = activity.booking, activity.span
    keeps_room = (held.room_id if held else None) == (room.pk if room else None)
    if (before, activity.venue) == (span, spot) and keeps_room:
        raise NothingChanged
    with transaction.atomic():
        state = claim_turn(activity=activity, at=at, verb="change")
        told = {
            "during_before": activity.during, "during_after": DateTimeTZRange(span.begins, span.ends),
            "venue_before": activity.venue, "venue_after": spot,
        }  # fmt: skip
        activity.during, activity.venue = told["during_after"], spot
        later = span.begins - before.begins
        if activity.signup_from is not None:
            activity.signup_from = min(activity.signup_from + later, span.begins)
        move_windows(activity=activity, later=later, at=at)
        activity.save(update_fields=["search", "during", "venue", "signup_from"])
        if not keeps_room or before != span:
            let_room_go(actor=actor, at=at, activity=activity, words=words or activity.title)
            if room is not None:
                hold_for(actor=actor, at=at, activity=activity, room=room)
        step = append_step(
            activity=activity, actor=actor, at=at, verb="change", from_state=state, words=words
        )
        ActivityChange.objects.create(step=step, **told)
        publish(ActivityShifted(activity_id=activity.pk, step_id=step.pk, at=at))
        if before != span:
            forget_reminders(activity_id=activity.pk)
    return activity
