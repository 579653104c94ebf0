"""Evening schools over the API: the same operations and the same permissions as the pages."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.activities.queries import activity_by_uuid, leads_to_choose
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.people.models import Person
from sidan.people.queries import person_of, resident_by_uuid
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid
from sidan.schools import operations, queries
from sidan.schools.models import School, Session
from sidan.schools.permissions import NoSuchPupil, NoSuchSession, require_desk, require_keeper
from sidan.schools.schemas import (
    AddressIn,
    AttendedOut,
    CorrectViewersIn,
    HaveClassIn,
    NewSchoolIn,
    PupilIn,
    PupilOut,
    SchoolIn,
    SchoolOut,
    SchoolPageOut,
    SchoolSeriesOut,
    SchoolStepIn,
    SessionOut,
    SubjectCode,
    ViewerCountOut,
    ViewersIn,
    WithItOut,
)

router = Router(tags=["schools"])
WORDS: Final[Mapping[str, Callable[..., object]]] = {
    "right": operations.confirm_viewers,
    "wrong": operations.deny_viewers,
}


@router.get("", response=SchoolPageOut, auth=None, summary="Evening schools")
def list_schools(
    request: HttpRequest, place: UUID | None = None, subject: SubjectCode | None = None,
    q: Annotated[str, Query(max_length=60)] = "", cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 24,
) -> SchoolPageOut:  # fmt: skip
    """The schools that hold classes, of a place and all below it where one is named. Open to all."""
    chosen = queries.SchoolFilter(text=q, subject=subject or "", place_id=_place(place).pk if place else None)
    rows = queries.public_schools(near=None, chosen=chosen)
    page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
    return SchoolPageOut(items=[SchoolOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.get("/mine", response=list[SchoolOut], summary="One's own schools")
def list_mine(request: HttpRequest) -> list[SchoolOut]:
    """The schools to which one belongs, by name."""
    person = person_of(actor_of(request))
    return [SchoolOut.of(one) for one in queries.own_schools(person_id=person.pk)]


@router.post("", response={201: SchoolOut}, summary="Found a school")
@decorate_view(idempotent)
def found_school(request: HttpRequest, payload: NewSchoolIn) -> Status[SchoolOut]:
    """Found a school of a place whose schools one keeps. `school_name_taken`: another one there is called so."""
    actor = _at_work(request)
    facts = payload.facts(head=_head(actor, payload.head))
    made = operations.found_school(actor=actor, at=now(), place=_place(payload.place), facts=facts)
    return Status(201, SchoolOut.of(made))


@router.post("/at/{activity_id}", response={201: SessionOut}, summary="Say which school has a class")
@decorate_view(idempotent)
def have_class(request: HttpRequest, activity_id: UUID, payload: HaveClassIn) -> Status[SessionOut]:
    """Say that a school has a class of its county, and how. `class_room_taken`: the room is another school's."""
    actor = _at_work(request)
    activity, school = activity_by_uuid(uuid=activity_id), queries.school_by_uuid(uuid=payload.school)
    made = operations.have_class(actor=actor, at=now(), activity=activity, school=school, held=payload.held())
    return Status(201, SessionOut.of(made))


@router.post(
    "/at/{activity_id}/series",
    response=SchoolSeriesOut,
    summary="Say which school has all classes of a series",
)
@decorate_view(idempotent)
def have_series(request: HttpRequest, activity_id: UUID, payload: HaveClassIn) -> SchoolSeriesOut:
    """Let a school have every class of the series of one: those ahead, and all that are made later."""
    actor = _at_work(request)
    activity, school = activity_by_uuid(uuid=activity_id), queries.school_by_uuid(uuid=payload.school)
    held = payload.held()
    return SchoolSeriesOut(
        ahead=operations.have_series(actor=actor, at=now(), activity=activity, school=school, held=held)
    )


@router.post(
    "/at/{activity_id}/series/{school_id}/end", response={204: None}, summary="A school has a series no more"
)
@decorate_view(idempotent)
def end_series(request: HttpRequest, activity_id: UUID, school_id: UUID) -> Status[None]:
    """Let a school have what is made from now on no more; what it has stays."""
    actor, activity = _at_work(request), activity_by_uuid(uuid=activity_id)
    told = queries.schools_of_series(recurring=activity.series) if activity.series else []
    row = next((one for one in told if one.school.uuid == school_id), None)
    if row is None:
        raise NoSuchSession
    operations.end_series(actor=actor, at=now(), told=row)
    return Status(204, None)


@router.get("/classes/{class_id}", response=AttendedOut, summary="Who was with a class")
def read_class(request: HttpRequest, class_id: UUID) -> AttendedOut:
    """How many were with a class of a school that one keeps: in the room, online, viewers."""
    _actor, found = _class_of_ours(request, class_id)
    return AttendedOut.told(queries.attended(sessions=[found])[0])


@router.post(
    "/classes/{class_id}/with-it", response={201: WithItOut}, summary="Say that one was with a class"
)
@decorate_view(idempotent)
def say_with_it(request: HttpRequest, class_id: UUID) -> Status[WithItOut]:
    """Say as a pupil that one was with a class from afar, once, while it is open. It makes no hours of service."""
    actor, found = actor_of(request), queries.session_by_uuid(uuid=class_id)
    made = operations.say_with_it(actor=actor, at=now(), session=found)
    return Status(201, WithItOut(id=made.uuid, activity=found.activity.uuid))


@router.post("/classes/{class_id}/address", response=SessionOut, summary="Say where a film or a video is")
@decorate_view(idempotent)
def put_address(request: HttpRequest, class_id: UUID, payload: AddressIn) -> SessionOut:
    """Say where the film or the video of a class is, also after it."""
    actor, found = _class_of_ours(request, class_id)
    address = str(payload.address) if payload.address else ""
    return SessionOut.of(operations.put_address(actor=actor, at=now(), session=found, address=address))


@router.post(
    "/classes/{class_id}/take-off", response={204: None}, summary="A school does not have a class after all"
)
@decorate_view(idempotent)
def take_off(request: HttpRequest, class_id: UUID) -> Status[None]:
    """Say that a school does not have a class after all; not once pupils said that they were with it."""
    actor, found = _class_of_ours(request, class_id)
    operations.take_class_off(actor=actor, at=now(), session=found)
    return Status(204, None)


@router.post(
    "/classes/{class_id}/viewers", response={201: ViewerCountOut}, summary="Write down viewers of a class"
)
@decorate_view(idempotent)
def count_viewers(request: HttpRequest, class_id: UUID, payload: ViewersIn) -> Status[ViewerCountOut]:
    """Write down how many watched on a day; it counts once a second person calls it right."""
    actor, found = _class_of_ours(request, class_id)
    made = operations.count_viewers(actor=actor, at=now(), session=found, viewers=payload.viewers())
    return Status(201, ViewerCountOut.of(made))


@router.post(
    "/classes/{class_id}/viewers/{count_id}/correct",
    response={201: ViewerCountOut},
    summary="Correct viewers of a class",
)
@decorate_view(idempotent)
def correct_viewers(
    request: HttpRequest, class_id: UUID, count_id: UUID, payload: CorrectViewersIn
) -> Status[ViewerCountOut]:
    """Let another number stand instead: it waits for a second person anew."""
    actor, found = _class_of_ours(request, class_id)
    row = queries.count_by_uuid(session=found, uuid=count_id)
    made = operations.correct_viewers(actor=actor, at=now(), count=row, people=payload.people)
    return Status(201, ViewerCountOut.of(made))


@router.post(
    "/classes/{class_id}/viewers/{count_id}/{word}",
    response={204: None},
    summary="Give one's word on a number of viewers",
)
@decorate_view(idempotent)
def give_word(
    request: HttpRequest, class_id: UUID, count_id: UUID, word: Literal["right", "wrong"]
) -> Status[None]:
    """Call a number that somebody else wrote down right or wrong."""
    actor, found = _class_of_ours(request, class_id)
    WORDS[word](actor=actor, at=now(), count=queries.count_by_uuid(session=found, uuid=count_id))
    return Status(204, None)


@router.get("/{school_id}", response=SchoolOut, auth=None, summary="An evening school")
def read_school(request: HttpRequest, school_id: UUID) -> SchoolOut:
    """One school. Open to all."""
    return SchoolOut.of(queries.school_by_uuid(uuid=school_id))


@router.put("/{school_id}", response=SchoolOut, summary="Change a school")
@decorate_view(idempotent)
def edit_school(request: HttpRequest, school_id: UUID, payload: SchoolIn) -> SchoolOut:
    """Write a school anew; who runs it stays where nobody is named."""
    actor, found = _of_office(request, school_id)
    found.turn = payload.turn or found.turn
    facts = payload.facts(head=_head(actor, payload.head))
    return SchoolOut.of(operations.edit_school(actor=actor, at=now(), school=found, facts=facts))


@router.post("/{school_id}/close", response=SchoolOut, summary="Close a school")
@decorate_view(idempotent)
def close_school(request: HttpRequest, school_id: UUID, payload: SchoolStepIn) -> SchoolOut:
    """Close a school and say why in `words`; its pupils are told."""
    actor, found = _of_office(request, school_id)
    found.turn = payload.turn or found.turn
    return SchoolOut.of(operations.close_school(actor=actor, at=now(), school=found, words=payload.words))


@router.post("/{school_id}/reopen", response=SchoolOut, summary="Open a school again")
@decorate_view(idempotent)
def reopen_school(request: HttpRequest, school_id: UUID, payload: SchoolStepIn) -> SchoolOut:
    """Open a school again; its pupils are told."""
    actor, found = _of_office(request, school_id)
    found.turn = payload.turn or found.turn
    return SchoolOut.of(operations.reopen_school(actor=actor, at=now(), school=found))


@router.post("/{school_id}/join", response={201: PupilOut}, summary="Join a school")
@decorate_view(idempotent)
def join(request: HttpRequest, school_id: UUID) -> Status[PupilOut]:
    """Join a school oneself."""
    found = queries.school_by_uuid(uuid=school_id)
    return Status(201, PupilOut.of(operations.join(actor=actor_of(request), at=now(), school=found)))


@router.post("/{school_id}/leave", response=PupilOut, summary="Leave a school")
@decorate_view(idempotent)
def leave(request: HttpRequest, school_id: UUID) -> PupilOut:
    """Leave a school oneself; what one attended stays."""
    actor = actor_of(request)
    pupil = queries.own_pupil(actor=actor, school=queries.school_by_uuid(uuid=school_id))
    if pupil is None:
        raise NoSuchPupil
    return PupilOut.of(operations.leave(actor=actor, at=now(), pupil=pupil))


@router.post("/{school_id}/pupils", response={201: PupilOut}, summary="Write a pupil down")
@decorate_view(idempotent)
def write_down(request: HttpRequest, school_id: UUID, payload: PupilIn) -> Status[PupilOut]:
    """Write down that a resident of one's office joins who has no telephone."""
    actor, found = _of_office(request, school_id)
    with office(public=False):
        person = resident_by_uuid(uuid=payload.person)
    return Status(201, PupilOut.of(operations.write_down(actor=actor, at=now(), school=found, person=person)))


@router.post("/{school_id}/pupils/{pupil_id}/end", response=PupilOut, summary="A pupil has left")
@decorate_view(idempotent)
def end_pupil(request: HttpRequest, school_id: UUID, pupil_id: UUID) -> PupilOut:
    """Write down that somebody left; what they attended stays."""
    actor, found = _of_office(request, school_id)
    require_keeper(actor, found)
    with office(public=False):
        row = queries.pupil_by_uuid(school=found, uuid=pupil_id)
    return PupilOut.of(operations.leave(actor=actor, at=now(), pupil=row))


def _at_work(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require_desk(actor=actor)
    return actor


def _of_office(request: HttpRequest, school_id: UUID) -> tuple[Actor, School]:
    actor = _at_work(request)
    with office(public=False):
        found = queries.school_by_uuid(uuid=school_id)
    return actor, found


def _class_of_ours(request: HttpRequest, class_id: UUID) -> tuple[Actor, Session]:
    actor, found = _at_work(request), queries.session_by_uuid(uuid=class_id)
    require_keeper(actor, found.school)
    return actor, found


def _head(actor: Actor, uuid: UUID | None) -> Person | None:
    """Return who is named to run a school, of those whom the page would offer, too. Raises NotFound."""
    if uuid is None:
        return None
    found = next((one for one in leads_to_choose(actor=actor) if one.uuid == uuid), None)
    if found is None:
        raise NotFound
    return found


def _place(uuid: UUID) -> Place:
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found
