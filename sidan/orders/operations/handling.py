"""What the place that holds an order decides: admit, refuse, offer to a team (派单), find none, close, open again."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.catalogue.queries import team_serves
from sidan.core.actor import SYSTEM, Actor
from sidan.core.errors import Conflict, Invalid
from sidan.core.events import publish
from sidan.core.moments import when_words
from sidan.core.transactions import act
from sidan.orders.enums import (
    GIVEN_BY_CLOCK,
    LIVE_ASSIGNMENT,
    AssignmentState,
    Machine,
    OrderState,
    Reason,
    TakeOverState,
    Urgency,
)
from sidan.orders.events import OrderEndedInDanger
from sidan.orders.models import Assignment, Order, OrderParty, WorkPart
from sidan.orders.notices import of_team, tell_dispatchers, tell_leader, tell_persons, tell_resident
from sidan.orders.operations.danger import hear_and_warn
from sidan.orders.operations.door import Move, lock_share, own_move, pass_door
from sidan.orders.operations.standing import moved_on
from sidan.orders.permissions import require_handling
from sidan.orders.queries.reviews import review_until
from sidan.people.models import Team
from sidan.people.operations import hold_team


class ReasonMissing(Invalid):
    code = "reason_missing"
    sentence = _("Please choose a reason: the person who asked will read it.")


class TeamDoesNotServe(Invalid):
    code = "team_does_not_serve"
    sentence = _("%(team)s does not offer this kind of service here, or is not active.")


class TeamHasPart(Invalid):
    code = "team_has_part"
    sentence = _("%(team)s has another part of this order already.")


class NoOfferToWithdraw(Conflict):
    code = "no_offer_to_withdraw"
    sentence = _("There is no open offer to withdraw.")


class ReviewAwaited(Conflict):
    code = "review_awaited"
    sentence = _(
        "The resident may say how it was until %(until_words)s. What was told you by telephone can be entered as their"
        " review; without one the order is closed after that."
    )


def require_reason(reason: str) -> str:
    """Refuse an act that must be explained and is not.

    Raises:
        ReasonMissing: no known reason code.
    """
    if reason not in Reason.values or reason in GIVEN_BY_CLOCK:
        raise ReasonMissing
    return reason


def admit_order(*, actor: Actor, at: datetime, order: Order) -> Order:
    """Take the order in (受理). Raises NotYourQueue, OrderMovedOn."""
    require_handling(actor=actor, order=order)
    with act():
        pass_door(order=order, actor=actor, at=at, moves=[own_move(order, "admit")])
        tell_resident(kind="order_admitted", order=order, at=at)
    return order


def refuse_order(*, actor: Actor, at: datetime, order: Order, reason: str, words: str = "") -> Order:
    """Do not admit the order; the resident reads why. What is a danger to life is left for somebody to see to.

    Raises:
        NotYourQueue, ReasonMissing, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    require_reason(reason)
    with act():
        hear_and_warn(actor=actor, at=at, order=order, words=words)
        moves = [own_move(order, "refuse")]
        pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
        tell_resident(kind="order_refused", order=order, at=at)
        if order.urgency == Urgency.DANGER:
            publish(OrderEndedInDanger(order_id=order.pk, verb="refuse", at=at))
    return order


def say_cannot(*, actor: Actor, at: datetime, order: Order, reason: str, words: str = "") -> Order:
    """Say that no team can do it, before any has tried; the resident reads why.

    From then on it stands as an order that a team handed back: it is offered to a team after all, or closed.

    Raises:
        NotYourQueue, ReasonMissing, OrderMovedOn.
        PartMissing: it was split; the parts that nobody can do are left out one by one.
    """
    require_handling(actor=actor, order=order)
    require_reason(reason)
    with act():
        moves = [own_move(order, "cannot")]
        pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
        tell_resident(kind="order_failed", order=order, at=at)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return order


def dispatch_order(
    *, actor: Actor, at: datetime, order: Order, team: Team, part: WorkPart | None = None, words: str = ""
) -> Assignment:
    """Offer the order, or one part of it, to a team (派单); the team agrees before it is final (Regulations, art. 25).

    Raises:
        NotYourQueue, PartMissing, TeamDoesNotServe, TeamHasPart, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    part_id = part.pk if part else None
    with act():
        hold_team(team_id=team.pk)
        lock_share(order=order, part_id=part_id)
        move = own_move(order, "dispatch", part_id=part_id, team_id=team.pk)
        require_serves(order=order, category=(part or order).category_id, team=team)
        if part is not None:
            require_free_for(order=order, team=team)
        assignment = Assignment.objects.create(
            order=order,
            part=part,
            team=team,
            state=AssignmentState.OFFERED,
            offered_at=at,
            offered_by_id=actor.account_id,
        )
        OrderParty.objects.bulk_create(
            [OrderParty(order=order, team=team, since=at)], ignore_conflicts=True
        )  # a team may come back to an order it failed before
        offer = Move(Machine.ASSIGNMENT, "offer", "", assignment_id=assignment.pk, team_id=team.pk)
        pass_door(order=order, actor=actor, at=at, moves=[offer, move], words=words)
        tell_leader(team_id=team.pk, kind="order_offered", order=order, at=at)
        tell_resident(kind="order_dispatched", order=order, at=at, **of_team(team))
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return assignment


def require_serves(*, order: Order, category: str, team: Team) -> None:
    """Refuse a team that does not serve this kind where the resident lives. Raises TeamDoesNotServe."""
    if not team_serves(team_id=team.pk, category=category, place_id=order.origin_place_id):
        raise TeamDoesNotServe(team=team.shown_name)


def require_free_for(*, order: Order, team: Team) -> None:
    """Refuse a team that has another part of this order: who can do both needs no split. Raises TeamHasPart."""
    if order.assignments.filter(team=team, state__in=sorted(LIVE_ASSIGNMENT)).exists():
        raise TeamHasPart(team=team.shown_name)


def withdraw_offer(
    *, actor: Actor, at: datetime, order: Order, part: WorkPart | None = None, words: str = ""
) -> Order:
    """Take back an offer that nobody answered: of this part, or the oldest of the order.

    Raises:
        NotYourQueue, NoOfferToWithdraw, OrderMovedOn.
    """
    require_handling(actor=actor, order=order)
    with act():
        if part is not None:
            lock_share(order=order, part_id=part.pk)
        withdraw_share(actor, at, order, _open_offers(order, part)[0], words=words)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return order


def expire_offer(*, at: datetime, order: Order, part: WorkPart | None = None) -> Order:
    """Take back an offer of an order, or of one part, whose time to answer is over; it waits for another team.

    The offers of its other parts stand: each has a time of its own.

    Raises:
        NoOfferToWithdraw, OrderMovedOn.
    """
    with act():
        if part is not None:
            lock_share(order=order, part_id=part.pk)
        offer = next((each for each in _open_offers(order) if each.part_id == (part and part.pk)), None)
        if offer is None:
            raise NoOfferToWithdraw
        withdraw_share(SYSTEM, at, order, offer, reason=Reason.EXPIRED)
    return order


def _open_offers(order: Order, part: WorkPart | None = None) -> list[Assignment]:
    """Return the offers that wait for an answer, of one part or of all, the oldest first. Raises NoOfferToWithdraw."""
    rows = order.assignments.filter(state=AssignmentState.OFFERED).order_by("id")
    offers = list(rows.filter(part=part) if part else rows)
    if not offers:
        raise NoOfferToWithdraw
    return offers


def withdraw_share(
    actor: Actor, at: datetime, order: Order, offer: Assignment, *, reason: str = "", words: str = ""
) -> None:
    """Take the step through the door and end an offer that nobody answered; the team that was asked is told."""
    moves = [
        Move(Machine.ASSIGNMENT, "withdraw", offer.state, assignment_id=offer.pk, team_id=offer.team_id),
        own_move(order, "withdraw_offer", part_id=offer.part_id, team_id=offer.team_id),
    ]
    pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
    end_assignment(assignment=offer, state=AssignmentState.WITHDRAWN, at=at)
    end_party(order=order, team_id=offer.team_id, at=at)
    tell_leader(team_id=offer.team_id, kind="order_withdrawn", order=order, at=at)


def close_order(*, actor: Actor, at: datetime, order: Order, words: str = "") -> Order:
    """Close what the resident did not review in time, or what could not be done.

    What could not be done and is a danger to life is left for somebody to see to, and so are words that speak of one.

    Raises:
        NotYourQueue, OrderMovedOn.
        ReviewAwaited: the resident has time left to say how it was; the last word is not the office's.
    """
    require_handling(actor=actor, order=order)
    until = review_until(order=order)
    if until is not None and at < until:
        raise ReviewAwaited(until=until.isoformat(), until_words=when_words(until, now=at))
    with act():
        is_danger = hear_and_warn(actor=actor, at=at, order=order, words=words)
        is_danger |= order.state == OrderState.FAILED and order.urgency == Urgency.DANGER
        pass_door(order=order, actor=actor, at=at, moves=[own_move(order, "close")], words=words)
        tell_resident(kind="order_closed", order=order, at=at)
        if is_danger:
            publish(OrderEndedInDanger(order_id=order.pk, verb="close", at=at))
    return order


def close_unreviewed(*, at: datetime, order: Order) -> Order:
    """Close an order whose time for a review is over; it counts as not reviewed. Raises OrderMovedOn."""
    with act():
        move = own_move(order, "close")
        pass_door(order=order, actor=SYSTEM, at=at, moves=[move], reason=Reason.NOT_REVIEWED)
        tell_resident(kind="order_closed", order=order, at=at)
    return order


def reopen_order(*, actor: Actor, at: datetime, order: Order, words: str = "") -> Order:
    """Open a closed order again after a bad outcome. Raises NotYourQueue, OrderMovedOn."""
    require_handling(actor=actor, order=order)
    return _reopen(actor, at, order, words=words)


def reopen_after_review(*, at: datetime, order: Order) -> Order:
    """Open a closed order again because the resident said that it is not well yet (R-Z5). Raises OrderMovedOn."""
    return _reopen(SYSTEM, at, order, reason=Reason.NOT_WELL)


def _reopen(actor: Actor, at: datetime, order: Order, *, reason: str = "", words: str = "") -> Order:
    with act():
        moves = [own_move(order, "reopen")]
        pass_door(order=order, actor=actor, at=at, moves=moves, reason=reason, words=words)
        end_split(order=order, at=at)
        tell_resident(kind="order_reopened", order=order, at=at)
        tell_dispatchers(kind="order_reopened_to_office", order=order, at=at)
        hear_and_warn(actor=actor, at=at, order=order, words=words)
    return order


def end_split(*, order: Order, at: datetime) -> None:
    """The parts of an order that is opened again or called off are over; it begins whole, or not at all."""
    order.parts.filter(ended_at=None).update(ended_at=at)


def tell_named(*, actor: Actor, at: datetime, share: Assignment, order: Order) -> None:
    """Tell whoever was to go for a team that they need not any more; who ends it themselves knows.

    Whatever ends a share before it is done asks for this: nobody stands before a door where nobody is awaited.
    """
    named = share.members.filter(removed_at=None).exclude(person=actor.person_id)
    people = named.values_list("person_id", flat=True)
    tell_persons(person_ids=people, kind="order_no_longer_yours", order=order, at=at)


def end_assignment(*, assignment: Assignment, state: AssignmentState, at: datetime) -> None:
    """Write the end of an assignment whose step has passed the door. Raises OrderMovedOn as `set_assignment`."""
    set_assignment(assignment=assignment, state=state, ended_at=at)


def set_assignment(*, assignment: Assignment, state: AssignmentState, **moments: datetime) -> None:
    """Write an assignment's new state if it still has the one that was read.

    The order's turn guards this already; the condition guards against an assignment read before its order.

    Raises:
        OrderMovedOn: it has another state by now.
    """
    rows = Assignment.objects.filter(pk=assignment.pk, state=assignment.state)
    if rows.update(state=state, **moments) != 1:
        raise moved_on(Order.unscoped.values_list("state", flat=True).get(pk=assignment.order_id))
    if assignment.state == AssignmentState.ACCEPTED:
        _drop_take_over(assignment, moments)
    assignment.state = state


def _drop_take_over(assignment: Assignment, moments: Mapping[str, datetime]) -> None:
    """A share that ends needs nobody any more who takes it over: whoever was asked is told."""
    asked = assignment.take_overs.filter(state=TakeOverState.OPEN).first()
    if asked is None:
        return
    asked.state, asked.ended_at = TakeOverState.DROPPED, moments["ended_at"]
    asked.save(update_fields=["state", "ended_at"])
    if asked.to_team_id is not None:
        tell_leader(
            team_id=asked.to_team_id, kind="take_over_withdrawn", order=assignment.order, at=asked.ended_at,
            **of_team(assignment.team),
        )  # fmt: skip


def end_party(*, order: Order, team_id: int, at: datetime) -> None:
    """A team that no longer has to do with an order no longer sees it."""
    order.parties.filter(team=team_id, until=None).update(until=at)
