"""Which classes a school has and how: one of them, or all that are made from a rule."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.activities.enums import COMING, ActivityKind, ActivityState
from sidan.activities.models import Activity
from sidan.activities.permissions import require_running
from sidan.core.actor import Actor
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.people.queries import person_of
from sidan.schools.enums import OPEN_DAYS, SchoolState, Way
from sidan.schools.models import (
    HAD_ONCE,
    ONE_ROOM,
    SERIES_ONCE,
    OnlineMark,
    School,
    SeriesSchool,
    Session,
    ViewerCount,
)
from sidan.schools.operations.door import leave_trail, lock_active
from sidan.schools.permissions import NoSuchSession, require_keeper
from sidan.schools.queries.series import schools_of_series


class NoClass(Conflict):
    code = "no_class"
    sentence = _("Schools have evening classes. This activity is of another kind.")


class ClassFiled(Conflict):
    code = "class_filed"
    sentence = _("This class is filed: which schools had it stands as it was told.")


class SchoolFromElsewhere(AtField):
    code = "school_from_elsewhere"
    field = "school"
    sentence = _("Please choose a school of this county.")


class HadAlready(Conflict):
    code = "class_had_already"
    sentence = _("This school has the class already.")


class RoomTaken(AtField):
    code = "class_room_taken"
    field = "way"
    sentence = _(
        "Another school has this class in its room. Who comes there is counted for it; others have it by video, "
        "in a chat group or as a film."
    )


class HadOnline(Conflict):
    code = "class_attended_online"
    sentence = _("Pupils have said that they were with this class, or viewers were counted: it stays.")


class NoSeriesHere(Conflict):
    code = "class_without_series"
    sentence = _("This class is held once: it does not come again.")


@dataclass(frozen=True, slots=True)
class Held:
    """How a school has a class; as long as usual where no days are said."""

    way: str
    address: str = ""
    days: int | None = None

    @property
    def open_days(self) -> int:
        """How many days after its end a pupil can say that they were with it."""
        usual = OPEN_DAYS[Way(self.way)]
        return self.days if self.days is not None and self.way != Way.ROOM else usual


def have_class(*, actor: Actor, at: datetime, activity: Activity, school: School, held: Held) -> Session:
    """Say that a school has a class, and how.

    Raises:
        NotYourSchools, NotYourActivities, NoClass, ClassFiled, SchoolFromElsewhere, SchoolClosed, HadAlready, RoomTaken
    """
    _require_fitting(actor, activity, school, held)
    if activity.state == ActivityState.FILED:
        raise ClassFiled
    with (
        told_when(constraint=ONE_ROOM, refusal=RoomTaken),
        told_when(constraint=HAD_ONCE, refusal=HadAlready),
        transaction.atomic(),
    ):
        lock_active(school=school)
        made = Session.objects.create(
            activity=activity, school=school, way=held.way, address=held.address, open_days=held.open_days,
            said_at=at, said_by=person_of(actor),
        )  # fmt: skip
        leave_trail(school=school, actor=actor, at=at, verb="class_had")
    return made


@transaction.atomic
def put_address(*, actor: Actor, at: datetime, session: Session, address: str) -> Session:
    """Say where the film or the video is, also after the class. Raises NotYourSchools."""
    require_keeper(actor, session.school)
    session.address = address
    session.save(update_fields=["address"])
    leave_trail(school=session.school, actor=actor, at=at, verb="class_address")
    return session


@transaction.atomic
def take_class_off(*, actor: Actor, at: datetime, session: Session) -> None:
    """Say that a school has a class no more. Raises NotYourSchools, ClassFiled, HadOnline, NoSuchSession."""
    require_keeper(actor, session.school)
    row = Session.objects.select_for_update().filter(pk=session.pk).first()
    if row is None:
        raise NoSuchSession
    if session.activity.state == ActivityState.FILED:
        raise ClassFiled
    if OnlineMark.objects.filter(session=row).exists() or ViewerCount.objects.filter(session=row).exists():
        raise HadOnline
    row.delete()
    leave_trail(school=session.school, actor=actor, at=at, verb="class_off")


def have_series(*, actor: Actor, at: datetime, activity: Activity, school: School, held: Held) -> int:
    """Let a school have every class of a series: those ahead that it has not yet, and those to come.

    Returns how many ahead it has now besides.

    Raises:
        NotYourSchools, NotYourActivities, NoClass, NoSeriesHere, SchoolFromElsewhere, SchoolClosed, HadAlready
    """
    _require_fitting(actor, activity, school, held)
    if activity.series is None:
        raise NoSeriesHere
    with told_when(constraint=SERIES_ONCE, refusal=HadAlready), transaction.atomic():
        lock_active(school=school)
        made = SeriesSchool.objects.create(
            series=activity.series, school=school, way=held.way, address=held.address, open_days=held.open_days,
            set_at=at, set_by=person_of(actor),
        )  # fmt: skip
        leave_trail(school=school, actor=actor, at=at, verb="series_had")
        ahead = Activity.unscoped.filter(
            series=activity.series,
            kind=ActivityKind.CLASS,
            state__in=sorted(COMING),
            during__startswith__gt=at,
        )
        return sum(_had(one, made, at) for one in ahead.order_by("pk"))


@transaction.atomic
def end_series(*, actor: Actor, at: datetime, told: SeriesSchool) -> None:
    """Let a school have what is made from now on no more; what it has stays. Raises NotYourSchools, NoSuchSession."""
    require_keeper(actor, told.school)
    if not SeriesSchool.objects.filter(pk=told.pk).delete()[0]:
        raise NoSuchSession
    leave_trail(school=told.school, actor=actor, at=at, verb="series_off")


@transaction.atomic
def have_made(*, at: datetime, activity_id: int) -> int:
    """Give what was made from a rule a moment ago to the schools of its series; done twice it gives nothing twice."""
    activity = Activity.unscoped.select_related("series").get(pk=activity_id)
    if activity.kind != ActivityKind.CLASS or activity.series is None:
        return 0
    return sum(_had(activity, told, at) for told in schools_of_series(recurring=activity.series))


def _had(activity: Activity, told: SeriesSchool, at: datetime) -> bool:
    """Give a class to a school of its series, unless the school is closed, has it, or the room is another's."""
    school = School.unscoped.select_for_update(no_key=True).get(pk=told.school_id)
    there = Session.objects.filter(activity=activity)
    if school.state != SchoolState.ACTIVE or there.filter(school=school).exists():
        return False
    if told.way == Way.ROOM and there.filter(way=Way.ROOM).exists():
        return False
    kept = {name: getattr(told, name) for name in ("way", "address", "open_days")}
    Session.objects.create(activity=activity, school=school, said_at=at, said_by=None, **kept)
    return True


def _require_fitting(actor: Actor, activity: Activity, school: School, held: Held) -> None:
    """Let pass who keeps the school, and for its room who runs the class; refuse what is no class of its county."""
    require_keeper(actor, school)
    if held.way == Way.ROOM:
        require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    if activity.kind != ActivityKind.CLASS:
        raise NoClass
    if school.county_id != activity.county_id:
        raise SchoolFromElsewhere
