"""Every read of the desk that has a name."""

from sidan.desk.queries.confirming import (
    calls_due,
    calls_made,
    earlier_orders,
    has_code,
    is_to_be_called,
    order_of_code,
)

__all__ = [
    "calls_due",
    "calls_made",
    "earlier_orders",
    "has_code",
    "is_to_be_called",
    "order_of_code",
]
