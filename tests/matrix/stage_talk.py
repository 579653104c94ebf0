"""What stands on the stage of messages out and of talk."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sidan.core.clock import now
from sidan.core.ids import uuid7
from sidan.notify.enums import Address, DeliveryState
from sidan.notify.models import Delivery
from sidan.orders.models import Order
from sidan.talk import operations as talk
from sidan.talk.enums import Side, Why
from tests.cast import Cast


def build_talk(cast: Cast, things: dict[str, Any]) -> None:
    """A message that was given up, and a talk in which the leader's message was reported by the resident."""
    things["given_up"] = give_up_a_message(cast.zhou.account.pk)
    order = Order.unscoped.get(number=things["accepted_number"])
    said = talk.say(actor=cast.leader.actor, at=now(), order=order, words="我们今天给您打电话")
    bad = talk.say(actor=cast.leader.actor, at=now(), order=order, words="给我红包")
    report = talk.report_message(actor=cast.zhou.actor, at=now(), order=order, uuid=bad.uuid, why=Why.MONEY)
    phrase = talk.add_phrase(actor=cast.manager.actor, at=now(), side=Side.OFFICE, step="", words="请稍等")
    things["talk_phrase"] = phrase.uuid
    things |= {"said": said.uuid, "talk_report": report.uuid, "talk_number": order.number}


def say_more(cast: Cast, number: str) -> None:
    """Two more messages and reports."""
    for words in ("再说一句", "又说一句"):
        order = Order.unscoped.get(number=number)
        bad = talk.say(actor=cast.leader.actor, at=now(), order=order, words=words)
        talk.report_message(actor=cast.zhou.actor, at=now(), order=order, uuid=bad.uuid, why=Why.RUDE)
        talk.add_phrase(actor=cast.manager.actor, at=now(), side=Side.TEAM, step="", words=words)


def give_up_a_message(account_id: int) -> UUID:
    """Leave a message that a provider refused to the end; returns its id."""
    made = Delivery.objects.create(
        effect=f"notice:{uuid7()}",
        account_id=account_id,
        channel="console",
        address_kind=Address.PHONE,
        address="12900008888",
        body="您的点单已派出。",
        state=DeliveryState.GIVEN_UP,
        attempts=8,
        last_error="http_400",
        at=now(),
        next_try_at=now(),
        give_up_at=now() + timedelta(days=1),
    )
    return made.uuid
