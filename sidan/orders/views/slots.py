"""What orders show on the pages of apps below: the visits behind times that nobody has confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from sidan.hours.models import Occasion
from sidan.hours.queries import UnsaidOccasion
from sidan.orders import queries
from sidan.orders.models import Order


@dataclass(frozen=True, slots=True)
class UnsaidVisit:
    """A visit with the order on whose page its times are confirmed."""

    occasion: Occasion
    people: int
    order: Order


def of_unsaid(_request: HttpRequest, unsaid: Sequence[UnsaidOccasion]) -> Mapping[str, Any] | None:
    """Lead to the orders in scope whose visits are over without a word on their times."""
    orders = queries.orders_of_causes(cause_ids=[one.occasion.cause_id for one in unsaid])
    visits = [
        UnsaidVisit(one.occasion, one.people, orders[one.occasion.cause_id])
        for one in unsaid if one.occasion.cause_id in orders
    ]  # fmt: skip
    return {"visits": visits} if visits else None
