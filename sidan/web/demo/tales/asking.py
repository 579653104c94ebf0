"""What residents ask for, and who asks for them: asked twice, in private, in danger, on behalf (R-O3, R-Z6, R-Z10)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sidan.catalogue.models import Project
from sidan.desk.enums import CallOutcome
from sidan.desk.operations import confirm_order
from sidan.limits.enums import Step
from sidan.limits.operations import Terms, set_limit
from sidan.orders.enums import ConsentWay, Urgency
from sidan.orders.models import Order
from sidan.orders.operations import (
    Consent,
    admit_order,
    dispatch_order,
    look_at_contact,
    merge_order,
    place_order,
    place_order_for,
)
from sidan.people.enums import Role
from sidan.places.enums import PlaceKind
from sidan.web.demo.tales.cast import Cast, again

TWICE: Final = "阳台水龙头滴水，前天点过一次，不知道收到没有。"
HIDDEN: Final = "家里的事不想让邻居知道，请派女同志来，到了先打电话。"
HIDDEN_TOO: Final = "想找人谈谈，不方便在村里说。"
DANGER: Final = "隔壁老人早上摔得起不来了，家里没有年轻人。"
BEHALF: Final = (
    ("老人不会用手机，托我点的；耳朵背，敲门要重。", ConsentWay.SPOKEN, CallOutcome.CONFIRMED),
    ("眼睛看不清，门口有台阶，来的时候扶一把。", ConsentWay.SIGNED, ""),
    ("家里电话常常没人接，上午在地里。", ConsentWay.SPOKEN, CallOutcome.NO_ANSWER),
    ("说是儿子周末回来，先点着。", ConsentWay.SPOKEN, CallOutcome.NOT_WANTED),
)  # fmt: skip
SHORTER: Final = "接单要快：县里答应过居民当天有回音。"
LONGER: Final = "村站只有一个人值班，受理放宽到两个工作日。"


def tell_what_was_asked(cast: Cast) -> None:
    """Ask; each of it stands where somebody has to see to it when the demo is started."""
    _two_for_the_same(cast)
    _in_private(cast)
    _in_danger(cast)
    _on_behalf(cast)
    _a_limit_of_the_county(cast)


def _two_for_the_same(cast: Cast) -> None:
    """Two orders become one, as urgent as the second was; of another pair the dispatcher is still to say."""
    office, project = cast.actor(Role.DISPATCHER), cast.project("repair")
    first = _placed(cast, 0, project, cast.day(1, 9), TWICE)
    second = _placed(cast, 0, project, cast.day(1, 15), TWICE, urgency=Urgency.URGENT)
    merge_order(actor=office, at=cast.day(1, 16), order=again(second), into=again(first))
    for hour in (10, 14):
        _placed(cast, 1, project, cast.day(0, hour), TWICE)


def _in_private(cast: Cast) -> None:
    """One waits to be admitted, one is offered to a team that reads it when it has accepted."""
    office, project = cast.actor(Role.DISPATCHER), cast.project("counsel")
    _placed(cast, 2, project, cast.day(0, 15), HIDDEN_TOO, is_private=True)
    order = _placed(cast, 3, project, cast.day(0, 9), HIDDEN, is_private=True)
    admit_order(actor=office, at=cast.day(0, 10), order=order)
    if project.team is not None:
        dispatch_order(actor=office, at=cast.day(0, 11), order=again(order), team=project.team)


def _in_danger(cast: Cast) -> None:
    _placed(cast, 4, cast.project("escort"), cast.day(0, 19, 20), DANGER)


def _placed(
    cast: Cast, nth: int, project: Project, at: datetime, need: str, *, is_private: bool = False,
    urgency: Urgency = Urgency.NORMAL,
) -> Order:  # fmt: skip
    near = cast.neighbours()
    who = near[nth % len(near)]
    wish = replace(cast.wish(who, project, need=need), is_private=is_private, urgency=urgency)
    return place_order(actor=cast.actor(who), at=at, wish=wish)


def _on_behalf(cast: Cast) -> None:
    """The practitioner enters for four residents; the grid keeper calls back, one is still to be called."""
    near, project = cast.neighbours(), cast.project("haircut")
    for nth, (need, way, heard) in enumerate(BEHALF):
        who, at = near[(5 + nth) % len(near)], cast.day(0, 9 + nth)
        order = place_order_for(
            actor=cast.actor(Role.PRACTITIONER), at=at, wish=cast.wish(who, project, need=need, days=3 + nth),
            person=who.person, consent=Consent(way=way),
        )  # fmt: skip
        if heard:
            caller = cast.actor(Role.GRID_KEEPER)
            called_at = at + timedelta(hours=3)
            look_at_contact(actor=caller, at=called_at, order=again(order))
            confirm_order(actor=caller, at=called_at, order=again(order), outcome=heard)


def _a_limit_of_the_county(cast: Cast) -> None:
    center = cast.people.crews[0].team.county
    if center is None:
        return
    terms = Terms(amount=1, unit="hours", at_half="who_acts", at_end="to_pool")
    set_limit(
        actor=cast.actor(Role.MANAGER), at=cast.day(30, 10), place=center, step=Step.ACCEPT, terms=terms,
        urgency=Urgency.URGENT, reason=SHORTER,
    )  # fmt: skip
    terms = Terms(amount=2, unit="working_days", at_half="who_acts", at_end="up")
    set_limit(
        actor=cast.actor(Role.MANAGER), at=cast.day(30, 10), place=center, step=Step.ADMIT, terms=terms,
        level=PlaceKind.STATION, reason=LONGER,
    )  # fmt: skip
