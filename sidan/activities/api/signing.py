"""Posts and signing up over the API: the same operations and the same permissions as the pages."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.activities import operations, queries
from sidan.activities.api.naming import activity_of_ours
from sidan.activities.models import Enrolment
from sidan.activities.permissions import NoSuchEnrolment, require_desk, require_running
from sidan.activities.schemas.signing import (
    EnrolForIn,
    EnrolIn,
    EnrolmentOut,
    EnrolmentPageOut,
    EnrolmentWordsIn,
    EntryIn,
    EntryOut,
    PeopleChip,
    PostIn,
    PostOut,
    ShiftIn,
)
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of
from sidan.people.queries import resident_by_uuid

posts_router = Router(tags=["activities"])
router = Router(tags=["activities"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
OwnVerb = Literal["withdraw", "answer"]
OfficeVerb = Literal["off", "refuse", "miss", "uphold", "excuse"]
OWN: Final[Mapping[str, Callable[..., Enrolment]]] = {
    "withdraw": operations.withdraw,
    "answer": operations.answer_absence,
}
OFFICE: Final[Mapping[str, Callable[..., Enrolment]]] = {
    "off": operations.withdraw,
    "refuse": operations.refuse_enrolment,
    "miss": operations.miss_enrolment,
    "uphold": operations.uphold_absence,
    "excuse": operations.excuse_enrolment,
}


@posts_router.get(
    "/{activity_id}/posts", response=list[PostOut], auth=None, summary="What one can sign up for"
)
def list_posts(request: HttpRequest, activity_id: UUID) -> list[PostOut]:
    """The posts of an activity that is announced, with the places left. Open to all."""
    found = queries.activity_by_uuid(uuid=activity_id)
    return [PostOut.of(post) for post in queries.posts_of(activity=found)]


@posts_router.post("/{activity_id}/posts", response={201: PostOut}, summary="Add a post")
@decorate_view(idempotent)
def add_post(request: HttpRequest, activity_id: UUID, payload: PostIn) -> Status[PostOut]:
    """One more thing to sign up for."""
    actor, found = activity_of_ours(request, activity_id)
    return Status(
        201,
        PostOut.of(operations.add_post(actor=actor, at=now(), activity=found, plan=payload.plan())),
    )


@posts_router.put("/{activity_id}/posts/{post_id}", response=PostOut, summary="Write a post anew")
@decorate_view(idempotent)
def change_post(request: HttpRequest, activity_id: UUID, post_id: UUID, payload: PostIn) -> PostOut:
    """With more places the line moves up."""
    actor, found = activity_of_ours(request, activity_id)
    post = queries.post_by_uuid(activity=found, uuid=post_id)
    return PostOut.of(operations.change_post(actor=actor, at=now(), post=post, plan=payload.plan()))


@posts_router.post("/{activity_id}/posts/{post_id}/remove", response={204: None}, summary="Take a post away")
@decorate_view(idempotent)
def remove_post(request: HttpRequest, activity_id: UUID, post_id: UUID) -> Status[None]:
    """Only where nobody has ever signed up for it."""
    actor, found = activity_of_ours(request, activity_id)
    operations.remove_post(actor=actor, at=now(), post=queries.post_by_uuid(activity=found, uuid=post_id))
    return Status(204, None)


@posts_router.put("/{activity_id}/entry", response=EntryOut, summary="Say who may sign up")
@decorate_view(idempotent)
def set_entry(request: HttpRequest, activity_id: UUID, payload: EntryIn) -> EntryOut:
    """Everybody, who knows a code, or only whom the place writes down; and until when."""
    actor, found = activity_of_ours(request, activity_id)
    return EntryOut.of(operations.set_entry(actor=actor, at=now(), activity=found, plan=payload.plan()))


@posts_router.post("/{activity_id}/posts/{post_id}/enrol", response={201: EnrolmentOut}, summary="Sign up")
@decorate_view(idempotent)
def enrol(request: HttpRequest, activity_id: UUID, post_id: UUID, payload: EnrolIn) -> Status[EnrolmentOut]:
    """Oneself, or by name somebody of one's family; in line where all places are taken."""
    actor = actor_of(request)
    post = queries.post_by_uuid(activity=queries.activity_by_uuid(uuid=activity_id), uuid=post_id)
    answers = payload.answers()
    if payload.name:
        made = operations.enrol_relative(actor=actor, at=now(), post=post, name=payload.name, answers=answers)
    else:
        made = operations.enrol(actor=actor, at=now(), post=post, answers=answers)
    return Status(201, EnrolmentOut.of(made))


@posts_router.post(
    "/{activity_id}/posts/{post_id}/enrol-for", response={201: EnrolmentOut}, summary="Write somebody down"
)
@decorate_view(idempotent)
def enrol_for(
    request: HttpRequest, activity_id: UUID, post_id: UUID, payload: EnrolForIn
) -> Status[EnrolmentOut]:
    """For the place: somebody who called or came by."""
    actor, found = activity_of_ours(request, activity_id)
    post = queries.post_by_uuid(activity=found, uuid=post_id)
    with office(public=False):
        person = resident_by_uuid(uuid=payload.person)
    answers = operations.Answers(words=payload.words)
    made = operations.enrol_for(actor=actor, at=now(), post=post, person=person, answers=answers)
    return Status(201, EnrolmentOut.of(made))


@posts_router.get("/{activity_id}/enrolments", response=EnrolmentPageOut, summary="Who comes")
def list_people(
    request: HttpRequest, activity_id: UUID, chip: PeopleChip = "", cursor: Cursor = None, limit: Limit = 50
) -> EnrolmentPageOut:
    """For the place: who has a place and who waits, in the order of the line."""
    _actor, found = activity_of_ours(request, activity_id)
    with office(public=False):
        rows = queries.people_of(activity=found, chosen=queries.PeopleFilter(chip=chip))
        page = keyset_page(rows=rows, sort="ticket", cursor=cursor, limit=limit)
    return EnrolmentPageOut(items=list(map(EnrolmentOut.of, page.items)), next_cursor=page.next_cursor)


@router.get("", response=EnrolmentPageOut, summary="To what I come")
def list_mine(request: HttpRequest, cursor: Cursor = None, limit: Limit = 24) -> EnrolmentPageOut:
    """One's own and one's family's, what is furthest ahead first."""
    rows = queries.my_enrolments(actor=actor_of(request))
    page = keyset_page(rows=rows, sort="-begins_key", cursor=cursor, limit=limit)
    return EnrolmentPageOut(items=list(map(EnrolmentOut.of, page.items)), next_cursor=page.next_cursor)


@router.get("/{enrolment_id}", response=EnrolmentOut, summary="One of them")
def read_enrolment(request: HttpRequest, enrolment_id: UUID) -> EnrolmentOut:
    """One's own, one's family's, or for the place any of its own."""
    actor = actor_of(request)
    try:
        return EnrolmentOut.of(queries.own_enrolment(actor=actor, uuid=enrolment_id))
    except NoSuchEnrolment:
        return EnrolmentOut.of(_one_of_ours(request, enrolment_id)[1])


@router.post("/{enrolment_id}/shift", response=EnrolmentOut, summary="Give another post")
@decorate_view(idempotent)
def shift(request: HttpRequest, enrolment_id: UUID, payload: ShiftIn) -> EnrolmentOut:
    """For the place: where a place is free at the other post."""
    actor, found = _one_of_ours(request, enrolment_id)
    post = queries.post_by_uuid(activity=found.activity, uuid=payload.post)
    return EnrolmentOut.of(operations.shift_enrolment(actor=actor, at=now(), enrolment=found, post=post))


@router.post("/{enrolment_id}/mine/{verb}", response=EnrolmentOut, summary="Sign off, or answer")
@decorate_view(idempotent)
def move_mine(
    request: HttpRequest, enrolment_id: UUID, verb: OwnVerb, payload: EnrolmentWordsIn
) -> EnrolmentOut:
    """Sign oneself or one's family off; answer, with words, that one was said not to have been there."""
    actor = actor_of(request)
    found = queries.own_enrolment(actor=actor, uuid=enrolment_id)
    return EnrolmentOut.of(OWN[verb](actor=actor, at=now(), enrolment=found, words=payload.words))


@router.post("/{enrolment_id}/{verb}", response=EnrolmentOut, summary="Decide about who comes")
@decorate_view(idempotent)
def move_theirs(
    request: HttpRequest, enrolment_id: UUID, verb: OfficeVerb, payload: EnrolmentWordsIn
) -> EnrolmentOut:
    """For the place: refusing, writing an absence down, upholding it take words that say why; the others need none."""
    actor, found = _one_of_ours(request, enrolment_id)
    return EnrolmentOut.of(OFFICE[verb](actor=actor, at=now(), enrolment=found, words=payload.words))


def _one_of_ours(request: HttpRequest, enrolment_id: UUID) -> tuple[Actor, Enrolment]:
    actor = actor_of(request)
    require_desk(actor=actor)
    with office(public=False):
        found = queries.enrolment_by_uuid(uuid=enrolment_id)
    activity = found.activity
    require_running(actor=actor, place_id=activity.place_id, county_id=activity.county_id)
    return actor, found
