"""Putting notices into inboxes, marking them as read, and the sign-in code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from sidan.core.actor import Actor
from sidan.core.errors import NotFound, NotSignedIn, Unavailable
from sidan.core.ids import uuid7
from sidan.core.jobs import defer_by_name
from sidan.notify.channels import channel_for, outward_channels
from sidan.notify.enums import Address, LeftOut
from sidan.notify.kinds import CODE, kind_of
from sidan.notify.models import Delivery, Notice

INSERT_NOTICES = """
INSERT INTO notify_notice (uuid, account_id, kind, facts, link, effect, goes_out, left_out, goes_at, at)
SELECT uuid, account_id, %s, %s, %s, %s, %s, %s, %s, %s
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
    may_go, has_way = kind_of(kind).goes_out, bool(outward_channels())
    goes_out = may_go and has_way
    left_out = LeftOut.NO_CHANNEL.value if may_go and not has_way else ""
    goes_at = at if goes_out else None
    uuids = [uuid7() for _account in told]
    values: list[Any] = [kind, Jsonb(dict(facts)), link, effect, goes_out, left_out, goes_at, at, uuids, told]
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
    with translation.override(language):
        subject = _("Your sign-in code")
        body = _("%(code)s is your sign-in code. It is good for %(minutes)s minutes. Tell it to nobody.")
        letter = _Letter(subject=subject, body=body % {"code": code, "minutes": minutes})
    return _send_at_once(
        way=Address.PHONE, address=phone, letter=letter, minutes=minutes, at=at, effect=effect
    )


def send_email_code(*, email: str, code: str, minutes: int, at: datetime, language: str = "zh-hans") -> int:
    """Put the code that confirms an e-mail address into the outbox, as `send_code` does for a telephone.

    Raises:
        NoChannel: there is no way to send e-mail here.
    """
    with translation.override(language):
        subject = _("Your code to confirm this address")
        body = _(
            "%(code)s confirms this e-mail address. It is good for %(minutes)s minutes. "
            "If you did not ask for it, you need do nothing."
        )
        letter = _Letter(subject=subject, body=body % {"code": code, "minutes": minutes})
    return _send_at_once(way=Address.EMAIL, address=email, letter=letter, minutes=minutes, at=at, effect="")


@dataclass(frozen=True, slots=True)
class _Letter:
    subject: str
    body: str


def _send_at_once(
    *, way: Address, address: str, letter: _Letter, minutes: int, at: datetime, effect: str
) -> int:
    channel = channel_for(way)
    if channel is None:
        raise NoChannel()
    delivery = Delivery.objects.create(
        effect=effect or f"code:{uuid7()}",
        kind=CODE,
        # Who asks for a code at night waits for it.
        is_urgent=True,
        channel=channel.name,
        address_kind=way,
        address=address,
        subject=letter.subject,
        body=letter.body,
        next_try_at=at,
        give_up_at=at + timedelta(minutes=minutes),
        at=at,
    )
    # Nobody waits a minute for a code.
    defer_by_name("notify.deliver", delivery_id=delivery.pk)
    return delivery.pk
