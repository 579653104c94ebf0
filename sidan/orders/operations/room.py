"""A project has as many orders for a month as it can take: the database refuses one more, this says it in words."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sidan.core.clock import business_date
from sidan.core.errors import Conflict
from sidan.core.transactions import told_when

ROOM: Final = "orders_month_has_room"
"""What the trigger that counts (`orders_guard_capacity`) calls its rule."""


class MonthFull(Conflict):
    code = "month_full"
    sentence = _(
        "This service has as many orders as it can take in %(month_words)s. "
        "Please choose a day in another month, or another service."
    )


def told_when_full(*, begins: datetime) -> AbstractContextManager[None]:
    """Write an order, or another time of one, in a transaction within: that the month is full is told after it.

    Raises:
        MonthFull
    """

    def full() -> MonthFull:
        month = business_date(begins)
        return MonthFull(month=f"{month:%Y-%m}", month_words=date_format(month, gettext("F Y")))

    return told_when(constraint=ROOM, refusal=full)
