"""What stands on the stage of reviews: a call-back, a flag, something to be seen to, a suggestion."""

from dataclasses import replace
from typing import Any

from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.orders import operations as orders
from sidan.orders.models import Order
from sidan.places.models import Place
from sidan.reviews import operations as reviews
from sidan.reviews.enums import Rule
from sidan.reviews.models import CallBack, FollowUp, Suggestion
from sidan.reviews.operations.judging import flag_review
from sidan.reviews.queries import DEFAULTS
from tests.cast import Cast
from tests.matrix.stage_desk import who_calls


def call_everybody_back(center: Place) -> None:
    """Let the lot fall on every order of a county."""
    rule = replace(DEFAULTS, percent=100)
    reviews.set_review_rule(actor=SYSTEM, at=now(), place=center, rule=rule, reason="试行")


def review_half(cast: Cast, order: Order) -> None:
    """Review an order within the minute of its report, as half done, with a wish."""
    review = orders.review_order(
        actor=cast.zhou.actor, at=now(), order=order, outcome="half", words="只理了一半", wish="早点来"
    )
    reviews.check_review(at=now(), review_id=review.pk)
    # A low review is not put aside for how it came about; for what a call-back said, it is.
    flag_review(at=now(), review=review, rule=Rule.CONTRADICTED)


def build_reviews(cast: Cast, things: dict[str, Any], order: Order) -> None:
    """Review an order that was served, and keep what came of it."""
    call_everybody_back(cast.places.center)
    review_half(cast, order)
    call_back = CallBack.objects.select_related("order").get(order=order)
    # Who writes down a call has opened whom to call.
    for one in who_calls(cast):
        reviews.look_to_call(actor=one.actor, at=now(), call_back=call_back)
    things |= {
        "flagged": order.uuid, "flagged_turn": order.turn, "call_back": call_back.uuid,
        "review_follow_up": FollowUp.objects.get(order=order).uuid,
        "suggestion": Suggestion.objects.get(order=order).uuid,
    }  # fmt: skip
