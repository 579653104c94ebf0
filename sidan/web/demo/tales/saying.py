"""What the parties of an order write to each other, what is reported of it, and what a channel could not take."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sidan.notify.enums import Address, DeliveryState
from sidan.notify.kinds import kind_of
from sidan.notify.models import Delivery, Notice
from sidan.notify.operations.filling import NOTICE_USEFUL_FOR
from sidan.orders.models import Order
from sidan.orders.operations import accept_order, admit_order, dispatch_order, place_order
from sidan.people.enums import Role
from sidan.talk.enums import Side, Verdict, Why
from sidan.talk.operations import add_phrase, mark_read, report_message, say, settle_report
from sidan.talk.queries import phrases_for
from sidan.web.demo.tales.cast import Cast, again, held

PHRASES: Final = (
    (
        Side.TEAM, "scheduled", "路上有点堵，大约晚二十分钟到，麻烦您等一下。",
        "The road is full; we will be some twenty minutes late.",
    ),
    (
        Side.TEAM, "scheduled", "我们已经出发了，到了给您打电话。",
        "We have left and will call you when we are there.",
    ),
    (
        Side.OFFICE, "", "您好，这里是县文明实践中心，有事请随时留言。",
        "This is the center of the county. Write to us whenever you like.",
    ),
)  # fmt: skip
THREAD: Final = (
    (Side.TEAM, 8, "周大姐您好，我们明天上午九点半到，您在家吗？"),
    (Side.RESIDENT, 9, "在家的。我婆婆也想剪，一起剪行不行？"),
    (Side.TEAM, 9, "行，我们多带一把剪刀。"),
    (Side.OFFICE, 10, "已经记下了，两位一起剪。"),
)  # fmt: skip
TAPPED: Final = "thanks"
"""What the resident sends last, with a tap: each reads it in their own language."""
MONEY: Final = "上门要收十块钱路费，准备好零钱。"
RUDE: Final = "催什么催，又不是只有你一家。"
DANGER: Final = "我婆婆刚才在厨房摔倒了，起不来，你们能不能快点来？"
SAID_AGO: Final = timedelta(minutes=10)
"""How long before the demo begins: the clock of a danger, half an hour, is running."""
FAILING: Final = "sms"
"""A way out that the demo does not have: what waits for it is tried in vain, and is given up when it is of no use."""
LOGGED: Final = "demo_sms"
MAILED: Final = "demo_mail"
"""Ways that it has, into its log: what was given up there can be sent again and leaves within a minute."""
STILL_TO_SEND: Final = timedelta(hours=12)
"""Of what was told so short before the demo begins the worker of the demo makes its first messages."""
MISTYPED: Final = "nobody@xunwu.example"
WAITED_FOR: Final = ("order_accepted", "order_scheduled", "order_done", "talk_message")


def tell_what_was_said(cast: Cast) -> None:
    """Sentences of the county, a thread, two reports, messages that were given up or are tried again, a danger."""
    for side, step, words, words_en in PHRASES:
        add_phrase(
            actor=cast.actor(Role.MANAGER), at=cast.day(20, 15), side=side, step=step, words=words,
            words_en=words_en,
        )  # fmt: skip
    order = Order.unscoped.filter(
        requester=cast.people.by_role[Role.RESIDENT].person, state="scheduled"
    ).first()
    if order is not None:
        _thread(cast, again(order))
    if (order := cast.order("asked_of_office")) is not None:
        _reported(cast, order, cast.day(0, 17), words=MONEY, why=Why.MONEY)
    if (order := cast.order("kept")) is not None:
        report = _reported(cast, order, cast.day(0, 12), words=RUDE, why=Why.RUDE)
        settle_report(
            actor=cast.actor(Role.DISPATCHER), at=cast.day(0, 14), uuid=report, verdict=Verdict.HIDDEN
        )
    _outbox(cast)
    _in_danger(cast)


def _thread(cast: Cast, order: Order) -> None:
    speakers = {
        Side.RESIDENT: cast.actor(Role.RESIDENT), Side.TEAM: cast.leader_of(held(order).team),
        Side.OFFICE: cast.actor(Role.DISPATCHER),
    }  # fmt: skip
    for nth, (side, hour, words) in enumerate(THREAD):
        say(actor=speakers[side], at=cast.day(0, hour, 7 * nth), order=order, words=words)
    tapped = next(one for one in phrases_for(order=order, side=Side.RESIDENT) if one.code == TAPPED)
    say(
        actor=speakers[Side.RESIDENT], at=cast.day(0, 11, 40), order=order, words=str(tapped.words),
        sentence=tapped.code,
    )  # fmt: skip
    mark_read(actor=speakers[Side.TEAM], at=cast.day(0, 12), order=order)


def _reported(cast: Cast, order: Order, at: datetime, *, words: str, why: Why) -> UUID:
    message = say(actor=cast.leader_of(held(order).team), at=at, order=order, words=words)
    told = at + timedelta(minutes=25)
    resident = cast.resident_of(order)
    return report_message(actor=resident, at=told, order=order, uuid=message.uuid, why=why).uuid


def _outbox(cast: Cast) -> None:
    """What left long ago; a message of no use any more, one that a mail server refused, one that is still tried."""
    Notice.objects.filter(goes_out=True, at__lte=cast.now - STILL_TO_SEND).update(goes_out=False)
    told = Notice.objects.filter(kind__in=WAITED_FOR).select_related("account").order_by("-at", "-id")
    late, lately = told.filter(at__lt=cast.day(4, 12)).first(), told.filter(kind="talk_message").first()
    if late is not None and lately is not None:
        _put_out(late, LOGGED, state=DeliveryState.GIVEN_UP, attempts=9, last_error="too_late")
        _put_out(late, MAILED, state=DeliveryState.GIVEN_UP, attempts=8, last_error="SMTPRecipientsRefused")
        _put_out(lately, FAILING, state=DeliveryState.WAITING, attempts=3, last_error=FAILING)


def _put_out(notice: Notice, channel: str, *, state: DeliveryState, attempts: int, last_error: str) -> None:
    """Write a message as the worker of those days left it."""
    sentence = kind_of(notice.kind).render(notice.facts)
    way = Address.EMAIL if channel == MAILED else Address.PHONE
    row = Delivery(
        effect=f"notice:{notice.pk}", account_id=notice.account_id, kind=notice.kind, channel=channel,
        address_kind=way, at=notice.at, next_try_at=notice.at + timedelta(minutes=10), state=state,
        give_up_at=notice.at + NOTICE_USEFUL_FOR, attempts=attempts, last_error=last_error,
    )  # fmt: skip
    row.address = MISTYPED if way == Address.EMAIL else str(notice.account.phone)
    row.subject, row.body = sentence, sentence
    row.save(force_insert=True)


def _in_danger(cast: Cast) -> None:
    """What a team has turns out to be urgent: a neighbour writes so, and the order is first from then on."""
    who, project, office = cast.neighbours()[-2], cast.project("escort"), cast.actor(Role.DISPATCHER)
    if project.team is None:
        return
    order = place_order(actor=cast.actor(who), at=cast.day(0, 13), wish=cast.wish(who, project))
    admit_order(actor=office, at=cast.day(0, 13, 30), order=order)
    share = dispatch_order(actor=office, at=cast.day(0, 14), order=again(order), team=project.team)
    accept_order(actor=cast.leader_of(project.team), at=cast.day(0, 14, 40), assignment=share)
    say(actor=cast.actor(who), at=cast.now - SAID_AGO, order=again(order), words=DANGER)
