"""The resident has the last word: review (评单) or cancel."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import NOBODY, Actor
from sidan.core.errors import Invalid
from sidan.core.events import publish
from sidan.core.transactions import act
from sidan.orders.enums import (
    COLLECTED_BY_STAFF,
    WELL,
    WITHOUT_ACCOUNT,
    AskedWay,
    AssignmentState,
    Outcome,
    ReviewChannel,
)
from sidan.orders.events import OrderEndedInDanger, OrderReviewed
from sidan.orders.models import Order, Review, ReviewText
from sidan.orders.notices import tell_dispatchers, tell_leader, tell_resident
from sidan.orders.operations.danger import hear_and_warn, hear_danger
from sidan.orders.operations.door import own_move, pass_door
from sidan.orders.operations.ending import end_early
from sidan.orders.permissions import (
    NotYourOrder,
    may_change_for_resident,
    require_cancelling,
    require_entering,
    require_own,
)
from sidan.people.permissions import require_signed_in


class OutcomeMissing(Invalid):
    code = "outcome_missing"
    sentence = _("Please say first whether it was done.")


class StarsRefused(Invalid):
    code = "stars_refused"
    sentence = _("Give one to five stars, or none.")


class NotAskedSo(Invalid):
    code = "order_not_cancelled_so"
    sentence = _("Please say how the resident asked you: by telephone, in person, or through others.")


class NotCollectedSo(Invalid):
    code = "review_not_collected_so"
    sentence = _("Please say how the review reached you: by telephone or on paper.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a resident says of an order: the outcome first, then stars and words if one likes."""

    outcome: str
    stars: int | None = None
    words: str = ""
    wish: str = ""
    """What should be done better."""


def review_order(
    *,
    actor: Actor,
    at: datetime,
    order: Order,
    outcome: str,
    stars: int | None = None,
    words: str = "",
    wish: str = "",
    channel: str = ReviewChannel.PORTAL,
) -> Review:
    """Say how it was: outcome first, stars and words if one likes (R-Z5); this closes the order.

    Raises:
        NotYourOrder, OutcomeMissing, StarsRefused, OrderMovedOn.
    """
    require_own(actor=actor, order=order)
    require_signed_in(actor=actor)
    return _review(actor, at, order, Said(outcome, stars, words, wish), channel)


def review_order_for(*, actor: Actor, at: datetime, order: Order, said: Said, channel: str) -> Review:
    """Enter what a resident said by telephone or on paper; who entered it is kept.

    Raises:
        MayNotEnter, NotCollectedSo, OutcomeMissing, StarsRefused, OrderMovedOn.
    """
    require_entering(actor=actor, place_id=order.origin_place_id, county_id=order.county_id)
    require_signed_in(actor=actor)
    if channel not in COLLECTED_BY_STAFF:
        raise NotCollectedSo
    return _review(actor, at, order, said, channel)


def review_order_by_code(*, at: datetime, order: Order, said: Said, channel: str, device: str = "") -> Review:
    """Take in what a resident without an account says; the caller has checked the code in the resident's hand.

    The mark of a browser that has one is handed on, so that a volunteer's own telephone is noticed.

    Raises:
        NotCollectedSo, OutcomeMissing, StarsRefused, OrderMovedOn.
    """
    if channel not in WITHOUT_ACCOUNT:
        raise NotCollectedSo
    return _review(replace(NOBODY, device=device), at, order, said, channel)


def _review(actor: Actor, at: datetime, order: Order, said: Said, channel: str) -> Review:
    if said.outcome not in Outcome.values:
        raise OutcomeMissing
    if said.stars is not None and not 1 <= said.stars <= 5:
        raise StarsRefused
    with act():
        review_move = own_move(order, "review")
        # It is heard while the order is not over yet: afterwards nothing happens to it any more.
        is_danger = bool(hear_danger(actor=actor, at=at, order=order, words=f"{said.words}\n{said.wish}"))
        pass_door(order=order, actor=actor, at=at, moves=[review_move])
        review = Review.objects.create(
            order=order, turn=order.turn, outcome=said.outcome, stars=said.stars, channel=channel,
            by_id=actor.account_id, at=at,
        )  # fmt: skip
        if said.words or said.wish:
            ReviewText.objects.create(review=review, words=said.words, wish=said.wish)
        _tell_of_review(order, said.outcome, at)
        if is_danger:
            tell_dispatchers(kind="order_danger", order=order, at=at)
        publish(
            OrderReviewed(
                order_id=order.pk,
                review_id=review.pk,
                outcome=said.outcome,
                at=at,
                device=actor.device,
                is_danger=is_danger,
            )
        )
        if is_danger or said.outcome not in WELL:
            # Whoever listened may have opened it again.
            order.refresh_from_db(fields=["state", "state_since", "turn", "due_at", "half_at"])
    return review


def cancel_order(*, actor: Actor, at: datetime, order: Order, reason: str = "", words: str = "") -> Order:
    """Cancel while nobody is there and something is still to be done; a team that has it or was offered it is told.

    Raises:
        NotYourOrder, OrderMovedOn.
    """
    require_cancelling(actor=actor, order=order)
    return _cancel(actor, at, order, reason, words)


def cancel_order_for(
    *, actor: Actor, at: datetime, order: Order, asked_by: str, reason: str = "", words: str = ""
) -> Order:
    """Cancel because the resident said so to staff who look after them; how they did stays in the trail.

    Raises:
        NotYourOrder, NotAskedSo, OrderMovedOn.
    """
    if not may_change_for_resident(actor=actor, order=order):
        raise NotYourOrder
    if asked_by not in AskedWay.values:
        raise NotAskedSo
    with act():
        _cancel(actor, at, order, reason, words)
        record(
            actor=actor, at=at, verb="order.asked_to_cancel", subject=("order", order.pk),
            place_id=order.origin_place_id, county_id=order.county_id, asked_by=asked_by,
        )  # fmt: skip
    return order


def _cancel(actor: Actor, at: datetime, order: Order, reason: str, words: str) -> Order:
    with act():
        is_danger = hear_and_warn(actor=actor, at=at, order=order, words=words)
        end_early(actor=actor, at=at, order=order, verb="cancel", reason=reason, words=words)
        if is_danger:
            publish(OrderEndedInDanger(order_id=order.pk, verb="cancel", at=at))
        tell_dispatchers(kind="order_cancelled_to_office", order=order, at=at)
        if actor.person_id != order.requester_id:
            tell_resident(kind="order_cancelled_for_you", order=order, at=at)
    return order


def _tell_of_review(order: Order, outcome: str, at: datetime) -> None:
    done = order.assignments.filter(state=AssignmentState.FINISHED).order_by("-id")
    # Of an order that was split, all who had a part are told; otherwise who did it last.
    shared = done.filter(part__isnull=False, part__ended_at=None)
    for team_id in shared.values_list("team", flat=True) or done.values_list("team", flat=True)[:1]:
        tell_leader(team_id=team_id, kind="order_reviewed", order=order, at=at)
    if outcome not in WELL:
        tell_dispatchers(kind="order_reviewed", order=order, at=at)
