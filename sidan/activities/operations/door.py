"""The one door of an activity: it moves where nobody took a turn in between, appends the step and tells of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import ActivityState
from sidan.activities.events import ActivityMoved
from sidan.activities.models import Activity, ActivityNote, ActivityStep
from sidan.activities.notices import TO_ALL_WHO_COME, TO_FOLLOWERS, tell_followers, tell_who_calls
from sidan.activities.operations.gathering import ENDINGS, record_service
from sidan.activities.states import ACTIVITY
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.turns import take_turn


class ActivityMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the activity is in."""

    code = "activity_moved_on"
    sentence = _("This activity has moved on: it is now “%(state_words)s”. Please look at it again.")


def pass_door(*, activity: Activity, actor: Actor, at: datetime, verb: str, words: str = "") -> ActivityStep:
    """Move an activity by a verb of the table, within the caller's transaction.

    Raises:
        ActivityMovedOn: the table does not allow it from this state, or another turn was taken since it was read.
    """
    before = claim_turn(activity=activity, at=at, verb=verb)
    made = append_step(activity=activity, actor=actor, at=at, verb=verb, from_state=before, words=words)
    if verb in ENDINGS:
        record_service(activity=activity, verb=verb, at=at)
    return made


def require_fit(*, activity: Activity, verb: str) -> None:
    """Refuse a verb that does not fit the state, before anything else is asked of the activity."""
    if activity.state not in ACTIVITY[verb].sources:
        raise _moved_on(activity.state)


def claim_turn(*, activity: Activity, at: datetime, verb: str) -> str:
    """Take the turn of a verb and return the state before it; whoever writes more does so before the step is told."""
    step = ACTIVITY[verb]
    return take_turn(
        rows=Activity.unscoped.all(), thing=activity, sources=step.sources, target=step.reached_from(activity.state),
        at=at, moved_on=_moved_on,
    )  # fmt: skip


def append_step(
    *, activity: Activity, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> ActivityStep:
    """Write the step of the turn that the activity has now, leave a trail, tell the listeners and who follows it."""
    made = ActivityStep.objects.create(
        activity=activity, turn=activity.turn, verb=verb, from_state=from_state, to_state=activity.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        ActivityNote.objects.create(step=made, words=words)
    record(
        actor=actor, at=at, verb=f"activity.{verb}", subject=("activity", activity.pk),
        place_id=activity.place_id, county_id=activity.county_id,
    )  # fmt: skip
    publish(
        ActivityMoved(
            activity_id=activity.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=activity.state,
            place_id=activity.place_id, county_id=activity.county_id, at=at,
        )
    )  # fmt: skip
    if verb in TO_FOLLOWERS:
        tell_followers(kind=TO_FOLLOWERS[verb], activity=activity, at=at, but=actor.account_id)
    if TO_FOLLOWERS.get(verb) in TO_ALL_WHO_COME:
        tell_who_calls(activity=activity, at=at)
    return made


def _moved_on(state: str) -> ActivityMovedOn:
    return ActivityMovedOn(state=state, state_words=ActivityState(state).label)
