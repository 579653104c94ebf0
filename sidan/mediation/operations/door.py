"""The one door of a case: it moves where nobody took a turn in between, and appends the step."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.turns import take_turn
from sidan.mediation.enums import CaseState
from sidan.mediation.models import Case, CaseStep, StepNote
from sidan.mediation.permissions import require_leading
from sidan.mediation.states import CASE


class CaseMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the case is in."""

    code = "case_moved_on"
    sentence = _("This case has moved on: it is now “%(state_words)s”. Please look at it again.")


def moved_on(state: str) -> CaseMovedOn:
    """Build the answer for whoever came second."""
    return CaseMovedOn(state=state, state_words=CaseState(state).label)


def hold_case(*, actor: Actor, case: Case) -> str:
    """Keep a case as it is until the caller's transaction ends, for what is written beside it; return its state.

    Whoever writes beside a case takes its row first, then that of a sitting or a follow-up: nobody waits in a ring.

    Raises:
        NotYourCase: it was handed to another mediator since it was read.
    """
    held = Case.unscoped.select_for_update().only("state", "mediator").get(pk=case.pk)
    require_leading(actor=actor, case=held)
    return held.state


def pass_door(*, case: Case, actor: Actor, at: datetime, verb: str, words: str = "") -> CaseStep:
    """Move a case by a verb of the table within the caller's transaction, keep the step and its words.

    Raises:
        CaseMovedOn: the table does not allow it from this state, or another turn was taken since `case` was read.
    """
    step = CASE[verb]
    before = take_turn(
        rows=Case.unscoped.all(),
        thing=case,
        sources=step.sources,
        target=step.reached_from(case.state),
        at=at,
        moved_on=moved_on,
    )
    return append_step(case=case, actor=actor, at=at, verb=verb, from_state=before, words=words)


def append_step(
    *, case: Case, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> CaseStep:
    """Write the step of the turn that the case has now, and leave a trail."""
    made = CaseStep.objects.create(
        case=case, turn=case.turn, verb=verb, from_state=from_state, to_state=case.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        StepNote.objects.create(step=made, words=words)
    leave_trail(case=case, actor=actor, at=at, verb=verb)
    return made


def leave_trail(*, case: Case, actor: Actor, at: datetime, verb: str) -> None:
    """Write down who did what to which case; never what it is about."""
    record(
        actor=actor, at=at, verb=f"mediation.{verb}", subject=("mediation_case", case.pk),
        place_id=case.place_id, county_id=case.county_id,
    )  # fmt: skip
