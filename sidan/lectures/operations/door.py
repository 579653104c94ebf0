"""The one door of a talk: it moves where nobody took a turn in between, appends the step and tells of it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.turns import take_turn
from sidan.lectures.enums import TalkState
from sidan.lectures.events import TalkMoved
from sidan.lectures.models import Talk, TalkNote, TalkStep
from sidan.lectures.states import TALK


class TalkMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the talk is in."""

    code = "talk_moved_on"
    sentence = _("This talk has moved on: it is now “%(state_words)s”. Please look at it again.")


def pass_door(*, talk: Talk, actor: Actor, at: datetime, verb: str, words: str = "") -> TalkStep:
    """Move a talk by a verb of the table, within the caller's transaction.

    Raises:
        TalkMovedOn: the table does not allow it from this state, or another turn was taken since it was read.
    """
    before = claim_turn(talk=talk, at=at, verb=verb)
    return append_step(talk=talk, actor=actor, at=at, verb=verb, from_state=before, words=words)


def require_fit(*, talk: Talk, verb: str) -> None:
    """Refuse a verb that does not fit the state, before anything else is asked of the talk. Raises TalkMovedOn."""
    if talk.state not in TALK[verb].sources:
        raise moved_on(talk.state)


def claim_turn(*, talk: Talk, at: datetime, verb: str) -> str:
    """Take the turn of a verb and return the state before it: it locks the talk, whose materials are written after."""
    step = TALK[verb]
    return take_turn(
        rows=Talk.unscoped.all(), thing=talk, sources=step.sources, target=step.reached_from(talk.state),
        at=at, moved_on=moved_on,
    )  # fmt: skip


def append_step(
    *, talk: Talk, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> TalkStep:
    """Write the step of the turn that the talk has now, leave a trail and tell the listeners."""
    made = TalkStep.objects.create(
        talk=talk, turn=talk.turn, verb=verb, from_state=from_state, to_state=talk.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        TalkNote.objects.create(step=made, words=words)
    leave_trail(talk=talk, actor=actor, at=at, verb=verb)
    publish(
        TalkMoved(
            talk_id=talk.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=talk.state,
            place_id=talk.place_id, county_id=talk.county_id, at=at,
        )
    )  # fmt: skip
    return made


def leave_trail(*, talk: Talk, actor: Actor, at: datetime, verb: str) -> None:
    """Write down who did what to which talk."""
    record(
        actor=actor, at=at, verb=f"lecture.{verb}", subject=("lecture", talk.pk), place_id=talk.place_id,
        county_id=talk.county_id,
    )  # fmt: skip


def moved_on(state: str) -> TalkMovedOn:
    """Build the answer for whoever came second."""
    return TalkMovedOn(state=state, state_words=TalkState(state).label)
