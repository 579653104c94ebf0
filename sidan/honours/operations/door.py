"""The one door of a proposal: it moves where nobody took a turn in between, appends the step and leaves a trail."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.turns import take_turn
from sidan.honours.enums import ProposalState
from sidan.honours.models import Proposal, ProposalNote, ProposalStep
from sidan.honours.states import PROPOSAL


class ProposalMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state that the proposal is in."""

    code = "proposal_moved_on"
    sentence = _("This list has moved on: it is now “%(state_words)s”. Please look at it again.")


def pass_door(*, proposal: Proposal, actor: Actor, at: datetime, verb: str, words: str = "") -> ProposalStep:
    """Move a proposal by a verb of the table, within the caller's transaction.

    Raises:
        ProposalMovedOn: the table does not allow it from this state, or another turn was taken since it was read.
    """
    step = PROPOSAL[verb]
    before = take_turn(
        rows=Proposal.unscoped.all(), thing=proposal, sources=step.sources,
        target=step.reached_from(proposal.state), at=at, moved_on=moved_on,
    )  # fmt: skip
    return append_step(proposal=proposal, actor=actor, at=at, verb=verb, before=before, words=words)


def append_step(
    *, proposal: Proposal, actor: Actor, at: datetime, verb: str, before: str, words: str = ""
) -> ProposalStep:
    """Write the step of the turn that the proposal has now, and leave a trail."""
    made = ProposalStep.objects.create(
        proposal=proposal, turn=proposal.turn, verb=verb, from_state=before, to_state=proposal.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if words:
        ProposalNote.objects.create(step=made, words=words)
    record(
        actor=actor, at=at, verb=f"honours.{verb}", subject=("proposal", proposal.pk),
        place_id=proposal.county_id, county_id=proposal.county_id,
    )  # fmt: skip
    return made


def locked(proposal: Proposal) -> Proposal:
    """Let one act at a time write on a proposal, as it is now: of those who object nobody comes too late."""
    return (
        Proposal.unscoped.select_for_update(of=("self",))
        .select_related("county", "title")
        .get(pk=proposal.pk)
    )


def require_fit(*, proposal: Proposal, verb: str) -> None:
    """Refuse a verb that does not fit the state, before anything else is asked. Raises ProposalMovedOn."""
    if proposal.state not in PROPOSAL[verb].sources:
        raise moved_on(proposal.state)


def moved_on(state: str) -> ProposalMovedOn:
    """Build the answer for whoever came second."""
    return ProposalMovedOn(state=state, state_words=ProposalState(state).label)
