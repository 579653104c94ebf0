"""Taking a moment that has come: the timer and what it runs for, or neither, and never waiting for anybody."""

from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import DomainError
from sidan.limits.enums import Kind
from sidan.limits.models import Running

_TAKE: Final = """
SELECT timer.id FROM {timers} timer JOIN {things} waiting ON waiting.id = timer.{thing}
WHERE timer.id = %s AND timer.next_at <= %s FOR UPDATE SKIP LOCKED
"""
"""Both rows or none, and never waiting: a person who moves the thing holds it first and wants the timer next."""
OF_ORDERS: Final = _TAKE.format(timers="limits_timer", things="orders_order", thing="order_id")
OF_TASKS: Final = _TAKE.format(timers="limits_tasktimer", things="orders_order", thing="order_id")
OF_WISHES: Final = _TAKE.format(timers="limits_wishtimer", things="wishes_wish", thing="wish_id")


class NotDue(DomainError):
    """Another worker was faster, the thing has moved on, or somebody is moving it at this moment."""

    code = "limit_not_due"
    sentence = _("This time limit has nothing to do now.")


def take(*, of: str, timer_id: int, at: datetime) -> None:
    """Lock a timer whose moment has come, with its thing, until the transaction ends. Raises NotDue."""
    with connection.cursor() as cursor:
        cursor.execute(of, [timer_id, at])
        if cursor.fetchone() is None:
            raise NotDue


def pass_moment(*, timer: Running, at: datetime) -> Kind:
    """Write that a moment is over, and return which: when all of the time is over, half of it is left out."""
    kind = Kind.END if timer.due_at <= at else Kind.HALF
    timer.next_at = timer.due_at if kind == Kind.HALF else None
    timer.save(update_fields=["next_at"])
    return kind
