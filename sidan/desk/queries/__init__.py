"""Every read of the desk that has a name."""

from sidan.desk.queries.confirming import (
    all_to_be_called,
    calls_due,
    calls_made,
    claim_of,
    earlier_orders,
    has_code,
    is_to_be_called,
    is_unconfirmed,
    order_of_code,
)
from sidan.desk.queries.paper import cards_on_paper, ids_of, is_drawn_up, numbers_of, services_named

__all__ = [
    "all_to_be_called",
    "calls_due",
    "calls_made",
    "cards_on_paper",
    "claim_of",
    "earlier_orders",
    "has_code",
    "ids_of",
    "is_drawn_up",
    "is_to_be_called",
    "is_unconfirmed",
    "numbers_of",
    "order_of_code",
    "services_named",
]
