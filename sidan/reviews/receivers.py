"""What a review or a closing sets going, in the transaction of the review itself."""

from typing import Final

from sidan.core.events import subscribe
from sidan.core.jobs import defer_by_name
from sidan.orders.enums import WELL, OrderState
from sidan.orders.events import OrderEndedInDanger, OrderMoved, OrderReviewed
from sidan.orders.models import Order, OrderStep, Review
from sidan.reviews import operations
from sidan.reviews.enums import ToldBy
from sidan.reviews.policies import has_few_stars

ENDED_BY: Final = {"cancel": ToldBy.CANCELLING, "refuse": ToldBy.REFUSING, "close": ToldBy.CLOSING}


@subscribe(OrderReviewed)
def after_review(event: OrderReviewed) -> None:
    """Put a suggestion before those who answer, follow what is not well, and have the rules read it."""
    review = Review.objects.select_related("order", "text").get(pk=event.review_id)
    if hasattr(review, "text") and review.text.wish:
        operations.take_suggestion(at=event.at, review=review)
    order, turn = review.order, review.turn
    if event.is_danger:
        operations.follow_danger(
            at=event.at, order=order, turn=turn, outcome=event.outcome, told_by=ToldBy.REVIEW
        )
    elif event.outcome not in WELL:
        operations.follow_low_outcome(
            at=event.at, order=order, turn=turn, outcome=event.outcome, told_by=ToldBy.REVIEW
        )
    elif has_few_stars(review.stars):
        operations.follow_few_stars(at=event.at, order=order, turn=turn, outcome=event.outcome)
    if review.is_typed_by_staff:
        _draw_again(review, event)
    operations.keep_device(review=review, mark=event.device)
    defer_by_name("reviews.check", review_id=event.review_id)


def _draw_again(review: Review, event: OrderReviewed) -> None:
    """The closing was drawn at the common rate, before it was known who typed the review: now at the higher one."""
    steps = OrderStep.objects.filter(order=review.order_id, turn=review.turn)
    operations.draw_call_back(
        at=event.at, order=review.order, step_id=steps.values_list("pk", flat=True).get(), turn=review.turn,
        is_typed=True,
    )  # fmt: skip


@subscribe(OrderEndedInDanger)
def after_ending_in_danger(event: OrderEndedInDanger) -> None:
    """Leave something that people must see to: nobody decides or goes there any more."""
    order = Order.unscoped.get(pk=event.order_id)
    operations.follow_ending(at=event.at, order=order, turn=order.turn, told_by=ENDED_BY[event.verb])


@subscribe(OrderMoved)
def after_closing(event: OrderMoved) -> None:
    """Draw lots whether the resident is called back, also where nobody reviewed."""
    if event.from_state != OrderState.DONE or event.to_state != OrderState.CLOSED:
        return
    turn = OrderStep.objects.values_list("turn", flat=True).get(pk=event.step_id)
    order = Order.unscoped.get(pk=event.order_id)
    operations.draw_call_back(at=event.at, order=order, step_id=event.step_id, turn=turn)
