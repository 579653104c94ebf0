"""What becomes of a need when the order it led to comes to nothing: nothing came of it, in the same transaction."""

from sidan.core.events import subscribe
from sidan.needs.enums import FRUITLESS
from sidan.needs.operations import settle_after_order
from sidan.orders.events import OrderMoved


@subscribe(OrderMoved)
def after_an_order(event: OrderMoved) -> None:
    """Look again at the needs that led to an order which was refused or cancelled."""
    if event.to_state in FRUITLESS and event.from_state not in FRUITLESS:
        settle_after_order(order_id=event.order_id)
