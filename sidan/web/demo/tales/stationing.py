"""What a village's station does with the orders that were sent down to it: a practitioner's day (R-O4)."""

from datetime import datetime, timedelta
from typing import Final

from sidan.catalogue.queries import teams_for
from sidan.orders.models import Order
from sidan.orders.operations import (
    accept_order,
    admit_order,
    ask_for_help,
    dispatch_order,
    place_order,
    say_cannot,
    send_down_order,
)
from sidan.people.enums import Role
from sidan.places.models import Place
from sidan.web.demo.tales.cast import Cast, again

WANTED: Final = (
    ("haircut", "想请人上门理个发，腿脚不便。"), ("repair", "院子里的灯不亮了，晚上出来怕摔。"),
    ("haircut", "老人卧床，剪短一点就好。"), ("repair", "电饭煲不通电，看看是不是插座坏了。"),
    ("escort", "下周要去县医院复查，路上没人陪。"), ("repair", "屋顶的瓦掉了几片，想请人上去补。"),
)  # fmt: skip
"""What six neighbours want: one order waits, one is admitted, one is offered, one has a team, one needs help, and one
nobody can do."""


def tell_what_a_station_does(cast: Cast) -> None:
    """The county sends six orders down to the demo village, whose practitioner goes on with five of them."""
    station = cast.people.by_role[Role.PRACTITIONER].person.home_place
    assert station is not None, "the practitioner of the demo lives in the village"
    _waiting, admitted, offered, taken, too_much, roof = (
        _sent_down(cast, nth, station, kind, need) for nth, (kind, need) in enumerate(WANTED)
    )
    keeper, at = cast.actor(Role.PRACTITIONER), cast.day(0, 16)
    for nth, order in enumerate((admitted, offered, taken, roof)):
        admit_order(actor=keeper, at=at + timedelta(minutes=nth), order=again(order))
    for order in (offered, taken):
        _offer(cast, order, at=at + timedelta(minutes=10))
    _take(cast, taken, at=at + timedelta(hours=1))
    say_cannot(
        actor=keeper,
        at=at + timedelta(minutes=30),
        order=again(roof),
        reason="not_safe",
        words="上屋顶要专业人员，村里没有队伍能做。",
    )
    ask_for_help(actor=keeper, at=at + timedelta(minutes=20), order=again(too_much), reason="no_people")


def _sent_down(cast: Cast, nth: int, station: Place, kind: str, need: str) -> Order:
    near = cast.neighbours()
    who, at = near[(9 + nth) % len(near)], cast.day(0, 13, 4 * nth)
    wish = cast.wish(who, cast.project(kind), need=need, days=2 + nth % 3)
    order = place_order(actor=cast.actor(who), at=at, wish=wish)
    return send_down_order(
        actor=cast.actor(Role.DISPATCHER), at=at + timedelta(minutes=40), order=again(order), to=station,
        reason="nearer",
    )  # fmt: skip


def _offer(cast: Cast, order: Order, *, at: datetime) -> None:
    """Offer it to the first team that serves this here; nobody does in a very small county."""
    team = teams_for(category=order.category_id, place_id=order.origin_place_id).order_by("pk").first()
    if team is not None:
        dispatch_order(actor=cast.actor(Role.PRACTITIONER), at=at, order=again(order), team=team)


def _take(cast: Cast, order: Order, *, at: datetime) -> None:
    share = order.assignments.filter(state="offered").select_related("team", "order").first()
    if share is not None:
        accept_order(actor=cast.leader_of(share.team), at=at, assignment=share)
