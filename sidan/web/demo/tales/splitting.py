"""One order shared by two teams, one of which is still to answer; and one that was split and put together again."""

from datetime import timedelta
from typing import Final

from sidan.catalogue.models import Project
from sidan.catalogue.queries import teams_for
from sidan.orders.models import Assignment, Order
from sidan.orders.operations import (
    PartWish,
    accept_order,
    admit_order,
    dispatch_order,
    join_order,
    place_order,
    schedule_visit,
    split_order,
)
from sidan.people.enums import Role
from sidan.people.models import Account, Team
from sidan.web.demo.tales.cast import Cast, again

BOTH: Final = "想理个发，顺便看看客厅的灯，一开就闪。"
TOO_SMALL: Final = "窗帘杆掉了一头，够不着。"
HAIR: Final = "理发"
LAMP: Final = "修客厅的灯"
FIRST: Final = "拆下旧窗帘杆"
SECOND: Final = "装上新窗帘杆"


def tell_what_was_shared(cast: Cast) -> None:
    """Split for the demo resident, of which the demo team has a part; and split for a neighbour by mistake."""
    office = cast.actor(Role.DISPATCHER)
    hair, lamp = cast.project("haircut"), cast.project("repair")
    order = _placed(cast, cast.people.by_role[Role.RESIDENT], hair, BOTH, hour=8)
    wishes = [PartWish(HAIR, hair.category), PartWish(LAMP, lamp.category)]
    parts = split_order(actor=office, at=cast.day(0, 10), order=order, parts=wishes)
    taken: list[int] = []
    shares: list[Assignment] = []
    for nth, part in enumerate(parts):
        team = _team_for(order, part.category_id, without=taken)
        if team is None:
            continue
        taken.append(team.pk)
        at = cast.day(0, 10, 10 + nth)
        shares.append(dispatch_order(actor=office, at=at, order=again(order), team=team, part=part))
    if shares:
        _agree(cast, shares[0])
    mistaken = _placed(cast, cast.neighbours()[-1], lamp, TOO_SMALL, hour=9)
    wishes = [PartWish(words, lamp.category) for words in (FIRST, SECOND)]
    split_order(actor=office, at=cast.day(0, 11), order=mistaken, parts=wishes)
    join_order(actor=office, at=cast.day(0, 11, 20), order=again(mistaken))


def _placed(cast: Cast, who: Account, project: Project, need: str, *, hour: int) -> Order:
    at = cast.day(0, hour)
    order = place_order(actor=cast.actor(who), at=at, wish=cast.wish(who, project, need=need))
    admit_order(actor=cast.actor(Role.DISPATCHER), at=at + timedelta(minutes=30), order=order)
    return again(order)


def _team_for(order: Order, category: str, *, without: list[int]) -> Team | None:
    """Return the first team that serves this kind there and has no other part."""
    teams = teams_for(category=category, place_id=order.origin_place_id)
    return teams.exclude(pk__in=without).order_by("pk").first()


def _agree(cast: Cast, share: Assignment) -> None:
    leader = cast.leader_of(share.team)
    accept_order(actor=leader, at=cast.day(0, 12), assignment=_read(share))
    begins = (cast.now + timedelta(days=2)).replace(hour=9, minute=30)
    schedule_visit(
        actor=leader, at=cast.day(0, 12, 30), assignment=_read(share), planned_from=begins,
        planned_to=begins + timedelta(hours=1),
    )  # fmt: skip


def _read(share: Assignment) -> Assignment:
    rows = Assignment.objects.select_related("team", "part", "order__category", "order__origin_place")
    return rows.get(pk=share.pk)
