"""What was given up, sent once more by hand; and the outbox measured."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, NotFound
from sidan.core.metrics import OUTBOX, OUTBOX_OLDEST
from sidan.notify.enums import DeliveryState
from sidan.notify.kinds import CODE
from sidan.notify.models import Delivery
from sidan.notify.operations.filling import NOTICE_USEFUL_FOR
from sidan.notify.permissions import require_outbox
from sidan.notify.queries import outbox_summary


class CodeRanOut(Conflict):
    code = "code_ran_out"
    sentence = _("A sign-in code is good for a few minutes only. Whoever needs one asks for another.")


class NotGivenUp(Conflict):
    code = "not_given_up"
    sentence = _("This message was sent or is being tried again already.")


@transaction.atomic
def send_again(*, actor: Actor, at: datetime, uuid: UUID) -> None:
    """Put one message that was given up back among the waiting ones, with all its tries before it.

    Raises:
        MayNotSeeOutbox: the actor looks after no system.
        NotFound: there is none.
        CodeRanOut: nobody waits for it any more.
        NotGivenUp: it is on its way.
    """
    require_outbox(actor=actor)
    delivery = Delivery.objects.filter(uuid=uuid).first()
    if delivery is None:
        raise NotFound
    if delivery.kind == CODE:
        raise CodeRanOut
    if not _wake(Delivery.objects.filter(pk=delivery.pk), at):
        raise NotGivenUp
    record(actor=actor, at=at, verb="outbox.send_again", subject=("delivery", delivery.pk))


@transaction.atomic
def send_all_again(*, actor: Actor, at: datetime, channel: str = "") -> int:
    """Do the same with everything that was given up, of one channel or of all; returns how many.

    Raises:
        MayNotSeeOutbox: the actor looks after no system.
    """
    require_outbox(actor=actor)
    rows = Delivery.objects.exclude(kind=CODE)
    count = _wake(rows.filter(channel=channel) if channel else rows, at)
    if count:
        record(
            actor=actor, at=at, verb="outbox.send_all_again", subject=("delivery", None), channel=channel, count=count
        )  # fmt: skip
    return count


def _wake(rows: QuerySet[Delivery], at: datetime) -> int:
    return rows.filter(state=DeliveryState.GIVEN_UP).update(
        state=DeliveryState.WAITING,
        attempts=0,
        next_try_at=at,
        give_up_at=at + NOTICE_USEFUL_FOR,
        # Nothing was tried in vain since.
        last_error="",
    )


def measure_outbox(*, at: datetime) -> None:
    """Tell Prometheus how much waits on each channel and for how long the oldest has."""
    for line in outbox_summary():
        OUTBOX.labels(line.channel, "waiting").set(line.waiting)
        OUTBOX.labels(line.channel, "given_up").set(line.given_up)
        waited = (at - line.waiting_since).total_seconds() if line.waiting_since else 0
        OUTBOX_OLDEST.labels(line.channel).set(waited)
