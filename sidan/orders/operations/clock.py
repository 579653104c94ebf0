"""The clock of orders: told of each step by the door, set by the app of the time limits (`core.clockwork`)."""

from typing import Final

from sidan.core.clockwork import Clockwork
from sidan.orders.models import Order

CLOCKWORK: Final = Clockwork[Order](table="orders_order")
