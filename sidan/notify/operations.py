"""Telling people: into the inbox by one insert, and outward by an outbox that loses nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from sidan.core.actor import Actor
from sidan.core.errors import NotFound, NotSignedIn, Unavailable
from sidan.core.ids import uuid7
from sidan.core.jobs import defer_by_name
from sidan.core.logs import logger
from sidan.core.metrics import DELIVERIES
from sidan.notify.addresses import recipients
from sidan.notify.channels import (
    ChannelError,
    Message,
    NoSuchChannel,
    active_channels,
    channel_for,
    channel_named,
)
from sidan.notify.enums import Address, DeliveryState
from sidan.notify.kinds import kind_of
from sidan.notify.models import Delivery, Notice

MAX_ATTEMPTS: Final = 8
LEASE: Final = timedelta(minutes=2)
"""How long a message being sent is left alone; a process killed meanwhile has it tried again after this."""
FIRST_PAUSE: Final = timedelta(seconds=30)
NOTICE_USEFUL_FOR: Final = timedelta(days=2)
KEPT_FOR: Final = timedelta(days=30)
BATCH: Final = 200
log = logger("sidan.notify")

INSERT_NOTICES = """
INSERT INTO notify_notice (uuid, account_id, kind, facts, link, effect, goes_out, at)
SELECT uuid, account_id, %s, %s, %s, %s, %s, %s
FROM unnest(%s::uuid[], %s::bigint[]) AS told(uuid, account_id)
ON CONFLICT DO NOTHING
"""


class NoChannel(Unavailable):
    """The installation has no way to send to this kind of address."""

    code = "no_channel"


def notify(
    *,
    account_ids: Sequence[int],
    kind: str,
    facts: Mapping[str, Any],
    link: str,
    at: datetime,
    effect: str = "",
) -> None:
    """Put a notice into some inboxes, within the transaction of what they tell of: one statement for all.

    Args:
        account_ids: whom; doubles are told once.
        kind: a registered kind.
        facts: ids, codes and words that are nobody's; they fill the kind's sentence.
        link: the path of the page on which one acts.
        at: when it happened.
        effect: names the cause, such as "order-step:912"; told again for the same cause, an account has it once.
    """
    told = sorted(set(account_ids))
    if not told:
        return
    has_way_out = any(channel.name != "console" for channel in active_channels().values())
    goes_out = kind_of(kind).goes_out and has_way_out
    uuids = [uuid7() for _account in told]
    values: list[Any] = [kind, Jsonb(dict(facts)), link, effect, goes_out, at, uuids, told]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_NOTICES, values)


def mark_read(*, actor: Actor, at: datetime, uuid: UUID) -> None:
    """Mark one of the actor's notices as read. Read already is fine: a link may be opened twice.

    Raises:
        NotFound: it is not the actor's.
    """
    mine = Notice.objects.filter(account_id=actor.account_id or 0, uuid=uuid)
    if not mine.filter(read_at=None).update(read_at=at) and not mine.exists():
        raise NotFound()


def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Mark every notice of the actor up to this moment as read; returns how many there were.

    Raises:
        NotSignedIn: a visitor has no inbox.
    """
    if not actor.is_signed_in:
        raise NotSignedIn()
    # What arrived after the page was shown stays unread.
    return Notice.objects.filter(account_id=actor.account_id or 0, read_at=None, at__lte=at).update(
        read_at=at
    )


def send_code(
    *, phone: str, code: str, minutes: int, at: datetime, language: str = "zh-hans", effect: str = ""
) -> int:
    """Put a sign-in code into the outbox, within the transaction that keeps its hash, and have it sent at once.

    Returns the delivery's id. When sending fails, the periodic job goes on trying while the code is good.

    Raises:
        NoChannel: there is no way to send text messages here.
    """
    channel = channel_for(Address.PHONE)
    if channel is None:
        raise NoChannel()
    with translation.override(language):
        subject = _("Your sign-in code")
        body = _("%(code)s is your sign-in code. It is good for %(minutes)s minutes. Tell it to nobody.")
        body %= {"code": code, "minutes": minutes}
    delivery = Delivery.objects.create(
        effect=effect or f"code:{uuid7()}",
        channel=channel.name,
        address_kind=Address.PHONE,
        address=phone,
        subject=subject,
        body=body,
        next_try_at=at,
        give_up_at=at + timedelta(minutes=minutes),
        at=at,
    )
    # Nobody waits a minute for a code.
    defer_by_name("notify.deliver", delivery_id=delivery.pk)
    return delivery.pk


def fill_outbox(*, at: datetime) -> int:
    """Copy notices that go out into the outbox, for every channel and address; returns how many were looked at."""
    with transaction.atomic():
        waiting = Notice.objects.select_for_update(skip_locked=True).filter(goes_out=True).order_by("id")
        notices = list(waiting[:BATCH])
        for channel in active_channels().values():
            if channel.name != "console":
                _copy(notices, channel.name, Address(channel.address_kind), at)
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(goes_out=False)
    return len(notices)


def _copy(notices: Sequence[Notice], channel: str, kind: Address, at: datetime) -> None:
    accounts = sorted({notice.account_id for notice in notices})
    known = {recipient.account_id: recipient for recipient in recipients(accounts, kind)}
    rows = []
    for notice in notices:
        recipient = known.get(notice.account_id)
        if recipient is None:
            continue
        with translation.override(recipient.language):
            sentence = kind_of(notice.kind).render(notice.facts)
        row = Delivery(
            effect=f"notice:{notice.pk}", channel=channel, address_kind=kind, at=at, next_try_at=at
        )
        row.address, row.subject, row.body = recipient.address, sentence, sentence
        row.give_up_at = notice.at + NOTICE_USEFUL_FOR
        rows.append(row)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def _lease(*, at: datetime, delivery_id: int | None) -> Delivery | None:
    """Take one message that is due and keep others off it for a while."""
    with transaction.atomic():
        due = Delivery.objects.select_for_update(skip_locked=True)
        due = due.filter(state=DeliveryState.WAITING, next_try_at__lte=at)
        if delivery_id is not None:
            due = due.filter(pk=delivery_id)
        delivery = due.order_by("next_try_at", "id").first()
        if delivery is not None:
            delivery.attempts += 1
            delivery.next_try_at = at + LEASE
            delivery.save(update_fields=["attempts", "next_try_at"])
        return delivery


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after a failed try: half a minute, doubling, an hour at most."""
    return min(FIRST_PAUSE * (1 << (attempts - 1)), timedelta(hours=1))


def deliver_next(*, at: datetime, delivery_id: int | None = None) -> bool:
    """Send one message that is due (a given one, or the longest waiting); tells whether there was one.

    The message is leased, sent, and only then marked: a kill in between sends it twice rather than never.
    """
    delivery = _lease(at=at, delivery_id=delivery_id)
    if delivery is None:
        return False
    error = ""
    if delivery.give_up_at > at:
        error = _send(delivery)
        sent = not error
    else:
        sent, error = False, "too_late"
    if sent:
        delivery.state, delivery.sent_at = DeliveryState.SENT, at
    elif delivery.attempts >= MAX_ATTEMPTS or delivery.give_up_at <= at:
        delivery.state = DeliveryState.GIVEN_UP
    else:
        delivery.next_try_at = at + pause_after(delivery.attempts)
    delivery.last_error = error[:60]
    delivery.save(update_fields=["state", "sent_at", "next_try_at", "last_error"])
    DELIVERIES.labels(delivery.channel, "sent" if sent else "failed").inc()
    log.info(
        "delivery", delivery=delivery.pk, state=str(delivery.state), attempts=delivery.attempts, error=error
    )
    return True


def _send(delivery: Delivery) -> str:
    message = Message(
        reference=f"{delivery.effect}.{delivery.channel}".replace(":", "."),
        address=delivery.address,
        subject=delivery.subject,
        body=delivery.body,
    )
    try:
        channel_named(delivery.channel).send(message)
    except (ChannelError, NoSuchChannel) as exc:
        return str(exc) or type(exc).__name__
    return ""


def forget_done_deliveries(*, at: datetime) -> int:
    """Remove messages that were sent or given up more than a month ago; returns how many."""
    done = Delivery.objects.exclude(state=DeliveryState.WAITING).filter(at__lt=at - KEPT_FOR)
    return done.delete()[0]
