"""Plans of the center, of two stations and of a team, in every state, beside the activities that the demo has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from sidan.activities.enums import ActivityKind, Platform, Task
from sidan.activities.operations import Plan as ActivityPlan
from sidan.bookings.policies import Span
from sidan.catalogue.enums import Audience
from sidan.core.actor import Actor
from sidan.core.clock import BUSINESS_ZONE, business_date
from sidan.people.enums import Role
from sidan.people.models import Team
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.plans import operations
from sidan.plans.models import Plan, PlanLine
from sidan.plans.operations import LineFacts, NewPlan, PlanText, Prepared
from sidan.plans.policies import Days, a_year_later, period_around
from sidan.plans.queries import activities_to_link
from sidan.web.demo import activities as held
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

WRITTEN_BEFORE: Final = timedelta(days=9)
STEP: Final = timedelta(hours=1)
YEAR: Final = PlanText(
    theme="寻乌县文明实践年度计划", theme_en="Civility practice in Xunwu, the plan of the year",
    goals="固定的节目办稳，每个月有一个主题；本计划从系统上线的那个月编起，之前的活动见纸质台账。",
)  # fmt: skip
MONTH: Final = PlanText(
    theme="县文明实践中心月度安排",
    theme_en="What the center holds in the month",
    goals="夜市和实践日每周都有，理论宣讲进机关、进社区。",
)
VILLAGE: Final = PlanText(theme="城北村文明实践月度安排", theme_en="What Chengbei holds in the month")
WEEK: Final = PlanText(theme="文明实践站一周安排", theme_en="A week of the station", goals="周周有活动。")
NEXT: Final = PlanText(theme="文明实践站月度安排", theme_en="A month of the station")
GIVEN_UP: Final = PlanText(theme="文明实践站年度计划", theme_en="The year of the station")
OF_TEAM: Final = PlanText(theme="志愿服务队月度安排", theme_en="A month of the team")
MANAGER: Final = "邝永昌 县文明办主任"
KEEPER: Final = "陈秀玲 文明实践员"
TOO_NEAR: Final = "和县里的文明夜市同一个晚上，请换一天再报。"
NOT_NOW: Final = "主讲的法官这个月下乡巡回，改到下个月讲。"
OF_MONTHS: Final = (
    ("春节送温暖、写春联", Task.CULTURE), ("元宵灯会", Task.CULTURE), ("学雷锋志愿服务月", Task.VALUES),
    ("我们的节日·清明", Task.CUSTOMS), ("劳动光荣：评好人好事", Task.VALUES), ("我们的节日·端午", Task.CULTURE),
    ("红色故事青少年讲", Task.THEORY), ("送政策进果园", Task.POLICY), ("我们的节日·中秋", Task.CUSTOMS),
    ("敬老月：重阳敬老", Task.CUSTOMS), ("消防安全进村组", Task.POLICY), ("宪法宣传周", Task.POLICY),
)  # fmt: skip
"""What each month of the year is about, January first."""


@dataclass(frozen=True, slots=True)
class _Desk:
    """Whose plans, who writes them and who reads them at the place above."""

    place: Place
    writer: Actor
    reader: Actor


def make_plans(*, network: Network, people: People, now: datetime) -> None:
    """Write them, lead each as far as it goes, and say which activities carry them out."""
    manager, director, keeper = (
        _actor(people, role) for role in (Role.MANAGER, Role.DIRECTOR, Role.PRACTITIONER)
    )
    village = people.by_role[Role.PRACTITIONER].person.home_place
    assert village is not None, "the practitioner of the demo lives in the village"
    center, home = _Desk(network.center, manager, manager), _Desk(village, keeper, director)
    _year_of_center(center, now)
    _month_of_center(center, now)
    _month_of_village(home, now)
    team = Team.objects.filter(place=village, leader=people.by_role[Role.LEADER].person).first()
    _next_of_village(home, team, now)
    others = (account for pk, account in people.practitioners.items() if pk != village.pk)
    for account in list(others)[:1]:
        actor, place = actor_for_account(account.pk), account.person.home_place
        assert actor is not None, "who works at a station signs in"
        assert place is not None, "and lives in its village"
        _station(_Desk(place, actor, manager), now)


def _actor(people: People, role: Role) -> Actor:
    actor = actor_for_account(people.by_role[role].pk)
    assert actor is not None, "each door of the demo opens"
    return actor


def _year_of_center(desk: _Desk, now: datetime) -> None:
    """Write the year as the activities of the demo begin, and copy it into a draft of the next."""
    today = business_date(now)
    first = max((today - timedelta(weeks=held.WEEKS)).replace(day=1), date(today.year, 1, 1))
    at = min(_at(first) + timedelta(days=1), now - 8 * STEP)
    plan = _draft(desk, NewPlan("year", first, YEAR), at, *_of_year(Days(first, date(today.year, 12, 31))))
    operations.edit_plan(actor=desk.writer, at=at + STEP, plan=plan, text=YEAR)
    _publish(desk, plan, at + 2 * STEP)
    _link(desk, plan, now)
    for line in PlanLine.objects.filter(plan=plan, first_day__gt=today)[:1]:
        span = Span(_at(line.first_day, 15), _at(line.first_day, 17))
        operations.prepare_activity(
            actor=desk.writer, at=now, plan=plan, line=line, prepared=Prepared(span=span)
        )
    operations.copy_plan(actor=desk.writer, at=now, plan=plan, day=a_year_later("year", plan.days).first)


def _of_year(whole: Days) -> Iterator[LineFacts]:
    """Tell what comes again all the year, and what each month is about."""
    weeks = ((whole.last - whole.first).days + 1) // 7
    months = range(whole.first.month, whole.last.month + 1)
    for told, times in zip((*held.OF_RULES, held.OPERA), (weeks, weeks, 2 * len(months)), strict=True):
        yield _line(told.plan, whole, times)
    for told in held.OF_CENTER:
        yield _line(told.plan, whole, len(months))
    for month in months:
        theme, task = OF_MONTHS[month - 1]
        days = period_around("month", whole.last.replace(month=month, day=1))
        yield LineFacts(days=days, theme=theme, task=task, answers=MANAGER, venue="各乡镇文明实践所")


def _month_of_center(desk: _Desk, now: datetime) -> None:
    """Write this month beforehand; one line is left out, one is not held, and the training was never planned."""
    month = period_around("month", business_date(now))
    weekly = [_line(told.plan, month, _weekdays(month, told.weekday)) for told in held.OF_RULES]
    plan = _draft(
        desk, NewPlan("month", month.first, MONTH), _at(month.first) - WRITTEN_BEFORE, *weekly,
        _line(held.OPERA.plan, month, 2), _line(held.OF_CENTER[0].plan, month, 2), _court(month), _drill(month),
    )  # fmt: skip
    _publish(desk, plan, _at(month.first) - WRITTEN_BEFORE + STEP)
    _link(desk, plan, now)
    operations.leave_line_out(
        actor=desk.writer, at=now, plan=plan, line=_named(plan, "法官讲民法典"), words=NOT_NOW
    )


def _month_of_village(desk: _Desk, now: datetime) -> None:
    """Write this month of the village; an activity is put beside a line by mistake, and a line given up too early."""
    month = period_around("month", business_date(now))
    clinic = LineFacts(
        days=month, theme="健康义诊进村", task=Task.VALUES, platform=Platform.SCIENCE, audience=[Audience.ELDER],
        lecturer="县中医院", venue="村卫生室", answers=KEEPER,
    )  # fmt: skip
    plan = _draft(
        desk, NewPlan("month", month.first, VILLAGE), _at(month.first) - WRITTEN_BEFORE,
        _line(held.OF_STATIONS[0].plan, month, 2, KEEPER), clinic,
    )  # fmt: skip
    _publish(desk, plan, _at(month.first) - WRITTEN_BEFORE + STEP)
    _link(desk, plan, now)
    by_mistake = {"actor": desk.writer, "at": now, "plan": plan, "line": _named(plan, clinic.theme)}
    for activity in activities_to_link(plan=plan)[:1]:
        operations.link_activity(**by_mistake, activity=activity)  # type: ignore[arg-type] # named above
        operations.unlink_activity(**by_mistake, activity=activity)  # type: ignore[arg-type] # named above
    operations.leave_line_out(**by_mistake, words="医生排不开。")  # type: ignore[arg-type] # named above
    operations.take_line_up(**by_mistake)  # type: ignore[arg-type] # named above


def _next_of_village(desk: _Desk, team: Team | None, now: datetime) -> None:
    """Submit the next month, take it back for a line that was forgotten, submit it again; a team's is a draft."""
    month = period_around("month", period_around("month", business_date(now)).last + timedelta(days=1))
    lines = [_line(told.plan, month, 2, KEEPER) for told in held.OF_STATIONS]
    at = now - 6 * STEP
    plan = _draft(desk, NewPlan("month", month.first, VILLAGE), at, *lines[:2])
    operations.submit_plan(actor=desk.writer, at=at + STEP, plan=plan)
    operations.take_plan_back(actor=desk.writer, at=at + 2 * STEP, plan=plan)
    operations.add_lines(actor=desk.writer, at=at + 3 * STEP, plan=plan, lines=lines[2:])
    operations.submit_plan(actor=desk.writer, at=at + 4 * STEP, plan=plan)
    _draft(desk, NewPlan("month", month.first, OF_TEAM, team), at, lines[-1])


def _station(desk: _Desk, now: datetime) -> None:
    """Have a week approved, a month sent back, and a year given up."""
    week = period_around("week", business_date(now) + timedelta(weeks=1))
    month = period_around("month", period_around("month", business_date(now)).last + timedelta(days=1))
    at = now - 30 * STEP
    plan = _draft(desk, NewPlan("week", week.first, WEEK), at, _line(held.OF_STATIONS[1].plan, week, 1, ""))
    _approve(desk, plan, at + STEP)
    late = _draft(
        desk, NewPlan("month", month.first, NEXT), at, _line(held.OF_STATIONS[0].plan, month, 4, "")
    )
    operations.submit_plan(actor=desk.writer, at=at + STEP, plan=late)
    operations.send_plan_back(actor=desk.reader, at=at + 2 * STEP, plan=late, words=TOO_NEAR)
    dropped = _draft(desk, NewPlan("year", month.first, GIVEN_UP), at)
    operations.drop_plan(actor=desk.writer, at=at + STEP, plan=dropped)


def _line(told: ActivityPlan, days: Days, times: int, answers: str = MANAGER) -> LineFacts:
    return LineFacts(
        days=days, theme=told.title, task=told.task, kind=told.kind, platform=told.platform,
        audience=told.audience, lecturer=told.lecturer, venue=told.venue, answers=answers, times=times,
    )  # fmt: skip


def _court(month: Days) -> LineFacts:
    return LineFacts(
        days=month, theme="法官讲民法典", task=Task.POLICY, kind=ActivityKind.LECTURE, platform=Platform.THEORY,
        lecturer="县法院", venue="道德讲堂", answers=MANAGER,
    )  # fmt: skip


def _drill(month: Days) -> LineFacts:
    day = month.first + timedelta(days=9)
    return LineFacts(
        days=Days(day, day), theme="消防演练进小区", task=Task.VALUES, platform=Platform.EDUCATION,
        lecturer="县消防救援大队", venue="城北小区", answers=MANAGER,
    )  # fmt: skip


def _at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), BUSINESS_ZONE)


def _weekdays(days: Days, weekday: int) -> int:
    return sum((days.first + timedelta(days=n)).weekday() == weekday for n in range(days.last.day))


def _draft(desk: _Desk, new: NewPlan, at: datetime, *lines: LineFacts) -> Plan:
    plan = operations.draft_plan(actor=desk.writer, at=at, place=desk.place, new=new)
    if lines:
        operations.add_lines(actor=desk.writer, at=at + STEP / 2, plan=plan, lines=lines)
    return plan


def _approve(desk: _Desk, plan: Plan, at: datetime) -> None:
    operations.submit_plan(actor=desk.writer, at=at, plan=plan)
    operations.approve_plan(actor=desk.reader, at=at + STEP, plan=plan)


def _publish(desk: _Desk, plan: Plan, at: datetime) -> None:
    _approve(desk, plan, at)
    operations.publish_plan(actor=desk.writer, at=at + 2 * STEP, plan=plan)


def _link(desk: _Desk, plan: Plan, now: datetime) -> None:
    """Say of what bears the name of a line, and lies within its days, that it carries the line out."""
    lines = {line.theme: line for line in PlanLine.objects.filter(plan=plan)}
    for activity in activities_to_link(plan=plan):
        line, day = lines.get(activity.title), business_date(activity.span.begins)
        if line is not None and line.days.holds(Days(day, day)):
            operations.link_activity(actor=desk.writer, at=now, plan=plan, line=line, activity=activity)


def _named(plan: Plan, theme: str) -> PlanLine:
    return PlanLine.objects.get(plan=plan, theme=theme)
