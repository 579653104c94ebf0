"""Saying something about an order, having read it, reporting it, and settling that."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import Conflict, FieldProblem, Invalid, NotFound, NotSignedIn, TooMany
from sidan.orders.models import Order
from sidan.orders.operations import hear_danger
from sidan.talk.enums import Side, Verdict, Why
from sidan.talk.models import Message, MessageText, Phrase, Report
from sidan.talk.notices import tell_of_danger, tell_of_message, tell_of_report
from sidan.talk.permissions import NoPartOfIt, phrase_county, require_office, require_writing, seat_of
from sidan.talk.phrases import reads_so
from sidan.talk.queries import last_of, message_in, own_sentence

MOST_AN_HOUR: Final = 60
"""Of one account. Far more than anybody types; a program gone wild is stopped."""
MARK = """
INSERT INTO talk_readmark (order_id, account_id, upto, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (account_id, order_id) DO UPDATE SET upto = excluded.upto, at = excluded.at
WHERE talk_readmark.upto < excluded.upto
"""


class NothingSaid(Invalid):
    code = "nothing_said"
    sentence = _("Please write something, or choose one of the sentences.")


class TooMuchSaid(TooMany):
    code = "too_much_said"
    sentence = _("You have written very much within the hour. Please wait a little, or call.")


class OwnMessage(Conflict):
    code = "own_message"
    sentence = _("This is your own message.")


class ReportedAlready(Conflict):
    code = "reported_already"
    sentence = _("You have reported this message already; the office looks at it.")


class SettledAlready(Conflict):
    code = "settled_already"
    sentence = _("Somebody of the office has settled this already.")


@transaction.atomic
def say(
    *,
    actor: Actor,
    at: datetime,
    order: Order,
    words: str,
    sentence: str = "",
    shown_upto: UUID | None = None,
) -> Message:
    """Say something to the other parties of an order, who are told that there is something new.

    Args:
        sentence: the code or public id of the sentence that was sent with a tap. It is kept where the words are still
            the sentence's in one of the languages; words of one's own are words, whatever they began with.
        shown_upto: the last message that the writer was shown: read up to there. What others wrote meanwhile, and
            all where none is named, stays as new as it was.

    Raises:
        NoPartOfIt: the actor is none of them.
        TalkIsOver: the order has ended, or the team holds it no more.
        NothingSaid: no words.
        TooMuchSaid: sixty messages within the hour.
    """
    # The order stands still while its parties are looked at: an answer must not slip in behind its end.
    order = Order.unscoped.select_for_update(of=("self",)).get(pk=order.pk)
    seat = seat_of(actor=actor, order=order)
    require_writing(seat=seat)
    if actor.account_id is None:
        raise NotSignedIn
    if not words.strip():
        raise NothingSaid(errors=[FieldProblem("/words", NothingSaid.sentence)])
    lately = Message.objects.filter(author=actor.account_id, at__gt=at - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise TooMuchSaid(seconds=3600)
    message = Message.objects.create(
        order=order, side=seat.side, team_id=seat.team_id, author_id=actor.account_id, at=at
    )
    begun = sentence if reads_so(code=sentence, words=words) else ""
    own = own_sentence(order=order, side=seat.side, uuid=sentence, words=words)
    MessageText.objects.create(message=message, words=words, begun=begun, phrase=own)
    shown = message_in(order=order, seat=seat, uuid=shown_upto) if shown_upto else None
    if shown is not None:
        _mark(actor=actor, at=at, order_id=order.pk, upto=shown.pk)
    record(
        actor=actor, at=at, verb="talk.say", subject=("order", order.pk), place_id=order.holder_place_id,
        county_id=order.county_id, side=seat.side,
    )  # fmt: skip
    tell_of_message(message=message, order=order, at=at)
    if hear_danger(actor=actor, at=at, order=order, words=words):
        tell_of_danger(message=message, order=order, at=at)
    return message


def mark_read(*, actor: Actor, at: datetime, order: Order, upto: UUID | None = None) -> None:
    """Remember that the actor has read the thread, up to the message named or all of it; again changes nothing.

    Whoever names the last message that was shown does not mark what came in meanwhile.

    Raises:
        NoPartOfIt: the actor may not read it.
        NotFound: there is no such message.
    """
    seat = seat_of(actor=actor, order=order)
    if upto is None:
        last = last_of(order=order, seat=seat)
    else:
        message = message_in(order=order, seat=seat, uuid=upto)
        if message is None:
            raise NotFound
        last = message.pk
    if last:
        _mark(actor=actor, at=at, order_id=order.pk, upto=last)


def _mark(*, actor: Actor, at: datetime, order_id: int, upto: int) -> None:
    # One statement: two windows of one person must neither collide nor take back what the other read.
    with connection.cursor() as cursor:
        cursor.execute(MARK, [order_id, actor.account_id, upto, at])


@transaction.atomic
def report_message(*, actor: Actor, at: datetime, order: Order, uuid: UUID, why: Why) -> Report:
    """Tell the office that a message should not stand there.

    Raises:
        NoPartOfIt: the actor may not read it.
        NotFound: there is no such message.
        OwnMessage: it is the actor's own.
        ReportedAlready: by the same person.
    """
    message = message_in(order=order, seat=seat_of(actor=actor, order=order), uuid=uuid)
    if message is None:
        raise NotFound
    if message.author_id == actor.account_id:
        raise OwnMessage
    report, is_new = Report.objects.get_or_create(
        message=message, by_id=actor.account_id, defaults={"why": why, "at": at}
    )
    if not is_new:
        raise ReportedAlready
    record(
        actor=actor, at=at, verb="talk.report", subject=("order", order.pk), place_id=order.holder_place_id,
        county_id=order.county_id, why=why,
    )  # fmt: skip
    tell_of_report(order=order, at=at)
    return report


@transaction.atomic
def settle_report(*, actor: Actor, at: datetime, uuid: UUID, verdict: Verdict) -> Order:
    """Take a reported message off, or leave it; all reports of that message are settled by it.

    Raises:
        NotFound: no such report of an order in sight.
        NotOffice: another office looks after this order.
        SettledAlready: somebody was faster.
    """
    report = Report.objects.select_related("message").filter(uuid=uuid).first()
    order = Order.objects.filter(pk=report.message.order_id).first() if report is not None else None
    if report is None or order is None:
        raise NotFound
    try:
        require_office(seat=seat_of(actor=actor, order=order))
    except NoPartOfIt:
        raise NotFound from None
    waiting = Report.objects.filter(message=report.message, settled_at=None)
    if not waiting.update(verdict=verdict, settled_at=at):
        raise SettledAlready
    if verdict == Verdict.HIDDEN:
        MessageText.objects.filter(message=report.message, hidden_at=None).update(hidden_at=at)
    record(
        actor=actor, at=at, verb="talk.settle", subject=("order", order.pk), place_id=order.holder_place_id,
        county_id=order.county_id, verdict=verdict,
    )  # fmt: skip
    return order


@transaction.atomic
def add_phrase(
    *, actor: Actor, at: datetime, side: Side, step: str, words: str, words_en: str = ""
) -> Phrase:
    """Add a sentence of the actor's county, behind those there are.

    Raises:
        NotPhraseKeeper: the actor manages no county.
    """
    county_id = phrase_county(actor=actor)
    position = Phrase.objects.filter(county=county_id, side=side).count()
    phrase = Phrase.objects.create(
        county_id=county_id, side=side, step=step, words=words, words_en=words_en, position=position
    )
    record(
        actor=actor, at=at, verb="talk.phrase_added", subject=("phrase", phrase.pk), place_id=county_id,
        county_id=county_id,
    )  # fmt: skip
    return phrase


@transaction.atomic
def end_phrase(*, actor: Actor, at: datetime, uuid: UUID) -> None:
    """Take a sentence of the actor's county away; what was sent with it stays.

    Raises:
        NotPhraseKeeper: the actor manages no county.
        NotFound: the county has none such.
    """
    county_id = phrase_county(actor=actor)
    mine = Phrase.objects.filter(county=county_id, uuid=uuid, ended_at=None)
    ended = list(mine.values_list("pk", flat=True))
    if not mine.update(ended_at=at):
        raise NotFound
    record(
        actor=actor, at=at, verb="talk.phrase_ended", subject=("phrase", ended[0]), place_id=county_id,
        county_id=county_id,
    )  # fmt: skip
