"""The office takes an order back from a team that is silent, or that serves no longer."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.transactions import act
from sidan.orders.enums import AssignmentState, Reason
from sidan.orders.models import Assignment, Order, WorkPart
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.door import lock_share, own_move
from sidan.orders.operations.handling import require_reason
from sidan.orders.operations.passing import take_share_back
from sidan.orders.operations.standing import PartMissing
from sidan.orders.permissions import require_handling
from sidan.orders.queries import reasons_to_take


class TeamInTime(Conflict):
    code = "team_in_time"
    sentence = _(
        "%(team)s still has time. The office can take this back when the time to call or to come is over, or when the"
        " team asks for it."
    )


class ReasonNotSo(Invalid):
    code = "reason_not_so"
    sentence = _("“%(reason)s” is not so of %(team)s. Please choose another reason: the resident reads it.")


TOLD_BY_FACTS: Final = frozenset({Reason.OVERDUE, Reason.TEAM_GONE})
"""Reasons that are so or not, whoever says them."""


def take_from_team(
    *, actor: Actor, at: datetime, order: Order, reason: str, words: str = "", part: WorkPart | None = None
) -> Order:
    """Take an order, or one part of it, back from a team whose time is over, or that rests or is dissolved.

    The office decides what a clock does not: also where the team was there once already, or a time is agreed that
    has not passed. Team, who was to go, and resident are told.

    Raises:
        NotYourQueue, ReasonMissing, PartMissing.
        TeamInTime: it serves, and its time to call or to come is not over.
        ReasonNotSo: its time is not over, or it does serve.
        OrderMovedOn: somebody is there, or no team has it.
    """
    require_handling(actor=actor, order=order)
    require_reason(reason)
    with act():
        part_id = part.pk if part else None
        lock_share(order=order, part_id=part_id)
        own_move(order, "take_back", part_id=part_id)
        order.refresh_from_db(fields=["due_at"])
        held = order.assignments.filter(state=AssignmentState.ACCEPTED, part=part)
        share = held.select_related("team", "part").first()
        if share is None:
            # Of an order that was split nobody has all of it.
            raise PartMissing
        share.order = order
        _require_true(share, reason, at)
        # After its time was looked at: what turns out to be a danger is due sooner.
        hear_and_warn(actor=actor, at=at, order=order, words=words)
        take_share_back(actor, at, order, share, reason=reason, words=words, kind="order_taken_from_team")
    return order


def _require_true(share: Assignment, reason: str, at: datetime) -> None:
    """Refuse to take it back from a team in time, and for a reason that is not so: the resident reads it."""
    true = reasons_to_take(share=share, at=at)
    if not true:
        raise TeamInTime(team=share.team.shown_name)
    if reason in TOLD_BY_FACTS and reason not in true:
        raise ReasonNotSo(reason=Reason(reason).label, team=share.team.shown_name)
