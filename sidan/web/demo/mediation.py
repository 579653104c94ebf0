"""Three mediations of the demo county, one in each stage: as the practitioner of the demo village led them."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.mediation import operations
from sidan.mediation.enums import Dispute
from sidan.mediation.models import Case
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.web.demo.people import People


class _Quarrel(NamedTuple):
    dispute: Dispute
    first: str
    second: str
    words: str
    minutes: str = ""
    terms: str = ""


QUARRELS: Final = (
    _Quarrel(Dispute.NEIGHBOURS, "甲家", "乙家", "两家共用的排水沟堵了，雨天水进了乙家厨房，都说该对方清。"),
    _Quarrel(
        Dispute.LAND, "老大家", "老二家", "分家时没写清楚，屋后一分菜地两家都种。",
        minutes="请族里老人讲了当年分家的经过，双方愿意再量一次。",
    ),
    _Quarrel(
        Dispute.MONEY, "买方", "卖方", "买脐橙的尾款拖了三个月没给。",
        minutes="对了账，欠款数目双方认可。",
        terms="欠款分两次付清，月底前先付一半\n另一半下月十五日前付清\n付清后双方不再追究",
    ),
)  # fmt: skip


def make_mediations(*, people: People, now: datetime) -> None:
    """Open the three cases and lead each as far as it goes; through the operations, so every rule holds."""
    mediator = actor_for_account(people.by_role[Role.PRACTITIONER].pk)
    home = people.by_role[Role.PRACTITIONER].person.home_place
    if mediator is None or home is None:
        return
    for nth, quarrel in enumerate(QUARRELS):
        _lead(mediator, home, quarrel, now - timedelta(days=9 * (nth + 1)), now)


def _lead(actor: Actor, place: Place, quarrel: _Quarrel, at: datetime, now: datetime) -> Case:
    first, second = operations.NewParty(quarrel.first), operations.NewParty(quarrel.second)
    told = operations.NewCase(
        place=place, dispute=quarrel.dispute, words=quarrel.words, first=first, second=second
    )
    case = operations.open_case(actor=actor, at=at, told=told)
    if not quarrel.minutes:
        ahead = now.replace(hour=9, minute=30) + timedelta(days=2)
        operations.plan_sitting(actor=actor, at=at, case=case, planned_at=ahead, where="村文明实践站")
        return case
    met = at + timedelta(days=2)
    sitting = operations.plan_sitting(actor=actor, at=at, case=case, planned_at=met, where="众厅")
    operations.hold_sitting(actor=actor, at=met, case=case, uuid=sitting.uuid, minutes=quarrel.minutes)
    if quarrel.terms:
        day = business_date(met)
        operations.agree_case(
            actor=actor, at=met + timedelta(hours=1), case=case, terms=quarrel.terms, agreed_on=day,
            follow_ups=[day + timedelta(days=30), day + timedelta(days=90)],
        )  # fmt: skip
    return case
