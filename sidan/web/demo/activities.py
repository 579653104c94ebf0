"""Activities of five weeks before and five weeks after, in every state: practice days, lectures, fairs, classes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from sidan.activities import operations
from sidan.activities.calendar import DaysOfWeek, LunarDays, Pattern
from sidan.activities.enums import ActivityKind, Insurance, Platform, Task
from sidan.activities.models import Activity, Recurring
from sidan.activities.operations import Plan, Rule
from sidan.bookings.models import Room
from sidan.bookings.policies import Span
from sidan.bookings.queries import busy_times
from sidan.catalogue.enums import Audience
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE
from sidan.people.enums import Role
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.web.demo import fair, fair_days
from sidan.web.demo.enrolments import Crowd, add_posts, crowd_of, open_door, sign_up, tell_absence
from sidan.web.demo.people import People
from sidan.web.demo.places import Network
from sidan.web.demo.sizes import Size

WEEKS: Final = 5
MOST_PLACES: Final = 5
"""How many stations hold something of their own."""
DRAFTED_BEFORE: Final = timedelta(days=9)


class Told(NamedTuple):
    """What is held: on which weekday (Monday is 0), from, for how many hours, each how many weeks."""

    weekday: int
    begins: time
    hours: float
    every: int
    plan: Plan
    room: str = ""
    opens_before: int = 0
    """How many days before it people can come in; as soon as it is announced where none is said."""


def _plan(kind: ActivityKind, title: str, title_en: str, task: Task, venue: str, **told: object) -> Plan:
    span = Span(datetime.min, datetime.min)  # noqa: DTZ901 - each time has its own
    plan = Plan(kind=kind, title=title, title_en=title_en, task=task, span=span, venue=venue)
    return replace(plan, **told)  # type: ignore[arg-type] # names of the plan's own fields


OF_RULES: Final = (
    Told(5, time(19), 2.5, 1, _plan(
        ActivityKind.FAIR, "文明夜市星期六", "Saturday Night Fair", Task.CUSTOMS, "城北滨江广场",
        platform=Platform.CULTURE, risks="人多，请看好孩子；路边有车，请走人行道。", insurance=Insurance.BY_PLACE,
        about="义剪、义诊、修家电、写春联、法律咨询，十几支队伍摆摊服务，还有客家山歌。",
        about_en="Haircuts, check-ups, repairs, legal advice and Hakka songs: a dozen teams at their stands.",
    )),
    Told(3, time(14, 30), 2, 1, _plan(
        ActivityKind.ACTIVITY, "周四便民服务", "Thursday services on the square", Task.VALUES, "县文明实践中心广场",
        platform=Platform.SCIENCE, audience=[Audience.ELDER], risks="没有特别的风险。",
        about="量血压、测血糖、磨刀、配钥匙，都在广场上。", bring="身份证，可以当场登记需求",
    )),
)  # fmt: skip
OPERA: Final = Told(0, time(19, 30), 2, 1, _plan(
    ActivityKind.ACTIVITY, "初一十五采茶戏", "Tea-picking opera", Task.CULTURE, "文化广场戏台",
    platform=Platform.CULTURE, risks="露天看戏，请带外套；下雨停演。", about="县采茶剧团和票友同台，老戏新唱。",
))  # fmt: skip
OF_CENTER: Final = (
    Told(1, time(15), 1.5, 2, _plan(
        ActivityKind.LECTURE, "理论微宣讲：乡村振兴怎么干", "A talk on village revival", Task.THEORY, "道德讲堂",
        platform=Platform.THEORY, lecturer="刘讲师", seats=60, risks="没有特别的风险。",
        about="用身边的例子讲政策，讲完可以提问。",
    ), room="道德讲堂"),
    Told(6, time(9), 3, 3, _plan(
        ActivityKind.TRAINING, "志愿者急救培训", "First aid for volunteers", Task.VALUES, "多功能厅",
        platform=Platform.EDUCATION, seats=40, youngest=16, risks="要做按压练习，腰伤的请先告诉老师。",
        is_dangerous=True, insurance=Insurance.BOUGHT, lecturer="县医院急诊科", bring="宽松的衣服",
    ), room="多功能厅", opens_before=3),
)  # fmt: skip
OF_STATIONS: Final = (
    Told(2, time(19, 30), 1.5, 2, _plan(
        ActivityKind.CLASS, "微夜校：手机摄影", "Evening class: photos by telephone", Task.CULTURE, "村民活动室",
        platform=Platform.EDUCATION, seats=25, risks="晚上路黑，请带手电。", bring="充好电的手机",
    ), opens_before=5),
    Told(4, time(9), 2, 2, _plan(
        ActivityKind.ACTIVITY, "邻里饺子宴", "Dumplings with the neighbours", Task.CUSTOMS, "村礼堂",
        audience=[Audience.ELDER, Audience.LEFT_BEHIND], risks="厨房有热水热锅，孩子不进厨房。",
        about="一起包饺子，给走不动的老人送一碗。",
    )),
    Told(5, time(15), 2, 3, _plan(
        ActivityKind.LECTURE, "防诈骗课堂", "How not to be cheated", Task.POLICY, "村礼堂", platform=Platform.THEORY,
        lecturer="派出所民警", audience=[Audience.ELDER], risks="没有特别的风险。",
    )),
    Told(6, time(8, 30), 2.5, 3, _plan(
        ActivityKind.ACTIVITY, "河道清洁", "Cleaning the river bank", Task.CUSTOMS, "村口河边", seats=30, youngest=14,
        oldest=65, is_dangerous=True, insurance=Insurance.BY_PLACE, risks="河边湿滑，下雨停办；请穿防滑鞋。",
        bring="手套、雨鞋",
    )),
)  # fmt: skip
OF_ANYBODY: Final = (*OF_RULES, OPERA, *OF_CENTER, *OF_STATIONS)
HOLIDAY: Final = "放假停一次，下一次照常。"
RAIN: Final = "预报有大雨，下周同一时间再办。"
BACK: Final = "场地那天有婚宴，请换个地方再报。"


def make_activities(*, network: Network, people: People, size: Size, now: datetime) -> None:
    """Prepare, announce and hold them, each by who works at its place."""
    keepers, crowd = list(_keepers(network, people)), crowd_of(people)
    manager = keepers[0][0]
    arrange(network=network, people=people, size=size, now=now)
    for keeper, place, told in keepers:
        rooms = {room.name: room for room in Room.unscoped.filter(place=place)}
        for nth, one in enumerate(told):
            for week in range(-WEEKS, WEEKS + 1, one.every):
                span = _span(one, now.date(), week)
                _hold(manager, keeper, place, one, span, rooms, crowd, now=now, nth=nth + week)


def arrange(*, network: Network, people: People, size: Size, now: datetime) -> None:
    """Begin the rules of the center five weeks ago, and let the nights and minutes since then pass.

    Where so many sessions of the fair are asked for, its rule is as old as they are, and those before are told in bulk.
    """
    account = people.by_role[Role.MANAGER]
    manager = actor_for_account(account.pk)
    assert manager is not None, "the manager of the demo signs in"
    begun = datetime.combine(now.date() - timedelta(weeks=WEEKS, days=1), time(9), BUSINESS_ZONE)
    for pattern, told in _rules(begun.date()):
        if told.plan.kind == ActivityKind.FAIR and size.fair_sessions:
            past = fair_days.saturdays_of(begun=begun.date(), now=now, sessions=size.fair_sessions)
            made = _begin(
                manager,
                network.center,
                fair_days.SATURDAYS,
                told,
                begun,
                now,
                first=fair_days.FIRST,
                left_out=past.left_out,
            )
            fair.write_past(
                series=made, days=past.held, visitors=past.share_of(size.fair_visitors), crews=people.crews,
                manager=account,
            )  # fmt: skip
        else:
            _begin(manager, network.center, pattern, told, begun, now, first=begun.date())


def _begin(
    manager: Actor, place: Place, pattern: Pattern, told: Told, begun: datetime, now: datetime, *, first: date,
    left_out: Sequence[date] = (),
) -> Recurring:  # fmt: skip
    ends = (datetime.combine(begun.date(), told.begins) + timedelta(hours=told.hours)).time()
    rule = Rule(
        pattern=pattern, first=first, begins_at=told.begins, ends_at=ends, exceptions=dict.fromkeys(left_out)
    )
    made = operations.begin_series(actor=manager, at=begun, place=place, rule=rule, plan=told.plan)
    for night in range(1, 7 * WEEKS + 2, 7):
        operations.make_activities(
            at=min(begun + timedelta(days=night), now - timedelta(hours=1)), recurring_id=made.pk
        )
    for nth, activity in enumerate(Activity.unscoped.filter(series=made).order_by("during")):
        _let_pass(activity, manager, now, nth=nth)
    _decide(manager, made, now)
    return made


def _decide(manager: Actor, made: Recurring, now: datetime) -> None:
    """Leave one out some weeks ahead, so that an exception is seen."""
    second = Activity.unscoped.filter(series=made, state="open", during__startswith__gt=now)
    days = list(second.order_by("during").values_list("occurrence", flat=True)[2:3])
    for of in days:
        assert of is not None, "what was made has its day"
        operations.skip_day(actor=manager, at=now, recurring=made, of=of, words=HOLIDAY)


def _rules(since: date) -> Iterator[tuple[Pattern, Told]]:
    """Pair the Saturday fair of Xunwu, services on Thursdays and opera by the lunar calendar with their patterns."""
    for told in OF_RULES:
        yield DaysOfWeek(frozenset({told.weekday}), since=since), told
    yield LunarDays(frozenset({1, 15})), OPERA


def _keepers(network: Network, people: People) -> Iterator[tuple[Actor, Place, Sequence[Told]]]:
    manager = actor_for_account(people.by_role[Role.MANAGER].pk)
    assert manager is not None, "the manager of the demo signs in"
    yield manager, network.center, OF_CENTER
    home = people.by_role[Role.PRACTITIONER]
    others = [account for account in people.practitioners.values() if account.pk != home.pk]
    for nth, account in enumerate([home, *others][:MOST_PLACES]):
        actor, place = actor_for_account(account.pk), account.person.home_place
        if actor is not None and place is not None:
            yield actor, place, OF_STATIONS[nth % 2 :: 2]


def _span(told: Told, today: date, week: int) -> Span:
    monday = today - timedelta(days=today.weekday())
    begins = datetime.combine(monday + timedelta(days=told.weekday, weeks=week), told.begins, BUSINESS_ZONE)
    return Span(begins, begins + timedelta(hours=told.hours))


def _hold(
    manager: Actor, keeper: Actor, place: Place, told: Told, span: Span, rooms: dict[str, Room], crowd: Crowd, *,
    now: datetime, nth: int,
) -> None:  # fmt: skip
    """Bring one to where it stands by now; of what lies far ahead much is a draft still."""
    at = min(span.begins - DRAFTED_BEFORE, now)
    if span.begins <= now + timedelta(hours=1) and at == now:
        return
    is_near = span.begins < now + timedelta(days=21)
    room = rooms.get(told.room) if is_near and span.begins > now else None
    if room is not None and busy_times(room=room, span=span):
        room = None
    opens = span.begins - timedelta(days=told.opens_before) if told.opens_before else None
    plan = replace(told.plan, span=span, room=room, signup_from=opens)
    made = operations.draft_activity(actor=keeper, at=at, place=place, plan=plan)
    if not is_near and nth % 2:
        return
    operations.submit_activity(actor=keeper, at=at + timedelta(minutes=20), activity=made)
    if not is_near:
        if nth % 4 == 0:
            operations.send_activity_back(
                actor=manager, at=at + timedelta(minutes=40), activity=made, words=BACK
            )
        return
    _announce(manager, made, crowd, at=at + timedelta(hours=1), now=now, nth=nth)


def _announce(manager: Actor, made: Activity, crowd: Crowd, *, at: datetime, now: datetime, nth: int) -> None:
    operations.announce_activity(actor=manager, at=at, activity=made)
    if nth % 11 == 3:
        operations.cancel_activity(actor=manager, at=at + timedelta(minutes=9), activity=made, words=RAIN)
        return
    if nth % 5 == 2:
        later = Span(*(moment + timedelta(minutes=30) for moment in made.span))
        operations.change_activity(
            actor=manager, at=at + timedelta(minutes=9), activity=made, span=later, venue=made.venue,
            room=made.booking.room if made.booking else None,
        )  # fmt: skip
    _sign_up(manager, made, crowd, at=at, now=now, nth=nth)
    _let_pass(Activity.unscoped.get(pk=made.pk), manager, now, nth=nth)


def _let_pass(made: Activity, manager: Actor, now: datetime, *, nth: int) -> None:
    """Let the clock come by, and file most of what is over; classes once their schools have said what they had."""
    for moment in made.span:
        if moment <= now:
            operations.advance_activity(at=moment, activity_id=made.pk)
        if moment == made.span.begins <= now:
            open_door(manager, Activity.unscoped.select_related("place").get(pk=made.pk), now=now)
    over = Activity.unscoped.get(pk=made.pk)
    if over.state == "ended" and nth % 3 == 0:
        tell_absence(manager, over, at=min(over.span.ends + timedelta(minutes=30), now))
    if over.state == "ended" and nth % 4 and over.kind != ActivityKind.CLASS:
        filed_at = min(over.span.ends + timedelta(hours=2), now)
        operations.file_activity(actor=manager, at=filed_at, activity=over)


def _sign_up(manager: Actor, made: Activity, crowd: Crowd, *, at: datetime, now: datetime, nth: int) -> None:
    """Let people sign up as soon as they can, where that has come."""
    posts = add_posts(manager, made, at=at + timedelta(minutes=10))
    opens = max(made.signup_from or at, at) + timedelta(minutes=15)
    if opens > min(now, made.span.begins - timedelta(minutes=30)):
        return
    operations.advance_activity(at=opens, activity_id=made.pk)
    sign_up(crowd, posts, Activity.unscoped.get(pk=made.pk), at=opens, nth=nth)
