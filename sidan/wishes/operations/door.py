"""The one door of a wish: it moves where nobody took a turn in between, appends the step and tells of it."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.events import publish
from sidan.core.turns import take_turn
from sidan.wishes.enums import WishState
from sidan.wishes.events import WishMoved
from sidan.wishes.models import Wish, WishNote, WishStep
from sidan.wishes.operations.clock import CLOCKWORK
from sidan.wishes.queries import has_open_order, has_visit_to_come
from sidan.wishes.states import WISH

BEGINS_ANEW: Final = frozenset({"pass_up"})
"""What changes no state and yet begins the time anew: somebody else has it."""


class WishMovedOn(Conflict):
    """Somebody was faster, or the step does not fit the state the wish is in."""

    code = "wish_moved_on"
    sentence = _("This wish has moved on: it is now “%(state_words)s”. Please look at it again.")


def moved_on(state: str) -> WishMovedOn:
    """Build the answer for whoever came second."""
    return WishMovedOn(state=state, state_words=WishState(state).label)


def pass_door(*, wish: Wish, actor: Actor, at: datetime, verb: str, words: str = "") -> WishStep:
    """Move a wish by a verb of the table, within the caller's transaction.

    Raises:
        WishMovedOn: the table does not allow it from this state, or another turn was taken since `wish` was read.
    """
    step = WISH[verb]
    before = take_turn(
        rows=Wish.unscoped.all(),
        thing=wish,
        sources=step.sources,
        target=step.reached_from(wish.state),
        at=at,
        moved_on=moved_on,
    )
    return append_step(wish=wish, actor=actor, at=at, verb=verb, from_state=before, words=words)


def append_step(
    *, wish: Wish, actor: Actor, at: datetime, verb: str, from_state: str, words: str = ""
) -> WishStep:
    """Write the step of the turn that the wish has now, leave a trail, tell the listeners."""
    made = WishStep.objects.create(
        wish=wish, turn=wish.turn, verb=verb, from_state=from_state, to_state=wish.state,
        actor_id=actor.account_id, at=at,
    )  # fmt: skip
    if from_state != wish.state or verb in BEGINS_ANEW:
        CLOCKWORK.tell(wish, step_id=made.pk, at=at)
    if words:
        WishNote.objects.create(step=made, words=words)
    leave_trail(wish=wish, actor=actor, at=at, verb=verb)
    publish(
        WishMoved(
            wish_id=wish.pk, step_id=made.pk, verb=verb, from_state=from_state, to_state=wish.state,
            place_id=wish.place_id, county_id=wish.county_id, at=at,
        )
    )  # fmt: skip
    return made


def leave_trail(*, wish: Wish, actor: Actor, at: datetime, verb: str) -> None:
    """Write down who did what to which wish."""
    record(
        actor=actor, at=at, verb=f"wish.{verb}", subject=("wish", wish.pk), place_id=wish.place_id,
        county_id=wish.county_id,
    )  # fmt: skip


class WishHasOpenOrder(Conflict):
    code = "wish_has_open_order"
    sentence = _(
        "An order for this wish has not ended. Please have it closed or cancelled first, or call the office."
    )


def require_no_visit_to_come(*, wish: Wish) -> None:
    """Refuse that a wish came true for which somebody will come still. Raises WishHasOpenOrder."""
    if has_visit_to_come(wish=wish):
        raise WishHasOpenOrder


def require_no_open_order(*, wish: Wish) -> None:
    """Refuse to end a wish before its orders ended; one that could not be done has not. Raises WishHasOpenOrder."""
    if has_open_order(wish=wish):
        raise WishHasOpenOrder
