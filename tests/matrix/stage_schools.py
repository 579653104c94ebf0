"""What stands on the stage of evening schools."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sidan.activities import operations as activities
from sidan.activities.calendar import DaysOfWeek
from sidan.activities.models import Activity
from sidan.activities.operations import Rule
from sidan.bookings.policies import Span
from sidan.core.clock import business_date, now
from sidan.schools import operations
from sidan.schools.models import Pupil, School, SeriesSchool, Session
from sidan.schools.operations import Held, SchoolFacts, Viewers
from tests.cast import Cast, Someone
from tests.matrix.stage_activities import a_plan, ahead


def build_schools(cast: Cast, things: dict[str, Any]) -> None:
    """A school with a pupil and classes, one that is closed, one that has a class by video and its viewers."""
    school, closed, bare = (make_school(cast, name) for name in ("城北微夜校", "老街微夜校", "河边微夜校"))
    operations.close_school(actor=cast.practitioner.actor, at=now(), school=closed, words="老师退休了")
    pupil = join(cast.zhou, school)
    live = make_class(cast, "微夜校：今晚直播", begins=now() - timedelta(hours=1))
    session = have(cast, live, school, "video")
    count = count_viewers(cast, session, 120)
    series = make_series(cast)
    operations.have_series(
        actor=cast.practitioner.actor, at=now(), activity=series, school=school, held=Held(way="room")
    )
    told = SeriesSchool.objects.get(school=school)
    things |= {
        "school": school.uuid, "school_closed": closed.uuid, "school_bare": bare.uuid, "pupil": pupil.uuid,
        "school_session": session.uuid, "school_count": count.uuid, "school_class": live.uuid,
        "school_series_class": series.uuid, "school_series": told.uuid,
        "school_session_ahead": have(cast, make_class(cast, "微夜校：下周的课"), bare, "chat").uuid,
        "new_pupil": cast.volunteer.person.uuid, "school_day": f"{business_date(now()):%F}",
    }  # fmt: skip


def make_school(cast: Cast, name: str) -> School:
    """A school of the station, founded by its practitioner."""
    facts = SchoolFacts(
        name=name, venue="村民活动室", subjects=["phone", "health"], about="晚上七点半，不收学费。"
    )
    return operations.found_school(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, facts=facts
    )


def join(who: Someone, school: School) -> Pupil:
    return operations.join(actor=who.actor, at=now(), school=school)


def make_class(cast: Cast, title: str, *, begins: datetime | None = None) -> Activity:
    """An evening class at the station that everybody can read of."""
    begins = begins or ahead(3, 19)
    plan = replace(a_plan(Span(begins, begins + timedelta(hours=2))), kind="class", title=title)
    at = min(now(), begins) - timedelta(days=1)
    made = activities.draft_activity(
        actor=cast.practitioner.actor, at=at, place=cast.places.chengbei, plan=plan
    )
    activities.submit_activity(actor=cast.practitioner.actor, at=at, activity=made)
    activities.announce_activity(actor=cast.manager.actor, at=at, activity=made)
    return made


def make_series(cast: Cast) -> Activity:
    """The first of the evening classes that come each week."""
    first = business_date(now()) + timedelta(days=2)
    rule = Rule(
        pattern=DaysOfWeek(frozenset({first.weekday()}), since=first), first=first, begins_at=ahead(2, 19).time(),
        ends_at=ahead(2, 21).time(),
    )  # fmt: skip
    plan = replace(a_plan(Span(ahead(2, 19), ahead(2, 21))), kind="class", title="微夜校：每周一课")
    made = activities.begin_series(
        actor=cast.manager.actor, at=now(), place=cast.places.chengbei, rule=rule, plan=plan
    )
    return Activity.unscoped.filter(series=made).select_related("series", "place").order_by("occurrence")[0]


def have(cast: Cast, activity: Activity, school: School, way: str) -> Session:
    return operations.have_class(
        actor=cast.practitioner.actor, at=now(), activity=activity, school=school, held=Held(way=way)
    )


def count_viewers(cast: Cast, session: Session, people: int, source: str = "stream") -> Any:
    """A number that the director typed: somebody else may call it right."""
    viewers = Viewers(source=source, day=business_date(now()), people=people)
    return operations.count_viewers(actor=cast.director.actor, at=now(), session=session, viewers=viewers)
