"""Rooms of the center and of two stations, and a week of bookings in every state; through the operations."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from sidan.bookings import operations
from sidan.bookings.enums import Kit, Purpose, RoomOwnerKind
from sidan.bookings.models import Booking, Room
from sidan.bookings.policies import OpenPart, Span, lies_within
from sidan.bookings.queries import open_on
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE
from sidan.people.enums import OrganisationKind, Role
from sidan.people.models import Person
from sidan.people.policies import NO_ORGANISATION, Organisation
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

DAY: Final = ((time(8, 30), time(12)), (time(14, 30), time(21)))
OFFICE: Final = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
ASKED_BEFORE: Final = timedelta(days=6)
"""All was asked for some days ago: the first of it is over by now."""
MOST_DAYS_OFF: Final = 14
PHONE: Final = "12900000{:03}"


class _Room(NamedTuple):
    name: str
    name_en: str
    seats: int
    kit: tuple[Kit, ...]
    about: str
    days: range
    parts: tuple[tuple[time, time], ...]


class _Told(NamedTuple):
    """Who wants which room: days from today, from, for how many hours; the nth of the residents, or the office."""

    room: int
    day: int
    begins: time
    hours: float
    purpose: Purpose
    people: int
    goes: str
    asker: int | None = None
    words: str = ""
    organisation: Organisation = NO_ORGANISATION


OF_CENTER: Final = (
    _Room(
        "多功能厅", "Hall", 120, (Kit.STAGE, Kit.SOUND, Kit.PROJECTOR, Kit.AIR, Kit.STEP_FREE),
        "一楼东侧，钥匙在值班室。", range(7), DAY,
    ),
    _Room(
        "舞蹈排练室", "Dance studio", 30, (Kit.MIRRORS, Kit.SOUND, Kit.WATER), "二楼 203，请穿软底鞋。",
        range(7), DAY,
    ),
    _Room("道德讲堂", "Lecture room", 60, (Kit.PROJECTOR, Kit.MICROPHONE, Kit.BOARD), "二楼 201。", range(6), DAY),
    _Room(
        "电脑教室", "Computer room", 24, (Kit.COMPUTERS, Kit.PROJECTOR, Kit.AIR), "三楼，电脑密码问值班人员。",
        range(5), OFFICE,
    ),
)  # fmt: skip
OF_STATION: Final = _Room(
    "村民活动室",
    "Villagers’ room",
    40,
    (Kit.SOUND, Kit.BOARD, Kit.WATER, Kit.STEP_FREE),
    "村委会旁边。",
    range(7),
    DAY,
)
SCHOOL: Final = Organisation(OrganisationKind.SCHOOL, "城北小学")
BOOKED: Final = (
    _Told(0, -2, time(15), 2, Purpose.MEETING, 60, "held"),
    _Told(0, 1, time(19), 2, Purpose.REHEARSAL, 40, "granted", 0, "广场舞队彩排，想用音响。"),
    _Told(0, 2, time(9), 3, Purpose.CHILDREN, 80, "asked", 1, "孩子们排六一节目。", SCHOOL),
    _Told(0, 3, time(15), 2, Purpose.CLASS, 50, "held"),
    _Told(1, 0, time(19), 1.5, Purpose.REHEARSAL, 20, "granted", 2, "客家山歌队练歌。"),
    _Told(1, 1, time(9), 2, Purpose.REHEARSAL, 18, "asked", 3, "想练太极扇。"),
    _Told(1, 1, time(10), 2, Purpose.SPORT, 15, "asked", 4, "八段锦。"),
    _Told(1, 2, time(19), 2, Purpose.REHEARSAL, 24, "clash", 5, "采茶戏排练。"),
    _Told(2, 1, time(15), 1.5, Purpose.CLASS, 45, "held"),
    _Told(2, 2, time(10), 1, Purpose.MEETING, 20, "refused", 0, "业主开会。"),
    _Told(3, 1, time(15), 2, Purpose.CLASS, 20, "cancelled", 6, "教老人用手机。"),
    _Told(4, 0, time(15), 2, Purpose.FAMILY, 30, "granted", 7, "给老人做寿。"),
    _Told(4, 2, time(9), 2, Purpose.MEETING, 25, "asked", 0, "邻里说事。"),
    _Told(5, 1, time(19), 1.5, Purpose.REHEARSAL, 16, "held"),
)
LENT: Final = 3
"""Which of the rooms belongs to others: the school lends it in the evenings and on weekends."""
TURNS: Final = 1
"""In which of the rooms clubs take turns."""
CLUBS: Final = ("客家山歌队", "采茶戏社", "太极拳协会")
FROM_NEXT_WEEK: Final = timedelta(days=7)
NO_ROOM: Final = "那天上午讲堂要做消防检查，下午三点以后都可以用。"
KEY: Final = "钥匙在一楼值班室，用完请关灯关空调。"


def make_rooms(*, network: Network, people: People, now: datetime) -> None:
    """Open the rooms, and let residents and offices book them."""
    at = now - ASKED_BEFORE
    rooms = [(_open(keeper, place, told, at), keeper) for keeper, place, told in _keepers(network, people)]
    _lend(*rooms[LENT], at)
    _take_turns(*rooms[TURNS], now)
    for nth, told in enumerate(BOOKED):
        if told.room < len(rooms):
            room, keeper = rooms[told.room]
            _book(room, keeper, told, people, at=at + timedelta(minutes=7 * nth), today=now)


def _keepers(network: Network, people: People) -> list[tuple[Actor, Place, _Room]]:
    """Return who runs which rooms of which place: the center's manager, two practitioners of stations."""
    manager, home = people.by_role[Role.MANAGER], people.by_role[Role.PRACTITIONER]
    others = [account for account in people.practitioners.values() if account.pk != home.pk]
    wanted = [(manager, network.center, told) for told in OF_CENTER]
    wanted += [
        (account, account.person.home_place, OF_STATION)
        for account in (home, *others[:1])
        if account.person.home_place
    ]
    actors = [(actor_for_account(account.pk), place, told) for account, place, told in wanted]
    return [(actor, place, told) for actor, place, told in actors if actor is not None]


def _take_turns(room: Room, keeper: Actor, now: datetime) -> None:
    """Let the clubs of the town have the dance studio on Monday evenings in turn, from next week on."""
    first = now.astimezone(BUSINESS_ZONE).date() + FROM_NEXT_WEEK
    told = operations.NewTurns(
        weekday=0, begins_at=time(19), ends_at=time(20, 30), first=first,
        takers=[Organisation(OrganisationKind.OTHER, name) for name in CLUBS], people=25, purpose=Purpose.REHEARSAL,
    )  # fmt: skip
    operations.begin_turns(actor=keeper, at=now, room=room, told=told)


def _lend(room: Room, keeper: Actor, at: datetime) -> None:
    """Write down that a room is the school's: it stays theirs, and the center gives it out."""
    first = date(at.year, 1, 1)
    told = operations.Owner(
        RoomOwnerKind.SCHOOL, "长宁镇第二小学", "Changning No. 2 Primary School", lent_from=first,
        lent_until=date(first.year + 1, 12, 31), contact=operations.Contact("刘老师", "12900000088"),
    )  # fmt: skip
    operations.say_whose_room(actor=keeper, at=at, room=room, told=told)


def _open(keeper: Actor, place: Place, told: _Room, at: datetime) -> Room:
    hours: Sequence[OpenPart] = [OpenPart(day, *part) for day in told.days for part in told.parts]
    new = operations.NewRoom(
        name=told.name, name_en=told.name_en, seats=told.seats, kit=told.kit, about=told.about,
        is_shut_on_days_off=told.parts == OFFICE, hours=hours,
    )  # fmt: skip
    return operations.open_room(actor=keeper, at=at, place=place, told=new)


def _book(room: Room, keeper: Actor, told: _Told, people: People, *, at: datetime, today: datetime) -> None:
    span = _span(room, told, today.astimezone(BUSINESS_ZONE).date() + timedelta(days=told.day + 1))
    wanted = operations.Wanted(
        people=told.people, purpose=told.purpose, words=told.words, organisation=told.organisation,
        contact_phone=PHONE.format(told.asker) if told.asker is not None else "",
    )  # fmt: skip
    asker = _asker(people, told)
    if asker is None:
        operations.hold_room(actor=keeper, at=at, room=room, span=span, wanted=wanted)
        return
    made = _ask(room, asker, span, wanted, at)
    _go_on(made, keeper, asker, told, at + timedelta(hours=3))


def _span(room: Room, told: _Told, day: date) -> Span:
    """Return the time on the day, else on the next one on which the room is open: the demo begins on any weekday."""
    days = [day + timedelta(days=later) for later in range(MOST_DAYS_OFF)]
    for one, opened in open_on(room=room, days=days).items():
        begins = datetime.combine(one, told.begins, BUSINESS_ZONE)
        span = Span(begins, begins + timedelta(hours=told.hours))
        if lies_within(spans=opened, wanted=span):
            return span
    raise ValueError(f"{room} is open at no such time")


def _asker(people: People, told: _Told) -> Person | None:
    """Return whose booking it is: the first is the resident whom everybody signs in as."""
    if told.asker is None:
        return None
    return people.residents[told.asker % len(people.residents)].person


def _ask(room: Room, asker: Person, span: Span, wanted: operations.Wanted, at: datetime) -> Booking:
    actor = actor_for_account(asker.account.pk)
    assert actor is not None, "residents of the demo sign in"
    return operations.ask_room(actor=actor, at=at, room=room, span=span, wanted=wanted)


def _go_on(made: Booking, keeper: Actor, asker: Person, told: _Told, at: datetime) -> None:
    if told.goes == "granted":
        operations.grant_booking(actor=keeper, at=at, booking=made, words=KEY)
    elif told.goes == "refused":
        operations.refuse_booking(actor=keeper, at=at, booking=made, words=NO_ROOM)
    elif told.goes == "cancelled":
        own = actor_for_account(asker.account.pk)
        assert own is not None, "residents of the demo sign in"
        operations.cancel_booking(actor=own, at=at, booking=made)
    elif told.goes == "clash":
        # Somebody at the counter was given the time before anybody read what was asked for.
        wanted = operations.Wanted(people=told.people, purpose=Purpose.MEETING)
        operations.hold_room(actor=keeper, at=at, room=made.room, span=made.span, wanted=wanted)
