"""From the inbox to the outbox: who wants what by which way, gathered, and not at night."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sidan.core.locks import take_if_free
from sidan.notify.addresses import Recipient, recipients
from sidan.notify.channels import Channel, outward_channels
from sidan.notify.enums import Address, DeliveryState, LeftOut
from sidan.notify.kinds import DIGEST, kind_of
from sidan.notify.models import Delivery, Notice
from sidan.notify.queries import Choices, chat_recipients, choices_of, last_sent_to

NOTICE_USEFUL_FOR: Final = timedelta(days=2)
NOT_FILLED: Final = "not_filled"
BATCH: Final = 200
LINES: Final = {Address.PHONE: 3, Address.EMAIL: 20, Address.CHAT: 20}
"""How many sentences one message holds: a text message is paid by its length."""


def fill_outbox(*, at: datetime) -> int:
    """Copy notices that are to go out into the outbox; returns how many were looked at.

    What a person was told a short while ago, or in the quiet hours, is put off and gathered. What they have read in the
    meantime, do not want, or cannot be sent says so (`LeftOut`). What has become old news, because nobody filled the
    outbox for two days, is given up at once: it stands on the page of messages out, and is sent from there by hand.
    """
    with transaction.atomic():
        # Two workers filling at once would make two messages of what is to be one.
        if not take_if_free(value="fill", purpose="notify.outbox"):
            return 0
        due = Notice.objects.filter(goes_out=True, goes_at__lte=at).order_by("goes_at", "id")
        accounts = sorted(set(due.values_list("account_id", flat=True)[:BATCH]))
        rows = Notice.objects.select_for_update().filter(goes_out=True, account_id__in=accounts)
        notices = list(rows.order_by("account_id", "id"))
        chosen = _choose(notices, accounts, at)
        Delivery.objects.bulk_create(_deliveries(chosen, accounts, at), ignore_conflicts=True)
        _mark(notices, chosen)
    return len(notices)


@dataclass(slots=True)
class _Chosen:
    """What becomes of the notices of one run."""

    sending: list[list[Notice]] = field(default_factory=list)
    """What leaves now, message by message."""
    late: list[list[Notice]] = field(default_factory=list)
    """What is old news, message by message."""
    held: dict[datetime, list[int]] = field(default_factory=dict)
    """What is put off, and until when."""
    left_out: dict[int, str] = field(default_factory=dict)
    """Why a notice is not sent at all."""


def _mark(notices: Sequence[Notice], chosen: _Chosen) -> None:
    """Write down what became of each notice."""
    for moment, ids in chosen.held.items():
        Notice.objects.filter(pk__in=ids).update(goes_at=moment)
    put_off = {pk for ids in chosen.held.values() for pk in ids}
    gone: dict[str, list[int]] = {}
    for notice in notices:
        if notice.pk not in put_off:
            gone.setdefault(chosen.left_out.get(notice.pk, ""), []).append(notice.pk)
    for why, ids in gone.items():
        Notice.objects.filter(pk__in=ids).update(goes_out=False, left_out=why)


def _choose(notices: Sequence[Notice], accounts: Sequence[int], at: datetime) -> _Chosen:
    """Part what leaves now from what is put off, what is old news, and what was read."""
    choices, last = choices_of(account_ids=accounts), last_sent_to(account_ids=accounts, since=at)
    chosen = _Chosen()
    for account_id, group in groupby(notices, key=attrgetter("account_id")):
        waiting, late = [], []
        for notice in group:
            if notice.read_at is not None:
                chosen.left_out[notice.pk] = LeftOut.READ
            elif notice.at + NOTICE_USEFUL_FOR <= at:
                late.append(notice)
            elif kind_of(notice.kind).is_urgent:
                chosen.sending.append([notice])
            else:
                waiting.append(notice)
        chosen.late += [late] if late else []
        rhythm = choices.get(account_id, Choices()).rhythm
        moment = rhythm.may_leave_at(at=at, last=last.get(account_id))
        if waiting and moment <= at:
            chosen.sending.append(waiting)
        elif waiting:
            chosen.held.setdefault(moment, []).extend(notice.pk for notice in waiting)
    return chosen


def _deliveries(chosen: _Chosen, accounts: Sequence[int], at: datetime) -> list[Delivery]:
    """Make one row for each message and each way by which its reader wants some of it; tell why none was made."""
    choices, rows = choices_of(account_ids=accounts), []
    why = {notice.pk: LeftOut.NO_ADDRESS for group in chosen.sending + chosen.late for notice in group}
    for channel in outward_channels():
        way = Address(channel.address_kind)
        known = {recipient.account_id: recipient for recipient in _recipients(accounts, way)}
        for notices, make in [(each, _delivery) for each in chosen.sending] + [
            (each, _late_delivery) for each in chosen.late
        ]:
            recipient = known.get(notices[0].account_id)
            if recipient is None:
                continue
            wanted = _wanted(notices, way, choices.get(recipient.account_id, Choices()))
            if wanted:
                rows.append(make(wanted, recipient, channel, at))
            _explain(why, notices, wanted)
    chosen.left_out.update(why)
    return rows


def _explain(why: dict[int, LeftOut], notices: Sequence[Notice], wanted: Sequence[Notice]) -> None:
    """What one way takes was sent; what it could take and nobody wants stays unwanted unless another way takes it."""
    taken = {notice.pk for notice in wanted}
    for notice in notices:
        if notice.pk in taken:
            why.pop(notice.pk, None)
        elif notice.pk in why:
            why[notice.pk] = LeftOut.UNWANTED


def _recipients(accounts: Sequence[int], way: Address) -> Iterable[Recipient]:
    return chat_recipients(account_ids=accounts) if way == Address.CHAT else recipients(accounts, way)


def _wanted(notices: Sequence[Notice], way: Address, choices: Choices) -> list[Notice]:
    """Leave out the topics that this reader does not want this way; what is urgent is not asked for."""
    kinds = {notice.kind: kind_of(notice.kind) for notice in notices}
    return [
        notice
        for notice in notices
        if kinds[notice.kind].is_urgent or choices.wants(topic=kinds[notice.kind].topic, way=way)
    ]


def _delivery(notices: Sequence[Notice], recipient: Recipient, channel: Channel, at: datetime) -> Delivery:
    first, last = notices[0], notices[-1]
    is_one = first.pk == last.pk
    way = Address(channel.address_kind)
    with translation.override(recipient.language):
        subject, body = _words(notices, most=LINES[way])
    row = Delivery(
        effect=f"notice:{first.pk}" if is_one else f"digest:{first.pk}-{last.pk}",
        account_id=recipient.account_id,
        kind=first.kind if is_one else DIGEST,
        is_urgent=is_one and kind_of(first.kind).is_urgent,
        channel=channel.name,
        address_kind=way,
        at=at,
        next_try_at=at,
        give_up_at=last.at + NOTICE_USEFUL_FOR,
    )
    row.address, row.subject, row.body = recipient.address, subject, body
    return row


def _late_delivery(
    notices: Sequence[Notice], recipient: Recipient, channel: Channel, at: datetime
) -> Delivery:
    """Make a message that was given up before it was tried: nobody filled the outbox while it was of use."""
    row = _delivery(notices, recipient, channel, at)
    row.effect = f"late:{row.effect}"
    row.state, row.last_error = DeliveryState.GIVEN_UP, NOT_FILLED
    return row


def _words(notices: Sequence[Notice], *, most: int) -> tuple[str, str]:
    """Return subject and text: the sentence of one notice, or the sentences of several, the same one told once."""
    sentences = list(dict.fromkeys(kind_of(notice.kind).render(notice.facts) for notice in notices))
    if len(sentences) == 1:
        return sentences[0], sentences[0]
    count = len(sentences)
    subject = ngettext("%(count)d new message", "%(count)d new messages", count) % {"count": count}
    lines = [f"{number}. {sentence}" for number, sentence in enumerate(sentences[:most], start=1)]
    if count > most:
        more = count - most
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return subject, "\n".join([_("%(subject)s:") % {"subject": subject}, *lines])
