"""What becomes of a wish when an order for it is over: its office is told, in the transaction of the order's step."""

from sidan.core.events import subscribe
from sidan.orders.events import OrderMoved
from sidan.wishes.enums import OVER
from sidan.wishes.operations import tell_of_order_over


@subscribe(OrderMoved)
def after_an_order(event: OrderMoved) -> None:
    """Tell the office once for each step by which an order came to its end, or to where it cannot be done."""
    if event.goes_on_elsewhere:
        return
    if event.to_state in OVER and event.from_state not in OVER:
        tell_of_order_over(at=event.at, order_id=event.order_id, step_id=event.step_id)
