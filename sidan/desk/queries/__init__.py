"""Every read of the desk that has a name."""

from sidan.desk.queries.confirming import (
    all_to_be_called,
    calls_due,
    calls_made,
    earlier_orders,
    has_code,
    is_to_be_called,
    order_of_code,
)
from sidan.desk.queries.paper import cards_on_paper, ids_of, numbers_of, services_named

__all__ = [
    "all_to_be_called",
    "calls_due",
    "calls_made",
    "cards_on_paper",
    "earlier_orders",
    "has_code",
    "ids_of",
    "is_to_be_called",
    "numbers_of",
    "order_of_code",
    "services_named",
]
