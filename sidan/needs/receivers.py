"""What becomes of a need when the order it led to ends undone: nothing came of it, in the same transaction."""

from sidan.core.events import subscribe
from sidan.needs.operations import settle_after_order
from sidan.orders.enums import ENDED, OrderState
from sidan.orders.events import OrderMerged, OrderMoved


@subscribe(OrderMoved)
def after_an_order(event: OrderMoved) -> None:
    """Look again at the needs that led to an order which ended before it was done, or was opened again."""
    if event.goes_on_elsewhere:
        return
    has_ended, had_ended = event.to_state in ENDED, event.from_state in ENDED
    # What is closed after it was done changes nothing.
    if has_ended != had_ended and event.from_state != OrderState.DONE:
        settle_after_order(at=event.at, order_id=event.order_id)


@subscribe(OrderMerged)
def after_a_merging(event: OrderMerged) -> None:
    """Look again at the needs that led to both orders: these are one order now, and it counts once."""
    settle_after_order(at=event.at, order_id=event.into_id)
