"""Taking a moment that has come: the timer and what it runs for, or neither, and never waiting for anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date
from sidan.core.errors import DomainError
from sidan.limits.enums import Kind, Step
from sidan.limits.models import Happening, Running
from sidan.limits.policies import MOST_DAYS_TOLD
from sidan.limits.queries import rules_now

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
    when_late: Callable[[], str],
    trail: Callable[[], Trail],
) -> _Fired:
    """Do what a limit says for the moment that has come, and write down what was done: in the trail, and once.

    What is over and stays where it is comes again on the next working day. The trail is asked for afterwards: the
    thing may lie elsewhere by then.
    """
    kind = _pass_moment(firings, timer, at)
    did = {Kind.HALF: at_half, Kind.END: at_end, Kind.LATE: when_late}[kind]()
    told = trail()
    record(
        actor=SYSTEM, at=at, verb=f"limits.{told.of}{kind.value}", subject=told.subject, place_id=told.place_id,
        county_id=told.county_id, step=timer.effect, did=did,
    )  # fmt: skip
    # Unique by timer and moment: a second time undoes all that stands above.
    day = business_date(at) if kind == Kind.LATE else None
    fired = firings._default_manager.create(timer=timer, kind=kind, did=did, at=at, day=day)
    if kind != Kind.HALF and timer.effect != Step.REVIEW:
        _come_again(firings, timer, at, told.place_id or 0)
    return fired


def _pass_moment(firings: type[_Fired], timer: Running, at: datetime) -> Kind:
    """Write that a moment is over, and return which: when all of the time is over, half of it is left out."""
    over = firings._default_manager.filter(timer=timer, kind=Kind.END)
    kind = Kind.HALF if timer.due_at > at else Kind.LATE if over.exists() else Kind.END
    timer.next_at = timer.due_at if kind == Kind.HALF else None
    timer.save(update_fields=["next_at"])
    return kind


def _come_again(firings: type[_Fired], timer: Running, at: datetime, place_id: int) -> None:
    """Let a clock that was not ended by what it did speak again when the office opens next, so many days at most.

    A review is the resident's to give or not: nobody is late with it.
    """
    if firings._default_manager.filter(timer=timer, kind=Kind.LATE).count() < MOST_DAYS_TOLD:
        opens = rules_now(fresh=True).time(place_id).next_opening(at)
        type(timer)._default_manager.filter(pk=timer.pk, ended_at=None).update(next_at=opens)
