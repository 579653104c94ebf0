"""Taking a moment that has come: the timer and what it runs for, or neither, and never waiting for anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM
from sidan.core.errors import DomainError
from sidan.limits.enums import Kind
from sidan.limits.models import Happening, Running

_TAKE: Final = """
SELECT timer.id FROM {timers} timer JOIN {things} waiting ON waiting.id = timer.{thing}
WHERE timer.id = %s AND timer.next_at <= %s FOR UPDATE SKIP LOCKED
"""
"""Both rows or none, and never waiting: a person who moves the thing holds it first and wants the timer next."""
OF_ORDERS: Final = _TAKE.format(timers="limits_timer", things="orders_order", thing="order_id")
OF_TASKS: Final = _TAKE.format(timers="limits_tasktimer", things="orders_order", thing="order_id")
OF_WISHES: Final = _TAKE.format(timers="limits_wishtimer", things="wishes_wish", thing="wish_id")


_Fired = TypeVar("_Fired", bound=Happening)


@dataclass(frozen=True, slots=True)
class Trail:
    """Of what, and where, the audit trail tells that a clock did something; `of` stands in its verb."""

    subject: tuple[str, int]
    place_id: int | None
    county_id: int | None
    of: str = ""


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


def fire_moment(
    *,
    firings: type[_Fired],
    timer: Running,
    at: datetime,
    at_half: Callable[[], str],
    at_end: Callable[[], str],
    trail: Callable[[], Trail],
) -> _Fired:
    """Do what a limit says for the moment that has come, and write down what was done: in the trail, and once.

    The trail is asked for afterwards: the thing may lie elsewhere by then.
    """
    kind = _pass_moment(timer, at)
    did = at_half() if kind == Kind.HALF else at_end()
    told = trail()
    record(
        actor=SYSTEM, at=at, verb=f"limits.{told.of}{kind.value}", subject=told.subject, place_id=told.place_id,
        county_id=told.county_id, step=timer.effect, did=did,
    )  # fmt: skip
    # Unique by timer and moment: a second time undoes all that stands above.
    return firings._default_manager.create(timer=timer, kind=kind, did=did, at=at)


def _pass_moment(timer: Running, at: datetime) -> Kind:
    """Write that a moment is over, and return which: when all of the time is over, half of it is left out."""
    kind = Kind.END if timer.due_at <= at else Kind.HALF
    timer.next_at = timer.due_at if kind == Kind.HALF else None
    timer.save(update_fields=["next_at"])
    return kind
