"""Talk over the API: the same operations as the pages."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.danger import numbers_to_call
from sidan.core.idempotency import idempotent
from sidan.core.requests import actor_of
from sidan.talk import operations, queries
from sidan.talk.permissions import seat_of
from sidan.talk.schemas import MessageOut, MessageReportIn, SayIn, SentenceOut, ThreadOut

router = Router(tags=["talk"])


@router.get("/{number}", response=ThreadOut, summary="The talk about an order")
def read_thread(request: HttpRequest, number: str, before: UUID | None = None) -> ThreadOut:
    """What its parties said to each other, as far as one may read it: the newest, or what was said before one."""
    actor, order = actor_of(request), queries.order_talked_of(number=number)
    seat = seat_of(actor=actor, order=order)
    stretch = queries.stretch_of(actor=actor, order=order, seat=seat, before=before)
    told = stretch.lines
    phrases = queries.phrases_for(order=order, side=seat.side) if seat.may_write else []
    return ThreadOut(
        side=seat.side,
        may_write=seat.may_write,
        unread=sum(one.is_new for one in told),
        phrases=[SentenceOut.of(phrase) for phrase in phrases],
        call_now=list(numbers_to_call(queries.last_own(told))),
        has_earlier=stretch.has_earlier,
        items=[MessageOut.of(one) for one in told],
    )


@router.post("/{number}/messages", response={204: None}, summary="Say something about an order")
@decorate_view(idempotent)
def say(request: HttpRequest, number: str, message: SayIn) -> Status[None]:
    """Send a message to the other parties; with an Idempotency-Key it may be repeated."""
    order = queries.order_talked_of(number=number)
    operations.say(
        actor=actor_of(request), at=now(), order=order, words=message.words, sentence=message.sentence
    )
    return Status(204, None)


@router.post("/{number}/read", response={204: None}, summary="Mark the talk about an order as read")
def mark_read(request: HttpRequest, number: str, upto: UUID | None = None) -> Status[None]:
    """Up to the message named, or everything up to now; doing it again changes nothing."""
    operations.mark_read(
        actor=actor_of(request), at=now(), order=queries.order_talked_of(number=number), upto=upto
    )
    return Status(204, None)


@router.post(
    "/{number}/messages/{uuid:message_id}/report",
    response={204: None},
    summary="Report a message to the office",
)
def report_message(
    request: HttpRequest, number: str, message_id: UUID, report: MessageReportIn
) -> Status[None]:
    """Say why it should not stand there."""
    order = queries.order_talked_of(number=number)
    operations.report_message(actor=actor_of(request), at=now(), order=order, uuid=message_id, why=report.why)
    return Status(204, None)
