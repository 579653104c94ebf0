"""Xunwu's Saturday fair since 2022: on which Saturdays it was held, who stood there and how many came; told in bulk.

What was reported: 216 sessions since 2022, 24 teams, 6 services, 80,000 visitors. The last weeks are held by the
operations like everything else of the demo; what lies before them is written here, so that all makes those numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final

from django.utils import translation

from sidan.activities.calendar import DaysOfWeek
from sidan.activities.enums import ActivityKind, ActivityState, EnrolmentState, PostRole, Way
from sidan.activities.models import (
    Activity,
    ActivityStep,
    ActivityText,
    Enrolment,
    EnrolmentStep,
    Gathering,
    HeadCount,
    Post,
    Recurring,
)
from sidan.activities.operations.drafting import free_number
from sidan.activities.operations.planning import columns_of, texts_of
from sidan.activities.operations.ruling import plan_on
from sidan.activities.queries import all_years, years_of_series
from sidan.attendance.enums import Direction, Grade
from sidan.attendance.enums import Way as Proven
from sidan.attendance.models import Mark
from sidan.attendance.operations.deriving import derive_intervals
from sidan.core.actor import SYSTEM
from sidan.core.lunar import first_of_year
from sidan.evidence.enums import CauseKind
from sidan.evidence.models import Cause
from sidan.hours.operations import write_history
from sidan.people.enums import VolunteerState
from sidan.people.models import Account, Volunteer
from sidan.web.demo.draw import Draw
from sidan.web.demo.people import Crew
from sidan.web.demo.writing import number_rows, write

FIRST: Final = date(2022, 1, 1)
"""A Saturday, as it happens."""
SATURDAYS: Final = DaysOfWeek(frozenset({5}), since=FIRST)
WEEK: Final = timedelta(weeks=1)
REST_BEFORE, REST_AFTER = timedelta(days=7), timedelta(days=15)
"""Around the first day of the lunar year nobody holds a fair; nor in the week of National Day."""
NATIONAL_WEEK: Final = range(1, 8)
SERVICES: Final = ("haircut", "clinic", "repair", "sewing", "legal", "fraud")
TEAMS_A_SERVICE: Final = 4
"""Six services by four teams each: 24 teams, whose turn comes every fourth Saturday that is held."""
WITH_HELPERS: Final = 52
"""So many of the last sessions name who helped; of those before only the heads are known."""
MONTHS: Final = (60, 70, 90, 110, 120, 125, 140, 145, 130, 115, 95, 70)
"""How many come in each month, of a hundred: people stay out late in summer."""
YEARS: Final[Mapping[int, int]] = {2022: 80, 2023: 100, 2024: 105, 2025: 110}
LATER_YEARS: Final = 115
EARLY: Final = timedelta(minutes=50)
FULL: Final = timedelta(minutes=100)
MISCOUNTED: Final = 20
"""Of so many counts one was wrong at first."""
MADE_BEFORE: Final = timedelta(days=35)
AHEAD: Final = timedelta(minutes=20)
FILED_AFTER: Final = timedelta(hours=2)
WRITTEN_AFTER: Final = timedelta(minutes=10)

PAST_FAIRS: Final = """
SELECT gathering.helpers_id AS cause_id, activity.title, activity.title_en, %(content)s AS content,
       %(content_en)s AS content_en, activity.place_id, activity.county_id, activity.team_id, activity.lead_id,
       (lower(activity.during) AT TIME ZONE 'Asia/Shanghai')::date AS day, upper(activity.during) AS ended_at,
       upper(activity.during) + %(written_after)s AS written_at
FROM activities_activity activity
JOIN activities_gathering gathering ON gathering.activity_id = activity.id
LEFT JOIN hours_occasion known ON known.cause_id = gathering.helpers_id
WHERE activity.series_id = %(series)s AND known.id IS NULL AND activity.state = 'filed'
  AND EXISTS (SELECT 1 FROM activities_post post WHERE post.activity_id = activity.id AND post.role = 'volunteer')
"""
"""What the fairs were that name who helped: as `activities.operations.gathering` says of one that ends."""


@dataclass(frozen=True, slots=True)
class Saturdays:
    """The Saturdays before the last weeks on which the fair was held and those on which it was not; how many follow."""

    held: Sequence[date]
    left_out: Sequence[date]
    follow: int
    sessions: int
    """How many were asked for."""

    def share_of(self, visitors: int) -> int:
        """Return the visitors of all sessions: fewer where there were not so many Saturdays yet."""
        return visitors * (len(self.held) + self.follow) // self.sessions


def saturdays_of(*, begun: date, now: datetime, sessions: int) -> Saturdays:
    """Choose the days before the last weeks, which begin on a day, by a rule: the same for everybody who asks that day.

    It rests around the Spring Festival and in the National Day week. Of all other Saturdays it rained on as many as
    make the number right, on those of the highest number that is drawn for a day. Where it still were too few, the
    days of rest are given back; where there were not so many Saturdays yet, it was held on all of them.
    """
    every = [FIRST + nth * WEEK for nth in range((last_before(now) - FIRST).days // 7 + 1)]
    days = [day for day in every if day < begun]
    follow = len(every) - len(days)
    chosen = set(sorted(days, key=lambda day: (is_rest(day), _drawn(day)))[: sessions - follow])
    held, left_out = [day for day in days if day in chosen], [day for day in days if day not in chosen]
    return Saturdays(held, left_out, follow, sessions)


def is_rest(day: date) -> bool:
    """Tell whether people are at home with their families."""
    new_year = first_of_year(day.year)
    return new_year - REST_BEFORE <= day <= new_year + REST_AFTER or (
        day.month == 10 and day.day in NATIONAL_WEEK
    )


def _drawn(day: date) -> int:
    return Draw(day.toordinal()).number(0, 1_000_000)


def shared_out(days: Sequence[date], *, visitors: int) -> list[int]:
    """Share the visitors out over the days by season, year and weather: whole people, and all of them."""
    weights = [
        MONTHS[day.month - 1] * YEARS.get(day.year, LATER_YEARS) * Draw(-day.toordinal()).number(85, 115)
        for day in days
    ]
    total = sum(weights)
    until = [visitors * upto // total for upto in accumulate(weights)]
    return [upto - before for before, upto in zip([0, *until], until, strict=False)]


@dataclass(frozen=True, slots=True)
class _Stand:
    """A team's stand on one evening, and who of it helps; nobody who was on the roll by then, perhaps."""

    crew: Crew
    helper: Account | None


def write_past(
    *, series: Recurring, days: Sequence[date], visitors: int, crews: Sequence[Crew], manager: Account
) -> None:
    """Write the sessions of some days with their stands and heads, and record the hours of those who helped.

    Args:
        visitors: of the rule in all: those whom the sessions that it has already counted are not counted again.
    """
    known = all_years(years_of_series(recurring=series))
    heads = shared_out(days, visitors=visitors - (known.heads if known else 0))
    turns = stands_of(days, crews)
    held = [_session(series, day, stands) for day, stands in zip(days, turns, strict=True)]
    write(held)
    write(
        [
            ActivityText(activity=one, **_texts(series, one, stands))
            for one, stands in zip(held, turns, strict=True)
        ]
    )
    write([step for one in held for step in _steps(one, manager)])
    gatherings = _gatherings(held)
    _count(held, heads, manager)
    _help(held, turns, gatherings, manager)
    params = {
        "series": series.pk,
        "written_after": WRITTEN_AFTER,
        "content": _kind_in("zh-hans"),
        "content_en": _kind_in("en"),
    }
    write_history(actor=SYSTEM, at=held[-1].span.ends + FILED_AFTER, services=PAST_FAIRS, params=params)


def _kind_in(language: str) -> str:
    with translation.override(language):
        return str(ActivityKind.FAIR.label)


def stands_of(days: Sequence[date], crews: Sequence[Crew]) -> list[list[_Stand]]:
    """Give each evening one team of each service; the four of a service take turns."""
    of_service = [[crew for crew in crews if crew.kind.code == code][:TEAMS_A_SERVICE] for code in SERVICES]
    people = [account.person_id for kind in of_service for crew in kind for account in crew.members]
    since = dict(
        Volunteer.unscoped.filter(person__in=people, state=VolunteerState.ACTIVE).values_list(
            "person", "registered_on"
        )
    )
    return [list(_evening(nth, day, of_service, since)) for nth, day in enumerate(days)]


def _evening(
    nth: int, day: date, of_service: Sequence[Sequence[Crew]], since: Mapping[int, date]
) -> Iterator[_Stand]:
    for kind in of_service:
        if not kind:
            continue
        crew, turn = kind[nth % len(kind)], nth // len(kind)
        ready = [one for one in crew.members if one.person_id in since and since[one.person_id] <= day]
        yield _Stand(crew, ready[turn % len(ready)] if ready else None)


def _session(series: Recurring, day: date, stands: Sequence[_Stand]) -> Activity:
    plan = plan_on(series, day)
    filed_at = plan.span.ends + FILED_AFTER
    return Activity(
        number=free_number(), place=series.place, county_id=series.county_id, series=series, occurrence=day,
        state=ActivityState.FILED, state_since=filed_at, turn=5, created_at=plan.span.begins - MADE_BEFORE,
        created_by_id=series.created_by_id, **columns_of(plan, lead=series.lead) | {"team": stands[0].crew.team},
    )  # fmt: skip


def _texts(series: Recurring, held: Activity, stands: Sequence[_Stand]) -> dict[str, str]:
    texts = texts_of(plan_on(series, held.occurrence or held.span.begins.date()))
    names = "；".join(f"{one.crew.kind.name}：{one.crew.team.name}" for one in stands)
    return texts | {"about": f"{texts['about']}当晚摆摊——{names}。"}


def _steps(held: Activity, manager: Account) -> Iterator[ActivityStep]:
    begins, ends = held.span
    told = (
        ("make", "", "announced", held.created_at, None), ("open", "announced", "open", held.created_at, None),
        ("run", "open", "running", begins, None), ("end", "running", "ended", ends, None),
        ("file", "ended", "filed", ends + FILED_AFTER, manager),
    )  # fmt: skip
    for turn, (verb, before, after, at, actor) in enumerate(told, start=1):
        yield ActivityStep(
            activity=held, turn=turn, verb=verb, from_state=before, to_state=after, actor=actor, at=at
        )


def _gatherings(held: Sequence[Activity]) -> list[Gathering]:
    causes = [
        Cause(
            kind=kind, reference=str(one.uuid), place_id=one.place_id, county_id=one.county_id,
            at=one.span.begins - AHEAD,
        )
        for one in held for kind in (CauseKind.ACTIVITY_HELP, CauseKind.ACTIVITY_GUESTS)
    ]  # fmt: skip
    write(causes)
    rows = [
        Gathering(activity=one, helpers=causes[2 * nth], guests=causes[2 * nth + 1])
        for nth, one in enumerate(held)
    ]
    write(rows)
    return rows


def _count(held: Sequence[Activity], heads: Sequence[int], manager: Account) -> None:
    """Count twice an evening: early on, and when it is fullest; now and then the second was wrong at first."""
    counts, right = list[HeadCount](), list[tuple[int, HeadCount]]()
    for nth, (one, people) in enumerate(zip(held, heads, strict=True)):
        counts.append(_heads(one, EARLY, people * 2 // 3, manager))
        if nth % MISCOUNTED == 0:
            counts.append(_heads(one, FULL, people + 100, manager))
            right.append((people, counts[-1]))
        else:
            counts.append(_heads(one, FULL, people, manager))
    write(counts)
    corrections = [_heads(wrong.activity, FULL, people, manager) for people, wrong in right]
    for correction, (_people, wrong) in zip(corrections, right, strict=True):
        correction.instead_of = wrong
    write(corrections)


def _heads(held: Activity, after: timedelta, people: int, manager: Account) -> HeadCount:
    at = held.span.begins + after
    return HeadCount(activity=held, at=at, people=people, counted_by=manager, recorded_at=at)


def _help(
    held: Sequence[Activity],
    turns: Sequence[Sequence[_Stand]],
    gatherings: Sequence[Gathering],
    manager: Account,
) -> None:
    """Write down who stood at the stands of the last sessions: signed up by the office, read at the door, gone last."""
    posts, enrolments, marks = list[Post](), list[Enrolment](), list[Mark]()
    for one, stands, gathering in list(zip(held, turns, gatherings, strict=True))[-WITH_HELPERS:]:
        for stand in stands:
            if stand.helper is None:
                continue
            posts.append(_post(one, stand))
            enrolments.append(_enrolment(posts[-1], stand.helper, manager))
            marks += _marks(one, gathering, stand.helper, manager)
    for rows in (posts, enrolments):
        number_rows(rows)
    for enrolment in enrolments:
        enrolment.post = enrolment.post
    write(posts)
    write(enrolments)
    write([_enrolled(one, manager) for one in enrolments])
    write(marks)
    causes = [gathering.helpers_id for gathering in gatherings]
    derive_intervals(cause_ids=causes, at=held[-1].span.ends + FILED_AFTER)


def _post(held: Activity, stand: _Stand) -> Post:
    kind = stand.crew.kind
    return Post(
        activity=held, role=PostRole.VOLUNTEER, name=kind.name[:40], name_en=kind.name_en[:80], places=2, taken=1,
        tickets=1, created_at=held.created_at,
    )  # fmt: skip


def _enrolment(post: Post, helper: Account, manager: Account) -> Enrolment:
    at = post.created_at + timedelta(days=1)
    return Enrolment(
        activity=post.activity, post=post, person=helper.person, entered_by=manager.person, way=Way.OFFICE, ticket=1,
        state=EnrolmentState.ENROLLED, state_since=at, created_at=at,
    )  # fmt: skip


def _enrolled(enrolment: Enrolment, manager: Account) -> EnrolmentStep:
    return EnrolmentStep(
        enrolment=enrolment, turn=1, verb="enrol", from_state="", to_state="enrolled", actor=manager,
        at=enrolment.created_at,
    )  # fmt: skip


def _marks(held: Activity, gathering: Gathering, helper: Account, manager: Account) -> Iterator[Mark]:
    begins, ends = held.span
    for direction, at in ((Direction.IN, begins - AHEAD), (Direction.OUT, ends)):
        yield Mark(
            cause=gathering.helpers, person=helper.person, direction=direction, at=at, recorded_at=at,
            recorded_by=manager, way=Proven.SCAN, grade=Grade.STRONG, place_id=held.place_id, county_id=held.county_id,
        )  # fmt: skip


def last_before(now: datetime) -> date:
    """Return the last Saturday whose fair is over."""
    day = now.date()
    return day - timedelta(days=(day.weekday() - 5) % 7 or 7)
