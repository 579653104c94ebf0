"""What the lists of looking after reviews have in common: columns of an order, by when to act, which rows are shown."""

from collections.abc import Callable, Collection, Iterable
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sidan.core.clockwork import Due
from sidan.core.lists import Column
from sidan.orders.models import Order
from sidan.orders.operations import TASK_CLOCKS

NUMBER: Final = Column("number", _("Number"), is_fixed=True)
SERVICE: Final = Column("service", _("Service"), up="service_key", down="-service_key")
PLACE: Final = Column("place", _("Place"), up="place_key", down="-place_key")


def dues_of(*, task: str, order_ids: Iterable[int]) -> Callable[[int, int], Due]:
    """Return by when to act, by an order and the turn at which it came up: one query for all of them."""
    dues = TASK_CLOCKS.due(task=task, thing_ids=order_ids)
    return lambda order_id, turn: dues.get((order_id, turn), Due())


def chosen_of(request: HttpRequest, name: str, *, known: Collection[str], first: str) -> str:
    """Return which rows the address asks for; what is not known, or nothing, asks for the first."""
    asked = request.GET.get(name, "")
    return asked if asked in known else first


def order_cells(order: Order) -> list[object]:
    """Return the cells with which a row of an order begins in a table to take along."""
    return [order.number, order.shown_title, order.origin_place.shown_name]
