"""Who may read and write in the talk about an order: its parties of this moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict, Forbidden, NotFound
from sidan.orders.enums import ENDED, AssignmentState
from sidan.orders.models import Assignment, Order
from sidan.orders.permissions import is_named, looks_after
from sidan.people.enums import Role
from sidan.talk.enums import Side

HELD = frozenset({AssignmentState.ACCEPTED, AssignmentState.FINISHED, AssignmentState.FAILED})


class NoPartOfIt(NotFound):
    code = "no_part_of_it"
    sentence = _(
        "Here talk only the resident, the team that took the order, and the office that looks after it."
    )


class TalkIsOver(Conflict):
    code = "talk_is_over"
    sentence = _("This order has ended: what was said can be read, and nothing can be added.")


class NotOffice(Forbidden):
    code = "not_the_office_of_it"
    sentence = _("Only the office that looks after this order may do this.")


class NotPhraseKeeper(Forbidden):
    code = "not_phrase_keeper"
    sentence = _("These sentences are looked after by the manager of the county.")


@dataclass(frozen=True, slots=True)
class Seat:
    """For whom one speaks, and from when until when one may read: a team only what fell into its own time."""

    side: Side
    team_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    may_write: bool = True


def seat_of(*, actor: Actor, order: Order) -> Seat:
    """Return the actor's seat in the talk about an order.

    Raises:
        NoPartOfIt: there is none; it looks as if there were no such thing.
    """
    is_open = order.state not in ENDED
    if actor.person_id is not None and order.requester_id == actor.person_id:
        return Seat(Side.RESIDENT, may_write=is_open)
    # Where the resident lives they know them: a station speaks for who has no telephone.
    if looks_after(actor=actor, order=order):
        return Seat(Side.OFFICE, may_write=is_open)
    found = _own_share(actor, order)
    if found is None:
        raise NoPartOfIt
    share, until = found
    return Seat(
        Side.TEAM,
        team_id=share.team_id,
        since=share.answered_at or share.offered_at,
        until=until,
        may_write=is_open and until is None,
    )


def _own_share(actor: Actor, order: Order) -> tuple[Assignment, datetime | None] | None:
    """Return the share of the actor's team, and when its time was over: the one it holds, else the last it held.

    Of a dissolved team those who are at the door see their visit through.
    """
    own = Q(team__in=actor.team_ids or (0,)) | Assignment.seen_through_q()
    rows = Assignment.objects.filter(own, order=order, state__in=HELD)
    again = Assignment.opened_again().order_by("id").values("at")[:1]
    mine = [
        (row, _over_at(row, row.again_at))
        for row in rows.annotate(again_at=Subquery(again)).order_by("-id")
        if row.team_id in actor.led_team_ids or is_named(actor=actor, assignment=row)
    ]
    # What it still has to do goes before what it has reported, and that before what it has no more.
    mine.sort(key=lambda one: (one[1] is not None, one[0].state != AssignmentState.ACCEPTED))
    return next(iter(mine), None)


def _over_at(share: Assignment, again_at: datetime | None) -> datetime | None:
    """Return when a team was no party any more; whoever has reported is one until the order is opened again."""
    if share.state == AssignmentState.FAILED:
        return share.ended_at
    return again_at if share.state == AssignmentState.FINISHED else None


def require_writing(*, seat: Seat) -> None:
    if not seat.may_write:
        raise TalkIsOver


def require_office(*, seat: Seat) -> None:
    if seat.side != Side.OFFICE:
        raise NotOffice


def phrase_county(*, actor: Actor) -> int:
    """Return the county whose sentences the actor looks after: a manager at its center; of several, the first.

    Raises:
        NotPhraseKeeper: there is none.
    """
    for grant in actor.grants:
        if grant.role == Role.MANAGER and grant.kind == "center":
            return grant.place_id
    raise NotPhraseKeeper


def require_phrases(*, actor: Actor) -> None:
    phrase_county(actor=actor)
