"""From the outbox to a channel: leased, sent, marked; tried again when it failed, given up in the end."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from sidan.audit.operations import record
from sidan.core.actor import SYSTEM
from sidan.core.logs import logger
from sidan.core.metrics import DELIVERIES
from sidan.notify.channels import ChannelDown, ChannelError, Message, NoSuchChannel, channel_named
from sidan.notify.enums import DeliveryState
from sidan.notify.kinds import CODE
from sidan.notify.models import Delivery
from sidan.notify.queries import Choices, choices_of
from sidan.notify.rhythm import LONGEST_PAUSE, LONGEST_PAUSE_WHILE_DOWN, pause_after

MAX_ATTEMPTS: Final = 8
"""Of a message that is refused. A channel that is down says nothing of the message, which waits until it is old."""
LEASE: Final = timedelta(minutes=2)
"""How long a message being sent is left alone; a process killed meanwhile has it tried again after this."""
PUT_OFF: Final = timedelta(minutes=2)
"""How long a message rests whose address has just not answered for another one."""
KEPT_FOR: Final = timedelta(days=30)
TOO_LATE: Final = "too_late"
log = logger("sidan.notify")


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one message; `down` names what did not answer: a channel, or one of its places.

    Not shown: who has the address of a robot can write there.
    """

    channel: str
    down: str = field(default="", repr=False)


def deliver_next(
    *, at: datetime, delivery_id: int | None = None, but: Collection[str] = (), is_fresh: bool = False
) -> Tried | None:
    """Send one message that is due (a given one, or the longest waiting); tells of it, if there was one.

    The message is leased, sent, and only then marked: a kill in between sends it twice rather than never, with the same
    id. Whoever held it longer than the lease marks nothing: it belongs to another by then.

    Args:
        at: now.
        delivery_id: the message wanted.
        but: channels and their places that are down, whose messages are left alone or put off unsent.
        is_fresh: one that was never tried goes before those that were, whatever they wait for.
    """
    delivery = _lease(at=at, delivery_id=delivery_id, but=but, is_fresh=is_fresh)
    if delivery is None:
        return None
    if delivery.give_up_at > at and not _places(delivery).isdisjoint(but):
        _mark(delivery, attempts=delivery.attempts - 1, next_try_at=at + PUT_OFF)
        return Tried(delivery.channel)
    if (moment := _quiet_until(delivery, at)) > at:
        _mark(delivery, attempts=delivery.attempts - 1, next_try_at=moment)
        return Tried(delivery.channel)
    error, down = (TOO_LATE, "") if delivery.give_up_at <= at else _send(delivery)
    state = DeliveryState.SENT if not error else DeliveryState.WAITING
    if delivery.give_up_at <= at or (error and not down and delivery.attempts >= MAX_ATTEMPTS):
        state = DeliveryState.GIVEN_UP
    longest = LONGEST_PAUSE_WHILE_DOWN if down else LONGEST_PAUSE
    _mark(
        delivery,
        state=state,
        sent_at=at if state == DeliveryState.SENT else None,
        next_try_at=at + pause_after(delivery.attempts, longest=longest),
        last_error=error[:60],
    )
    DELIVERIES.labels(delivery.channel, "failed" if error else "sent").inc()
    log.info("delivery", delivery=delivery.pk, state=str(state), attempts=delivery.attempts, error=error)
    return Tried(delivery.channel, down=down)


def _places(delivery: Delivery) -> set[str]:
    """Return what a message needs beside its channel, as it is named when it is down: its address and its service."""
    service = delivery.address.partition(":")[0].lower()
    return {f"{delivery.channel} {delivery.address}", f"{delivery.channel} {service}:"}


def _lease(
    *, at: datetime, delivery_id: int | None = None, but: Collection[str] = (), is_fresh: bool = False
) -> Delivery | None:
    """Take one message that is due and keep others off it for a while."""
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=True)
        due = due.filter(state=DeliveryState.WAITING, next_try_at__lte=at)
        if delivery_id is not None:
            due = due.filter(pk=delivery_id)
        if but:
            due = due.exclude(channel__in=sorted(but))
        due = due.order_by("next_try_at", "id")
        delivery = due.filter(attempts=0).first() if is_fresh else None
        delivery = delivery or due.first()
        if delivery is not None:
            delivery.attempts += 1
            delivery.next_try_at = at + LEASE
            delivery.save(update_fields=["attempts", "next_try_at"])
        return delivery


def _mark(delivery: Delivery, **values: object) -> None:
    """Write down what became of it, unless the lease ran out and another has taken it since."""
    mine = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.WAITING, attempts=delivery.attempts, next_try_at=delivery.next_try_at
    )  # fmt: skip
    if not mine.update(**values):
        log.warning("delivery_taken_over", delivery=delivery.pk)


def _quiet_until(delivery: Delivery, at: datetime) -> datetime:
    """Return when this message may be sent: at once, or at the end of its reader's quiet hours."""
    if delivery.is_urgent or delivery.account_id is None:
        return at
    choices = choices_of(account_ids=[delivery.account_id]).get(delivery.account_id, Choices())
    return choices.rhythm.quiet_ends(at)


def _send(delivery: Delivery) -> tuple[str, str]:
    """Return why it failed, if it did, and what was down, if something was."""
    message = Message(
        reference=str(delivery.uuid),
        address=delivery.address,
        subject=delivery.subject,
        body=delivery.body,
    )
    try:
        channel_named(delivery.channel).send(message)
    except NoSuchChannel:
        # Somebody may set it up again: the message waits, as for one that is down.
        return NoSuchChannel.code, delivery.channel
    except ChannelDown as exc:
        return str(exc) or type(exc).__name__, f"{delivery.channel} {exc.place}".strip()
    except ChannelError as exc:
        return str(exc) or type(exc).__name__, ""
    return "", ""


def forget_done_deliveries(*, at: datetime) -> int:
    """Remove messages that were sent or given up more than a month ago; returns how many.

    How many of them nobody had sent again is written into the trail.
    """
    done = Delivery.objects.exclude(state=DeliveryState.WAITING).filter(at__lt=at - KEPT_FOR)
    with transaction.atomic():
        unsent = done.filter(state=DeliveryState.GIVEN_UP).exclude(kind=CODE).count()
        if unsent:
            record(actor=SYSTEM, at=at, verb="outbox.forgotten", subject=("delivery", None), count=unsent)
        return done.delete()[0]
