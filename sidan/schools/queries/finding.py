"""Which schools there are, who belongs to them, and which classes they have."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, IntegerField, Min, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from sidan.activities.enums import COMING, HELD, OVER
from sidan.activities.models import Activity
from sidan.core.actor import Actor
from sidan.core.search import search_q
from sidan.people.queries import rows_of_person
from sidan.places.models import Place
from sidan.places.queries import places_to_choose, within
from sidan.schools.enums import ONLINE, SchoolState
from sidan.schools.models import Pupil, School, SchoolNote, SchoolStep, Session, ViewerCount
from sidan.schools.permissions import KEEPING_ROLES, NoSuchPupil, NoSuchSchool, NoSuchSession

CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset({SchoolState.ACTIVE}),
    "closed": frozenset({SchoolState.CLOSED}),
}
"""The chips above the list of an office, and which states stand behind each."""
MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """What the reader chose above the list."""

    chip: str = ""
    place_id: int | None = None
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class PupilFilter:
    """What the reader chose above the list of pupils."""

    has_left: bool = False
    text: str = ""


def _number(rows: QuerySet[Any], of: str) -> Coalesce:
    counted = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _shown(rows: QuerySet[School]) -> QuerySet[School]:
    """Add what a row shows, by what it is sorted, and what comes next."""
    own = OuterRef("pk")
    held = Session.objects.filter(school=own, activity__state__in=sorted(OVER))
    coming = (
        Session.objects.filter(school=own, activity__state__in=sorted(COMING)).order_by().values("school")
    )
    return rows.select_related("place", "head", "picture").annotate(
        place_key=F("place__path_names"),
        pupil_count=_number(Pupil.unscoped.filter(school=own, left_on=None), "school"),
        times=_number(held, "school"),
        next_at=Subquery(coming.annotate(first=Min(Lower("activity__during"))).values("first")),
    )


def desk(*, chosen: SchoolFilter) -> QuerySet[School]:
    """Return the schools in scope behind a chip."""
    return _narrowed(_shown(School.objects.filter(state__in=sorted(CHIPS[chosen.chip]))), chosen)


def _narrowed(rows: QuerySet[School], chosen: SchoolFilter) -> QuerySet[School]:
    if chosen.place_id:
        rows = rows.filter(within(field="place", root_ids=(chosen.place_id,)))
    if chosen.subject:
        rows = rows.filter(subjects__contains=[chosen.subject])
    return rows.filter(search_q("search", chosen.text)) if chosen.text else rows


def public_schools(*, near: Place | None, chosen: SchoolFilter) -> QuerySet[School]:
    """Return the schools of a visitor's county that hold classes."""
    rows = _shown(School.objects.filter(state=SchoolState.ACTIVE))
    if near is not None and near.county_id:
        rows = rows.filter(county=near.county_id)
    return _narrowed(rows, replace(chosen, chip=""))


def school_by_uuid(*, uuid: UUID) -> School:
    """Find a school by its public id, within the scope. Raises NoSuchSchool."""
    found = _shown(School.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchSchool
    return found


def history(*, school: School) -> list[SchoolStep]:
    """Return the steps of a school with who took them and their words."""
    return list(SchoolStep.objects.filter(school=school).select_related("note", "actor__person"))


def why_closed(*, school: School) -> str:
    """Return the words with which a school was closed: everybody reads them."""
    if school.state != SchoolState.CLOSED:
        return ""
    note = SchoolNote.objects.filter(step__school=school, step__verb="close").order_by("-step__turn").first()
    return str(note.words) if note else ""


def places_to_keep(*, actor: Actor) -> QuerySet[Place]:
    """Return the open places whose schools the actor keeps, in official order."""
    return places_to_choose(root_ids=actor.places_where(frozenset(KEEPING_ROLES)))


def keeps_schools_near(*, actor: Actor, county_id: int | None) -> bool:
    """Tell whether the actor keeps schools in a county; of who keeps none anywhere nothing is asked."""
    if not actor.roles & KEEPING_ROLES:
        return False
    return places_to_keep(actor=actor).filter(county=county_id).exists()


def schools_to_choose(*, actor: Actor, county_id: int | None) -> list[School]:
    """Return the schools of a county that the actor keeps and that hold classes, by place and name."""
    kept = within(field="place", root_ids=actor.places_where(frozenset(KEEPING_ROLES)))
    rows = School.objects.filter(kept, county=county_id, state=SchoolState.ACTIVE).select_related("place")
    return list(rows.order_by("place__sort_code", "name", "id"))


# --- pupils -------------------------------------------------------------------------------------------------------


def pupils_of(*, school: School, chosen: PupilFilter) -> QuerySet[Pupil]:
    """Return who belongs to a school, or who left it, within the scope; by name."""
    rows = Pupil.objects.filter(school=school, left_on__isnull=not chosen.has_left)
    rows = rows.select_related("person__home_place", "school").annotate(
        name_key=F("person__pinyin"), online_count=Count("online")
    )
    return rows.filter(search_q("person__search", chosen.text)) if chosen.text else rows


def pupil_by_uuid(*, school: School, uuid: UUID) -> Pupil:
    """Find who belongs to a school, within the scope. Raises NoSuchPupil."""
    found = Pupil.objects.filter(school=school, uuid=uuid).select_related("school", "person").first()
    if found is None:
        raise NoSuchPupil
    return found


def own_pupil(*, actor: Actor, school: School) -> Pupil | None:
    """Return oneself as a pupil of a school; nothing where one does not belong to it."""
    if actor.person_id is None:
        return None
    rows = Pupil.unscoped.filter(
        school=school, left_on=None, person__in=rows_of_person(person_id=actor.person_id)
    )
    return rows.select_related("school").first()


def own_schools(*, person_id: int) -> list[School]:
    """Return the schools to which a person belongs."""
    mine = Pupil.unscoped.filter(person__in=rows_of_person(person_id=person_id), left_on=None)
    return list(_shown(School.objects.filter(pk__in=mine.values("school"))).order_by("name", "id"))


# --- classes ------------------------------------------------------------------------------------------------------


def _sessions() -> QuerySet[Session]:
    return Session.objects.select_related("school__place", "activity__place")


def session_by_uuid(*, uuid: UUID) -> Session:
    """Find a class of a school; what is not announced only staff find who see it. Raises NoSuchSession."""
    found = _sessions().filter(
        uuid=uuid, school__in=School.objects.all(), activity__in=Activity.objects.all()
    )
    session = found.first()
    if session is None:
        raise NoSuchSession
    return session


def sessions_of(*, activity: Activity) -> list[Session]:
    """Return which schools have an activity, whose room it is first."""
    rows = _sessions().filter(activity=activity)
    return sorted(rows, key=lambda one: (one.way in ONLINE, one.school.name, one.pk))


def coming_to(*, schools: Collection[School]) -> list[Session]:
    """Return the classes of some schools that are announced and not over, the next first."""
    rows = _sessions().filter(school__in=schools, activity__state__in=sorted(COMING))
    return list(rows.order_by(Lower("activity__during"), "id")[:MOST_SHOWN])


def held_by(*, school: School) -> list[Session]:
    """Return the last classes of a school that are over."""
    rows = _sessions().filter(school=school, activity__state__in=sorted(OVER))
    return list(rows.order_by(Lower("activity__during").desc(), "-id")[:MOST_SHOWN])


def open_online(*, schools: Collection[School], at: datetime) -> list[Session]:
    """Return the classes of some schools with which one can say now that one was, the latest first."""
    rows = _sessions().filter(
        school__in=schools, way__in=sorted(ONLINE), activity__state__in=sorted(HELD),
        activity__during__startswith__lte=at,
    )  # fmt: skip
    latest = rows.order_by(Lower("activity__during").desc(), "-id")[: MOST_SHOWN * 2]
    return [one for one in latest if one.window.holds(at)]


def said_with(*, person_id: int, sessions: Sequence[Session]) -> set[int]:
    """Return with which activities of some classes a person has said that they were."""
    rows = rows_of_person(person_id=person_id)
    ids = [one.activity_id for one in sessions]
    marks = Pupil.unscoped.filter(person__in=rows, online__activity__in=ids)
    return set(marks.values_list("online__activity", flat=True)) & set(ids)


def count_by_uuid(*, session: Session, uuid: UUID) -> ViewerCount:
    """Find a number of viewers of a class. Raises NoSuchSession."""
    found = ViewerCount.objects.filter(session=session, uuid=uuid).first()
    if found is None:
        raise NoSuchSession
    found.session = session
    return found


def pictures_in_use(ids: Sequence[int]) -> list[int]:
    """Return which of some files are pictures of schools."""
    rows = School.unscoped.filter(picture__in=ids).values_list("picture_id", flat=True)
    return [pk for pk in rows if pk is not None]
