"""What waits to leave, what was given up, by channel. Nothing of it shows an address or a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Min, Q

from sidan.core.actor import Actor
from sidan.core.pagination import Page, keyset_page
from sidan.notify.enums import DeliveryState
from sidan.notify.models import Delivery, Notice
from sidan.notify.permissions import require_outbox


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """How one channel stands."""

    channel: str
    waiting: int
    failing: int
    given_up: int
    waiting_since: datetime | None


def outbox_summary() -> list[ChannelLine]:
    """Return how each channel stands that something waits for or was given up on: of what was sent nothing is read."""
    waiting = Q(state=DeliveryState.WAITING)
    rows = Delivery.objects.filter(state__in=[DeliveryState.WAITING, DeliveryState.GIVEN_UP]).values(
        "channel"
    )
    counted = rows.annotate(
        waiting=Count("id", filter=waiting),
        failing=Count("id", filter=waiting & ~Q(last_error="")),
        given_up=Count("id", filter=Q(state=DeliveryState.GIVEN_UP)),
        waiting_since=Min("at", filter=waiting),
    )
    return [ChannelLine(**row) for row in counted.order_by("channel")]


def last_sent_by(*, channels: Iterable[str]) -> dict[str, datetime | None]:
    """Return when something last went out by each channel: whether it works at all."""
    sent = Delivery.objects.filter(state=DeliveryState.SENT).order_by("-at", "-id")
    return {
        channel: sent.filter(channel=channel).values_list("sent_at", flat=True).first()
        for channel in channels
    }


LATELY: Final = timedelta(days=30)


def left_out_lately(*, at: datetime) -> list[tuple[str, int]]:
    """Return why notices of the last thirty days were not sent outward, and how many: the most frequent first."""
    rows = Notice.objects.filter(at__gt=at - LATELY).exclude(left_out="")
    counted = rows.order_by().values_list("left_out").annotate(number=Count("id"))
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def outbox_page(*, actor: Actor, state: str, channel: str = "", cursor: str | None = None) -> Page[Delivery]:
    """Return a page of the messages in a state, newest first, without what is encrypted.

    Raises:
        MayNotSeeOutbox: the actor looks after no system.
    """
    require_outbox(actor=actor)
    rows = Delivery.objects.filter(state=state).defer("address", "subject", "body")
    if channel:
        rows = rows.filter(channel=channel)
    return keyset_page(rows=rows, sort="-at", cursor=cursor)
