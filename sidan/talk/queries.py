"""Reading a thread, as one of its parties may."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.ids import BadNumber, parse_number, read_uuid
from sidan.core.language import shown
from sidan.core.phones import mask_name
from sidan.core.scope import current_scope
from sidan.orders.models import Assignment, AssignmentMember, Order
from sidan.orders.queries import EVERY, OrderSearch, about_orders, order_by_number, reading_of
from sidan.talk.enums import Side
from sidan.talk.models import Message, Phrase, ReadMark, Report
from sidan.talk.permissions import Seat
from sidan.talk.phrases import ALWAYS, Sentence, begun_with

MOST_SHOWN = 200
"""Of one thread at once, the newest; those before them by a link."""


def order_talked_of(*, number: str) -> Order:
    """Find an order in scope by its number, as it is read out; who is at the door for a dissolved team finds it too.

    Raises:
        NotFound
    """
    try:
        plain = parse_number(number)
    except BadNumber as bad:
        raise NotFound from bad
    try:
        return order_by_number(number=plain)
    except NotFound:
        named = AssignmentMember.objects.filter(
            Assignment.seen_through_q("assignment__"),
            person=current_scope().person_id, removed_at=None, assignment__order=OuterRef("pk"),
        )  # fmt: skip
        orders = Order.unscoped.select_related("project", "category")
        found = orders.filter(Exists(named), number=plain).first()
        if found is None:
            raise
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """A message as its reader sees it."""

    uuid: UUID
    who: str
    side: str
    words: str
    at: datetime
    is_mine: bool
    is_hidden: bool
    is_new: bool
    reports: list[Report]


def _thread(*, order: Order, seat: Seat) -> QuerySet[Message]:
    rows = Message.objects.filter(order=order)
    if seat.since is not None:
        rows = rows.filter(at__gte=seat.since)
    return rows.filter(at__lte=seat.until) if seat.until is not None else rows


@dataclass(frozen=True, slots=True)
class Stretch:
    """Messages of a thread that follow each other, the oldest first, and whether there are any before them."""

    lines: list[Told]
    has_earlier: bool


def stretch_of(*, actor: Actor, order: Order, seat: Seat, before: UUID | None = None) -> Stretch:
    """Return the newest messages of a thread that fall into the reader's time, or those before the one named.

    Raises:
        NotFound: the reader's time holds no such message.
    """
    rows = _thread(order=order, seat=seat)
    if before is not None:
        first = message_in(order=order, seat=seat, uuid=before)
        if first is None:
            raise NotFound
        rows = rows.filter(pk__lt=first.pk)
    newest = list(_with_authors(rows).order_by("-id")[: MOST_SHOWN + 1])
    lines = _lines(newest[:MOST_SHOWN][::-1], actor=actor, order=order, seat=seat)
    return Stretch(lines=lines, has_earlier=len(newest) > MOST_SHOWN)


def line_of(*, actor: Actor, order: Order, seat: Seat, uuid: UUID) -> Told:
    """Return one message as its reader sees it.

    Raises:
        NotFound: the reader's time holds no such message.
    """
    found = list(_with_authors(_thread(order=order, seat=seat)).filter(uuid=uuid))
    if not found:
        raise NotFound
    return _lines(found, actor=actor, order=order, seat=seat)[0]


def _with_authors(rows: QuerySet[Message]) -> QuerySet[Message]:
    return rows.select_related("text__phrase", "team", "author__person")


def _lines(rows: list[Message], *, actor: Actor, order: Order, seat: Seat) -> list[Told]:
    upto = _read_upto(actor=actor, order=order)
    reports = _open_reports(rows) if seat.side == Side.OFFICE else {}
    told = partial(
        _told, actor=actor, order=order, seat=seat, upto=upto, read=reading_of(reader=actor, order=order)
    )
    return [told(message, reports=reports.get(message.pk, [])) for message in rows]


def _told(
    message: Message, *, actor: Actor, order: Order, seat: Seat, upto: int, read: Callable[[str], str],
    reports: list[Report],
) -> Told:  # fmt: skip
    is_mine = message.author_id == actor.account_id
    hidden = message.text.hidden_at is not None
    words = "" if hidden and seat.side != Side.OFFICE else message.text.shown_words
    return Told(
        uuid=message.uuid,
        who=_who(message, order),
        side=message.side,
        # One's own words are shown whole; a number in another's only to the resident they are about.
        words=words if is_mine else read(words),
        at=message.at,
        is_mine=is_mine,
        is_hidden=hidden,
        is_new=message.pk > upto and not is_mine,
        reports=reports,
    )


def _who(message: Message, order: Order) -> str:
    """Name who speaks as the others know them: a volunteer and the team, the resident by a masked name."""
    name = message.author.person.name
    if message.side == Side.RESIDENT:
        return mask_name(name)
    if message.side == Side.TEAM and message.team is not None:
        return f"{shown(message.team.name, message.team.name_en)} · {name}"
    return str(Side(message.side).label)


def _open_reports(messages: list[Message]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = {}
    for report in Report.objects.filter(message__in=messages, settled_at=None).order_by("id"):
        found.setdefault(report.message_id, []).append(report)
    return found


def _read_upto(*, actor: Actor, order: Order) -> int:
    mark = ReadMark.objects.filter(account_id=actor.account_id or 0, order=order)
    return mark.values_list("upto", flat=True).first() or 0


def message_in(*, order: Order, seat: Seat, uuid: UUID) -> Message | None:
    """Return a message of the thread, if the reader may see it."""
    return _thread(order=order, seat=seat).select_related("text").filter(uuid=uuid).first()


def last_of(*, order: Order, seat: Seat) -> int:
    """Return the newest message that the reader may see, by its number inside; 0 for none."""
    return _thread(order=order, seat=seat).order_by("-id").values_list("id", flat=True).first() or 0


def phrases_for(*, order: Order, side: str) -> list[Sentence]:
    """Return what may be said with a tap now, what fits the order's state first.

    The county's own sentences take the place of those that all begin with of the same step, and of no other.
    """
    fits = Phrase.objects.filter(
        county=order.county_id, side=side, step__in=[ALWAYS, order.state], ended_at=None
    )
    own: dict[str, list[Sentence]] = {}
    for one in fits.order_by("position", "id"):
        own.setdefault(one.step, []).append(Sentence(str(one.uuid), shown(one.words, one.words_en)))
    return [
        sentence
        for step in (order.state, ALWAYS)
        for sentence in own.get(step) or begun_with(side=side, step=step)
    ]


def own_sentence(*, order: Order, side: str, uuid: str, words: str) -> Phrase | None:
    """Return the county's sentence of a public id that reads so in one of the languages.

    One that was taken away while the page stood open is still what was tapped.
    """
    named = read_uuid(uuid)
    if named is None:
        return None
    mine = Phrase.objects.filter(county=order.county_id, side=side, uuid=named)
    return mine.filter(Q(words=words) | Q(words_en=words)).first()


def phrases_of(*, county_id: int) -> QuerySet[Phrase]:
    """Return a county's own sentences."""
    return Phrase.objects.filter(county=county_id, ended_at=None).order_by("side", "position", "id")


def reports(*, verdict: str = "", search: OrderSearch = EVERY) -> QuerySet[Report]:
    """Return what was reported in the talk about the orders in scope: what waits for a word, or what was decided so."""
    rows = about_orders(Report.objects.filter(verdict=verdict), search=search, path="message__order")
    return rows.select_related(
        "message__text__phrase",
        "message__order__project",
        "message__order__category",
        "message__order__origin_place",
    )


def last_own(lines: Sequence[Told]) -> str:
    """Return the last words the reader wrote; nothing where there are none: after them the numbers to call stand."""
    return next((line.words for line in reversed(lines) if line.is_mine), "")
