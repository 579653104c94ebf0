"""Questions about who came: to an activity, to help or as a guest, and how many heads were counted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import BigIntegerField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery

from sidan.activities.enums import STANDING, EnrolmentState, PostRole
from sidan.activities.models import Activity, Enrolment, Gathering, HeadCount
from sidan.activities.permissions import NoSuchActivity
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.policies.door import QUICK_STEP_SECONDS
from sidan.attendance.policies.stretches import Stretch
from sidan.attendance.queries import STANDS, UnconfirmedMark, present_code, unconfirmed
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.compiled import Compiled, PublicObjects
from sidan.core.errors import NotFound
from sidan.evidence.enums import CauseKind
from sidan.people.models import Person
from sidan.people.queries import resident_by_uuid
from sidan.places.coordinates import Point
from sidan.places.queries import place_point

# Asked at each door for each person who comes: Django builds them once.
_AT_DOOR: Final = Compiled(lambda uuid: Activity.objects.filter(uuid=uuid), uuid=UUID(int=0))
_OF_CODE: Final = PublicObjects(
    lambda uuid: Person.unscoped.only("uuid", "name").filter(uuid=uuid), uuid=UUID(int=0)
)
_STANDING: Final = PublicObjects(
    lambda activity, person: Enrolment.unscoped.filter(
        activity=activity, person=person, state__in=sorted(STANDING)
    ).select_related("post")[:1],
    activity=-8,
    person=-9,
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many were marked as having come, to help and as guests; how many of them have gone; and heads counted.

    The count of heads is of people too, but not of known ones: it is never added to the others.
    """

    helpers: int = 0
    guests: int = 0
    gone: int = 0
    heads: int | None = None
    """The most that stood there at a time; nothing where nobody counted."""

    @property
    def marked(self) -> int:
        return self.helpers + self.guests

    @property
    def there(self) -> int:
        """How many of those who were marked are there still, as far as one knows."""
        return self.marked - self.gone


@dataclass(frozen=True, slots=True)
class OwnTimes:
    """When somebody came to an activity last, and went, as it stands."""

    came_at: datetime | None = None
    went_at: datetime | None = None

    def comes_next(self, at: datetime) -> bool:
        """Tell whether at a moment one comes, for the first time or again; else one is there and goes."""
        if self.came_at is None:
            return True
        return not Stretch(1, self.came_at, went_at=self.went_at).holds(at, zone=BUSINESS_ZONE)


def spot_code(*, activity: Activity, at: datetime) -> str:
    """Return the six digits that the door of an activity shows now."""
    return present_code(cause_uuid=str(activity.uuid), at=at, seconds=QUICK_STEP_SECONDS)


def own_point(*, activity: Activity) -> Point | None:
    """Return where an activity is that is held on a spot of its own, as staff have said it."""
    if activity.longitude is None or activity.latitude is None:
        return None
    return Point(float(activity.longitude), float(activity.latitude), activity.coordinate_system)


def has_point(*, activity: Activity) -> bool:
    """Tell whether there is anything to which a telephone's place is measured."""
    return bool(own_point(activity=activity) or place_point(place_id=activity.place_id))


def came_to(*, activity: Activity) -> QuerySet[Mark]:
    """Return the comings to an activity that stand, with when each ended and whether they help.

    Who went for a break, or came again the next day, has several.
    """
    gathering = Gathering.objects.filter(activity=activity)
    rows = marks_at(activity=activity).filter(direction=Direction.IN).select_related("person")
    went = Mark.objects.filter(
        STANDS,
        cause=OuterRef("cause"),
        person=OuterRef("person"),
        nth=OuterRef("nth"),
        direction=Direction.OUT,
    )
    return rows.annotate(
        name_key=F("person__pinyin"), came_key=F("at"), went_at=Subquery(went.values("at")[:1]),
        helps=Exists(gathering.filter(helpers=OuterRef("cause"))),
    )  # fmt: skip


def attendance_of(*, activity: Activity) -> Attendance:
    """Count who came: two queries."""
    helps, came = Q(cause__kind=CauseKind.ACTIVITY_HELP), Q(direction=Direction.IN)
    helpers = marks_at(activity=activity).filter(helps & came).values("person")
    # Whoever came as a guest and was then asked to help is one person, who helps.
    guest = Q(cause__kind=CauseKind.ACTIVITY_GUESTS) & ~Q(person__in=helpers)
    counted = marks_at(activity=activity).aggregate(
        helpers=Count("person", filter=helps & came, distinct=True),
        guests=Count("person", filter=guest & came, distinct=True),
        stay=Count("person", filter=came & ~_ended() & ~_came_later() & (helps | guest), distinct=True),
    )  # fmt: skip
    gone = counted["helpers"] + counted["guests"] - counted.pop("stay")
    heads = max((count.people for count in head_counts(activity=activity)), default=None)
    return Attendance(**counted, gone=gone, heads=heads)


def _ended() -> Exists:
    """Return the condition that somebody has gone after a coming."""
    same = {"cause": OuterRef("cause"), "person": OuterRef("person"), "nth": OuterRef("nth")}
    return Exists(Mark.objects.filter(STANDS, **same, direction=Direction.OUT))


def _came_later() -> Exists:
    """Return the condition that somebody came anew: whoever forgot to leave yesterday is there since today."""
    same = {"cause": OuterRef("cause"), "person": OuterRef("person"), "at__gt": OuterRef("at")}
    return Exists(Mark.objects.filter(STANDS, **same, direction=Direction.IN))


def head_counts(*, activity: Activity) -> list[HeadCount]:
    """Return the counts that stand, in the order of their moments."""
    rows = HeadCount.objects.filter(activity=activity, replaced_by=None)
    return list(rows.select_related("counted_by__person"))


def head_count_by_uuid(*, activity: Activity, uuid: UUID) -> HeadCount:
    """Find a count of an activity. Raises NotFound."""
    found = HeadCount.objects.filter(activity=activity, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def times_to_confirm(*, activity: Activity) -> list[UnconfirmedMark]:
    """Return the times that wait for a second person, oldest first: of who helped both, of guests that they came."""
    found = Gathering.objects.filter(activity=activity).first()
    if found is None:
        return []
    times = unconfirmed(cause_ids=[found.helpers_id, found.guests_id])
    return [one for one in times if one.cause_id == found.helpers_id or one.direction == Direction.IN]


def activities_of_causes(*, cause_ids: Collection[int]) -> dict[int, Activity]:
    """Return the activities in scope at which helping was one of some causes, by the cause."""
    rows = Activity.objects.filter(gathering__helpers__in=cause_ids).select_related("place", "gathering")
    return {one.gathering.helpers_id: one for one in rows}


def standing_at(*, activity: Activity, person_id: int) -> Enrolment | None:
    """Return at which post somebody stands or stood, if they signed up and are not signed off."""
    return next(iter(_STANDING.all(activity=activity.pk, person=person_id)), None)


def activity_at_door(*, uuid: UUID) -> Activity:
    """Find an activity for one act at its door, within the scope. Raises NoSuchActivity."""
    found = _AT_DOOR.first(uuid=uuid)
    if found is None:
        raise NoSuchActivity
    return found


def person_of_code(*, uuid: UUID) -> Person | None:
    """Return whose own code was read, by number and name alone; they may be of any place."""
    return next(iter(_OF_CODE.all(uuid=uuid)), None)


def helps_with(enrolment: Enrolment | None) -> bool:
    """Tell whether somebody has a place to help; whoever signed up for nothing is a guest."""
    if enrolment is None or enrolment.state != EnrolmentState.ENROLLED:
        return False
    return enrolment.post.role == PostRole.VOLUNTEER


def cause_to_leave(*, activity: Activity, person_id: int) -> int | None:
    """Return for which cause somebody is there still, the last one for which they came; else nothing."""
    marks = marks_at(activity=activity).filter(~_ended(), person=person_id, direction=Direction.IN)
    return marks.order_by("-at", "-cause__kind").values_list("cause", flat=True).first()


def own_times(*, activity: Activity, person_id: int) -> OwnTimes:
    """Return when somebody came last, and went; of who came as a guest and is to help now, nothing yet."""
    marks = marks_at(activity=activity).filter(person=person_id)
    if helps_with(standing_at(activity=activity, person_id=person_id)):
        marks = marks.filter(cause__kind=CauseKind.ACTIVITY_HELP)
    came = marks.filter(direction=Direction.IN).order_by("-at").first()
    if came is None:
        return OwnTimes()
    went = marks.filter(direction=Direction.OUT, cause=came.cause_id, nth=came.nth).first()
    return OwnTimes(came.at, went.at if went else None)


def person_at_door(*, activity: Activity, uuid: UUID) -> Person:
    """Find whom to write down: who came or signed up, wherever they live, else a resident within the scope.

    Raises:
        NotFound
    """
    signed_up = Exists(Enrolment.objects.filter(activity=activity.pk, person=OuterRef("pk")))
    came = Exists(marks_at(activity=activity).filter(person=OuterRef("pk")))
    known = Person.unscoped.filter(signed_up | came, uuid=uuid).first()
    return known or resident_by_uuid(uuid=uuid)


def has_come(*, enrolment: Enrolment) -> bool:
    """Tell whether who signed up is written down as having come."""
    marks = _marks_of(Q(activity=enrolment.activity_id))
    return marks.filter(person=enrolment.person_id, direction=Direction.IN).exists()


def marks_at(*, activity: Activity) -> QuerySet[Mark]:
    """Return the comings and goings that stand, of who helped and of guests."""
    return _marks_of(Q(activity=activity.pk))


def _marks_of(which: Q) -> QuerySet[Mark]:
    """Return the marks that stand of some activities."""
    # Both in one: asked for the one or the other, PostgreSQL read all marks of all years.
    either = Func(
        F("helpers"), F("guests"), template="unnest(ARRAY[%(expressions)s])", output_field=BigIntegerField()
    )
    causes = Gathering.objects.filter(which).annotate(either=either).values("either")
    return Mark.objects.filter(STANDS, cause__in=causes)
