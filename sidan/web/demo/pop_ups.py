"""The service bus, the Saturday fair and stands on market days, so that something is coming; through the operations."""

from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from sidan.activities.calendar import DaysOfWeek, LunarDays, Pattern, market_days
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.places import operations
from sidan.places.coordinates import Point
from sidan.places.enums import PopUpKind
from sidan.places.models import Place
from sidan.places.operations import NewPopUp, NewRounds, Stop
from sidan.places.queries import place_point
from sidan.places.rounds import Rounds
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

ANNOUNCED_BEFORE: Final = timedelta(days=6)
AFTER_THOSE: Final = timedelta(days=7)
NEXT: Final = 4
STOPS: Final = 4
STANDS_FOR: Final = timedelta(minutes=50)
DRIVES_FOR: Final = timedelta(minutes=20)
RAIN: Final = "气象台预报有暴雨，改到下一个圩日。"


class _Told(NamedTuple):
    """What stands where: how many days from today at the least, from, for how many hours, and on which days only."""

    kind: PopUpKind
    name: str
    name_en: str
    spot: str
    spot_en: str
    about: str
    about_en: str
    day: int
    begins: time
    hours: int
    on: Pattern | None = None
    is_called_off: bool = False


SATURDAYS: Final = DaysOfWeek(frozenset({5}), since=date(2024, 1, 1))
MARKET_DAYS: Final = LunarDays(market_days([3, 6, 9]))
TOLD: Final = (
    _Told(
        PopUpKind.BUS_ROUTE, "便民服务车", "Service bus", "", "", "理发、磨刀、量血压、政策咨询。",
        "Haircuts, knives sharpened, blood pressure, advice.", 2, time(8, 30), 5,
    ),
    _Told(
        PopUpKind.FAIR, "周末文明集市", "Weekend fair", "文体广场", "Culture and sports square",
        "志愿服务、非遗展示、农产品展销。", "Volunteers, crafts and produce of the villages.", 2, time(18), 3,
        SATURDAYS,
    ),
    _Told(
        PopUpKind.MARKET_STAND, "赶集日宣讲摊位", "Stand on market day", "农贸市场东门",
        "East gate of the farmers’ market", "政策宣讲、反诈提醒。", "New laws, and how to see through fraud.",
        0, time(8), 4, MARKET_DAYS,
    ),
    _Told(
        PopUpKind.MARKET_STAND, "赶集日义诊摊位", "Clinic on market day", "老街路口", "Corner of the old street",
        "量血压、测血糖、用药咨询。", "Blood pressure, blood sugar, advice on medicines.",
        3, time(8), 4, MARKET_DAYS, is_called_off=True,
    ),
    _Told(
        PopUpKind.FAIR, "邻里集市", "Neighbours’ fair", "文体广场", "Culture and sports square",
        "旧物交换、小手工、小吃。", "Things to swap, handicraft, snacks.", -3, time(17), 4,
    ),
)  # fmt: skip


def make_pop_ups(*, network: Network, people: People, now: datetime) -> None:
    """Announce them at the seat of the county, and call one off for the rain."""
    manager = actor_for_account(people.by_role[Role.MANAGER].pk)
    assert manager is not None, "the manager of the demo signs in"
    at, seat = now - ANNOUNCED_BEFORE, network.seat()
    for nth, told in enumerate(TOLD):
        _announce(manager, network, seat, told, at=at + timedelta(minutes=9 * nth), today=now)
    _announce_again(manager, seat, now)


def _announce_again(manager: Actor, seat: Place, now: datetime) -> None:
    """Announce the stand of the next market days after those that somebody announced one by one."""
    first = now.astimezone(BUSINESS_ZONE).date() + AFTER_THOSE
    again = NewRounds(Rounds(endings=frozenset({3, 6, 9})), first, NEXT, time(8), time(11))
    told = NewPopUp(
        kind=PopUpKind.MARKET_STAND, name="圩日便民摊位", name_en="Service stand on market day", begins=now, ends=now,
        spot="圩镇十字街口", spot_en="Crossroads of the market town", about="理发、修小家电、代办咨询。",
        about_en="Haircuts, small repairs, help with papers.", point=_point(seat),
    )  # fmt: skip
    operations.announce_rounds(actor=manager, at=now, place=seat, told=told, again=again)


def _announce(
    manager: Actor, network: Network, seat: Place, told: _Told, *, at: datetime, today: datetime
) -> None:
    day = today.astimezone(BUSINESS_ZONE).date() + timedelta(days=told.day + 1)
    while told.on is not None and not told.on.falls_on(day):
        day += timedelta(days=1)
    begins = datetime.combine(day, told.begins, BUSINESS_ZONE)
    new = NewPopUp(
        kind=told.kind, name=told.name, name_en=told.name_en, begins=begins, ends=begins + timedelta(hours=told.hours),
        spot=told.spot, spot_en=told.spot_en, about=told.about, about_en=told.about_en, point=_point(seat),
        stops=_stops(network, seat, begins) if told.kind == PopUpKind.BUS_ROUTE else (),
    )  # fmt: skip
    made = operations.announce_pop_up(actor=manager, at=at, place=seat, told=new)
    if told.is_called_off:
        operations.call_off_pop_up(
            actor=manager, at=at + timedelta(hours=3), pop_up=made, turn=made.turn, why=RAIN
        )


def _stops(network: Network, seat: Place, begins: datetime) -> list[Stop]:
    """Let the bus drive from station to station of the seat."""
    stops = []
    for nth, station in enumerate(network.stations_of(seat)[:STOPS]):
        arrives = begins + nth * (STANDS_FOR + DRIVES_FOR)
        stops.append(
            Stop(station.short_name, arrives, arrives + STANDS_FOR, _point(station), station.name_en[:120])
        )
    return stops


def _point(place: Place) -> Point | None:
    return place_point(place_id=place.pk)
