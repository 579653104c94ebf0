"""Talks over the API: the same operations and the same permissions as the pages."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.activities.queries import activity_by_uuid
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.lectures import operations, queries
from sidan.lectures.enums import TalkState
from sidan.lectures.models import Lecturer, Talk
from sidan.lectures.permissions import require_desk
from sidan.lectures.schemas import (
    GiveIn,
    GivenOut,
    LecturerOut,
    LectureTask,
    MaterialIn,
    NewLecturerIn,
    NewTalkIn,
    PassedOnOut,
    PassOnIn,
    ReceiveIn,
    TalkIn,
    TalkOut,
    TalkPageOut,
    TalkStepIn,
    TalkVerb,
    WholeTalkOut,
)
from sidan.people.queries import resident_by_uuid
from sidan.places.models import Place
from sidan.places.queries import place_by_uuid

router = Router(tags=["lectures"])
PRESSED: Final[Mapping[str, Callable[..., Talk]]] = {
    "submit": operations.submit_talk,
    "publish": operations.publish_talk,
    "withdraw": operations.withdraw_talk,
    "drop": operations.drop_talk,
}


@router.get("", response=TalkPageOut, auth=None, summary="Talks that can be heard")
def list_talks(
    request: HttpRequest, place: UUID | None = None, task: LectureTask | None = None,
    q: Annotated[str, Query(max_length=60)] = "", cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 24,
) -> TalkPageOut:  # fmt: skip
    """What is published in a county, the newest first. Open to all."""
    chosen = queries.TalkFilter(text=q, task=task or "")
    rows = queries.published(near=_place(place) if place else None, chosen=chosen)
    page = keyset_page(rows=rows, sort="-id", cursor=cursor, limit=limit)
    return TalkPageOut(items=[TalkOut.of(one) for one in page.items], next_cursor=page.next_cursor)


@router.get("/lecturers", response=list[LecturerOut], auth=None, summary="Who lectures")
def list_lecturers(request: HttpRequest, place: UUID) -> list[LecturerOut]:
    """Who lectures in the county of a place, by name. Open to all: they have agreed to be named."""
    county_id = _place(place).county_id
    return [LecturerOut.of(one) for one in queries.lecturers_to_choose(county_id=county_id)]


@router.post("/lecturers", response={201: LecturerOut}, summary="Write down who lectures")
@decorate_view(idempotent)
def name_lecturer(request: HttpRequest, payload: NewLecturerIn) -> Status[LecturerOut]:
    """Write a resident of one's office down who lectures. `word_of_lecturer_needed`: they were not asked."""
    actor = _at_work(request)
    with office(public=False):
        person = resident_by_uuid(uuid=payload.person)
    made = operations.name_lecturer(
        actor=actor, at=now(), place=_place(payload.place), person=person, facts=payload.facts()
    )
    return Status(201, LecturerOut.of(made))


@router.post("/lecturers/{lecturer_id}/end", response=LecturerOut, summary="Somebody lectures no more")
@decorate_view(idempotent)
def end_lecturer(request: HttpRequest, lecturer_id: UUID) -> LecturerOut:
    """Write down that somebody lectures no more; what they gave stays."""
    actor = _at_work(request)
    with office(public=False):
        found = queries.lecturer_by_uuid(uuid=lecturer_id)
    return LecturerOut.of(operations.end_lecturer(actor=actor, at=now(), lecturer=found))


@router.post("/at/{activity_id}", response={201: GivenOut}, summary="Say which talk is given at an activity")
@decorate_view(idempotent)
def give_talk(request: HttpRequest, activity_id: UUID, payload: GiveIn) -> Status[GivenOut]:
    """Say that a published talk of the county is given at a lecture, a class or a training, and by whom."""
    actor = _at_work(request)
    activity = activity_by_uuid(uuid=activity_id)
    talk = queries.talk_by_uuid(uuid=payload.talk)
    who = _lecturer(payload.lecturer)
    made = operations.say_given(actor=actor, at=now(), activity=activity, talk=talk, lecturer=who)
    return Status(201, GivenOut.of(made))


@router.post(
    "/at/{activity_id}/{given_id}/take-off", response={204: None}, summary="Take a talk off an activity"
)
@decorate_view(idempotent)
def take_off(request: HttpRequest, activity_id: UUID, given_id: UUID) -> Status[None]:
    """Say that a talk is not given there after all."""
    actor = _at_work(request)
    row = queries.given_by_uuid(activity=activity_by_uuid(uuid=activity_id), uuid=given_id)
    operations.take_off(actor=actor, at=now(), given=row)
    return Status(204, None)


@router.post(
    "/passed-on/{passed_id}/read", response={204: None}, summary="A place has read a talk of the month"
)
@decorate_view(idempotent)
def receive(request: HttpRequest, passed_id: UUID, payload: ReceiveIn) -> Status[None]:
    """Say that a place of one's office has read what was passed on to it."""
    actor = _at_work(request)
    with office():
        passed = queries.passed_by_uuid(uuid=passed_id)
    operations.receive(actor=actor, at=now(), passed=passed, place=_place(payload.place))
    return Status(204, None)


@router.post("/passed-on/{passed_id}/take-back", response={204: None}, summary="Pass a talk on no more")
@decorate_view(idempotent)
def take_back_passed(request: HttpRequest, passed_id: UUID) -> Status[None]:
    """Pass a talk on no more; what places gave of it stays."""
    actor = _at_work(request)
    with office():
        passed = queries.passed_by_uuid(uuid=passed_id)
    operations.take_back_passed(actor=actor, at=now(), passed=passed)
    return Status(204, None)


@router.post("", response={201: TalkOut}, summary="Begin a talk")
@decorate_view(idempotent)
def draft_talk(request: HttpRequest, payload: NewTalkIn) -> Status[TalkOut]:
    """Begin a talk of a place whose talks one keeps."""
    made = operations.draft_talk(
        actor=_at_work(request), at=now(), place=_place(payload.place),
        facts=payload.facts(lecturer=_lecturer(payload.lecturer)),
    )  # fmt: skip
    return Status(201, TalkOut.of(made))


@router.get("/{talk_id}", response=WholeTalkOut, auth=None, summary="A talk that can be heard")
def read_talk(request: HttpRequest, talk_id: UUID) -> WholeTalkOut:
    """One published talk with its films, texts and leaflets. Open to all."""
    found = queries.talk_by_uuid(uuid=talk_id)
    if found.state != TalkState.PUBLISHED:
        raise NotFound
    return WholeTalkOut.whole(found, queries.materials_of(talk=found))


@router.put("/{talk_id}", response=TalkOut, summary="Change a draft")
@decorate_view(idempotent)
def edit_talk(request: HttpRequest, talk_id: UUID, payload: TalkIn) -> TalkOut:
    """Write a draft anew."""
    actor, found = _of_office(request, talk_id)
    facts = payload.facts(lecturer=_lecturer(payload.lecturer))
    return TalkOut.of(operations.edit_talk(actor=actor, at=now(), talk=found, facts=facts))


@router.post("/{talk_id}/materials", response=WholeTalkOut, summary="Put a film or a text to a draft")
@decorate_view(idempotent)
def add_material(request: HttpRequest, talk_id: UUID, payload: MaterialIn) -> WholeTalkOut:
    """Put a film, slides, a text or a leaflet to a draft, by its address."""
    actor, found = _of_office(request, talk_id)
    operations.add_material(actor=actor, at=now(), talk=found, new=payload.material())
    return WholeTalkOut.whole(found, queries.materials_of(talk=found))


@router.post(
    "/{talk_id}/materials/{material_id}/remove", response=WholeTalkOut, summary="Take a material off"
)
@decorate_view(idempotent)
def remove_material(request: HttpRequest, talk_id: UUID, material_id: UUID) -> WholeTalkOut:
    """Take a film, slides, a text or a leaflet off a draft."""
    actor, found = _of_office(request, talk_id)
    row = queries.material_by_uuid(talk=found, uuid=material_id)
    operations.remove_material(actor=actor, at=now(), talk=found, material=row)
    return WholeTalkOut.whole(found, queries.materials_of(talk=found))


@router.post("/{talk_id}/pass-on", response={201: PassedOnOut}, summary="Pass a talk on to the places below")
@decorate_view(idempotent)
def pass_on(request: HttpRequest, talk_id: UUID, payload: PassOnIn) -> Status[PassedOnOut]:
    """Pass a published talk on to every place below one's own, to be given in a month."""
    actor = _at_work(request)
    talk, place = queries.talk_by_uuid(uuid=talk_id), _place(payload.place)
    made = operations.pass_on(actor=actor, at=now(), talk=talk, place=place, month=payload.month)
    return Status(201, PassedOnOut(id=made.uuid, talk=talk.uuid, place=place.uuid, month=made.month))


@router.post("/{talk_id}/{verb}", response=TalkOut, summary="Take a step with a talk")
@decorate_view(idempotent)
def move_talk(request: HttpRequest, talk_id: UUID, verb: TalkVerb, payload: TalkStepIn) -> TalkOut:
    """Submit, publish, withdraw, drop; sending back says why in `words`."""
    actor, found = _of_office(request, talk_id)
    found.turn = payload.turn or found.turn
    if verb == "send-back":
        return TalkOut.of(operations.send_talk_back(actor=actor, at=now(), talk=found, words=payload.words))
    return TalkOut.of(PRESSED[verb](actor=actor, at=now(), talk=found))


def _at_work(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require_desk(actor=actor)
    return actor


def _of_office(request: HttpRequest, talk_id: UUID) -> tuple[Actor, Talk]:
    actor = _at_work(request)
    with office():
        found = queries.talk_by_uuid(uuid=talk_id)
    return actor, found


def _lecturer(uuid: UUID | None) -> Lecturer | None:
    return queries.lecturer_by_uuid(uuid=uuid) if uuid else None


def _place(uuid: UUID) -> Place:
    found = place_by_uuid(uuid=uuid)
    if found is None:
        raise NotFound
    return found
