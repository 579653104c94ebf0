"""The one door of a school: it moves where nobody took a turn in between, and appends the step."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.turns import take_turn
from sidan.schools.enums import SchoolState
from sidan.schools.events import SchoolMoved
from sidan.schools.models import School, SchoolNote, SchoolStep
from sidan.schools.states import SCHOOL


class SchoolMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the school is in."""

    code = "school_moved_on"
    sentence = _("This school has moved on: it is now “%(state_words)s”. Please look at it again.")


class SchoolClosed(Conflict):
    code = "school_closed"
    sentence = _("This school is closed: nobody joins it, and it has no classes.")


def claim_turn(*, school: School, at: datetime, verb: str) -> str:
    """Take the turn of a verb and return the state before it: it locks the school. Raises SchoolMovedOn."""
    step = SCHOOL[verb]
    return take_turn(
        rows=School.unscoped.all(), thing=school, sources=step.sources, target=step.reached_from(school.state),
        at=at, moved_on=_moved_on,
    )  # fmt: skip


def append_step(
    *, school: School, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> SchoolStep:
    """Write the step of the turn that the school has now, leave a trail and tell the listeners."""
    made = SchoolStep.objects.create(
        school=school, turn=school.turn, verb=verb, from_state=from_state, to_state=school.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        SchoolNote.objects.create(step=made, words=words)
    leave_trail(school=school, actor=actor, at=at, verb=verb)
    publish(
        SchoolMoved(
            school_id=school.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=school.state,
            place_id=school.place_id, county_id=school.county_id, at=at,
        )
    )  # fmt: skip
    return made


def leave_trail(*, school: School, actor: Actor, at: datetime, verb: str) -> None:
    """Write down who did what at which school; of a pupil the trail names the school alone."""
    record(
        actor=actor, at=at, verb=f"school.{verb}", subject=("school", school.pk), place_id=school.place_id,
        county_id=school.county_id,
    )  # fmt: skip


def lock_active(*, school: School) -> None:
    """Lock a school so that nobody closes it meanwhile, and refuse one that is closed. Raises SchoolClosed."""
    state = School.unscoped.select_for_update(no_key=True).values_list("state", flat=True).get(pk=school.pk)
    if state != SchoolState.ACTIVE:
        raise SchoolClosed


def _moved_on(state: str) -> SchoolMovedOn:
    return SchoolMovedOn(state=state, state_words=SchoolState(state).label)
