"""The one door of a stallholder: it moves where nobody took a turn in between, appends the step and tells of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.activities.models import Activity
from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.turns import take_turn
from sidan.fairs.enums import HolderState
from sidan.fairs.events import StallholderMoved
from sidan.fairs.models import Stallholder, StallholderNote, StallholderStep
from sidan.fairs.states import STALLHOLDER


class StallholderMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state."""

    code = "stallholder_moved_on"
    sentence = _("This has moved on: it is now “%(state_words)s”. Please look at it again.")


def pass_door(
    *, holder: Stallholder, actor: Actor, at: datetime, verb: str, words: str = ""
) -> StallholderStep:
    """Move a stallholder by a verb of the table, within the caller's transaction. Raises StallholderMovedOn."""
    step = STALLHOLDER[verb]
    before = take_turn(
        rows=Stallholder.unscoped.all(), thing=holder, sources=step.sources,
        target=step.reached_from(holder.state), at=at, moved_on=moved_on,
    )  # fmt: skip
    return append_step(holder=holder, actor=actor, at=at, verb=verb, from_state=before, words=words)


def append_step(
    *, holder: Stallholder, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> StallholderStep:
    """Write the step of the turn that the stallholder has now, leave a trail and tell the listeners."""
    made = StallholderStep.objects.create(
        holder=holder, turn=holder.turn, verb=verb, from_state=from_state, to_state=holder.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        StallholderNote.objects.create(step=made, words=words)
    record(
        actor=actor, at=at, verb=f"stallholder.{verb}", subject=("stallholder", holder.pk), place_id=holder.place_id,
        county_id=holder.county_id,
    )  # fmt: skip
    publish(
        StallholderMoved(
            holder_id=holder.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=holder.state,
            place_id=holder.place_id, county_id=holder.county_id, at=at,
        )
    )  # fmt: skip
    return made


def leave_trail(*, activity: Activity, actor: Actor, at: datetime, verb: str, **facts: object) -> None:
    """Write down who changed what about the stalls of a fair."""
    record(
        actor=actor, at=at, verb=f"fair.{verb}", subject=("activity", activity.pk), place_id=activity.place_id,
        county_id=activity.county_id, **facts,
    )  # fmt: skip


def moved_on(state: str) -> StallholderMovedOn:
    """Build the answer for whoever came second."""
    return StallholderMovedOn(state=state, state_words=HolderState(state).label)
