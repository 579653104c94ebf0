"""Xunwu's Saturday fair since 2022: who stood there, whom they served and how many came; told in bulk.

What was reported: 216 sessions since 2022, 24 teams, 6 services, 80,000 visitors. The last weeks are held by the
operations like everything else of the demo; what lies before them is written here, so that all makes those numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import translation

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
from sidan.evidence.enums import CauseKind
from sidan.evidence.models import Cause
from sidan.fairs.models import ServiceKind
from sidan.fairs.operations import PastFair, PastStall, record_past_fairs
from sidan.hours.operations import write_history
from sidan.people.enums import VolunteerState
from sidan.people.models import Account, Volunteer
from sidan.people.queries import actor_for_account
from sidan.web.demo.draw import Draw
from sidan.web.demo.fair_days import shared_out
from sidan.web.demo.people import Crew
from sidan.web.demo.writing import number_rows, write

SERVICES: Final = ("haircut", "clinic", "repair", "sewing", "legal", "fraud")
KINDS: Final[Mapping[str, str]] = {
    "haircut": "理发便民", "clinic": "义诊健康", "repair": "便民维修", "sewing": "便民维修", "legal": "法律政策咨询",
    "fraud": "法律政策咨询",
}  # fmt: skip
"""Under which of the kinds of stalls each stands."""
SERVED: Final = (8, 16)
"""Of a hundred visitors so many, at the least and at the most, are served at a stand."""
TEAMS_A_SERVICE: Final = 4
"""Six services by four teams each: 24 teams, whose turn comes every fourth Saturday that is held."""
WITH_HELPERS: Final = 52
"""So many of the last sessions name who helped; of those before only the heads are known."""
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
    filed_at = held[-1].span.ends + FILED_AFTER
    write_history(actor=SYSTEM, at=filed_at, services=PAST_FAIRS, params=params)
    _record_stalls(held, turns, heads, manager=manager, at=filed_at)


def _record_stalls(
    held: Sequence[Activity],
    turns: Sequence[Sequence[_Stand]],
    heads: Sequence[int],
    *,
    manager: Account,
    at: datetime,
) -> None:
    """Write down which team stood at which number, and whom it served: as the office does afterwards."""
    kinds = {kind.name: kind for kind in ServiceKind.unscoped.filter(county=None)}
    actor = actor_for_account(manager.pk)
    assert actor is not None, "who runs the center signs in"
    fairs = [
        PastFair(one, list(_stalls(one, stands, people, kinds)))
        for one, stands, people in zip(held, turns, heads, strict=True)
    ]
    record_past_fairs(actor=actor, at=at, fairs=fairs)


def _stalls(
    held: Activity, stands: Sequence[_Stand], people: int, kinds: Mapping[str, ServiceKind]
) -> Iterator[PastStall]:
    draw = Draw(held.span.begins.toordinal())
    for nth, stand in enumerate(stands, start=1):
        served = people * draw.number(*SERVED) // 100
        yield PastStall(nth, stand.crew.team, [kinds[KINDS[stand.crew.kind.code]]], served=served)


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
