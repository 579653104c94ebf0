"""The door of an activity over the API: the same operations and the same permissions as the pages."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from sidan.activities import operations, queries
from sidan.activities.api.naming import activity_of_ours
from sidan.activities.schemas.door import (
    ActivityMarkOut,
    CheckInIn,
    CountedOut,
    DoorOut,
    HandMarkIn,
    HeadCountIn,
    HeadCountOut,
    MarkWordIn,
    MarkWordOut,
    PresentOut,
    PresentPageOut,
    ScanIn,
)
from sidan.attendance.queries import mark_by_uuid
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.pages import office
from sidan.core.pagination import MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of

router = Router(tags=["activities"])
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]


@router.post("/{activity_id}/check-in", response=ActivityMarkOut, summary="I am here, or I go")
@decorate_view(idempotent)
def check_in(request: HttpRequest, activity_id: UUID, payload: CheckInIn) -> ActivityMarkOut:
    """By the digits that the door shows now, or by place with consent; done twice it is the same mark."""
    actor, found = actor_of(request), queries.activity_by_uuid(uuid=activity_id)
    if payload.reading:
        came = operations.check_self_by_place(
            actor=actor, at=now(), activity=found, reading=payload.reading.told(), direction=payload.way
        )
    else:
        came = operations.check_self(
            actor=actor, at=now(), activity=found, code=payload.code, direction=payload.way
        )
    return ActivityMarkOut.of(came)


@router.get("/{activity_id}/door", response=DoorOut, summary="What the screen at the door shows")
def read_door(request: HttpRequest, activity_id: UUID) -> DoorOut:
    """For the place: the digits change every half minute."""
    _actor, found = activity_of_ours(request, activity_id)
    digits = queries.spot_code(activity=found, at=now())
    here = request.build_absolute_uri(reverse("activities:here", args=[found.uuid]))
    return DoorOut(digits=digits, address=f"{here}?code={digits}")


@router.post("/{activity_id}/scan", response=ActivityMarkOut, summary="Write down whose code was read")
@decorate_view(idempotent)
def scan(request: HttpRequest, activity_id: UUID, payload: ScanIn) -> ActivityMarkOut:
    """For the place: the code on a person's own telephone; nobody reads their own."""
    actor, found = activity_of_ours(request, activity_id)
    return ActivityMarkOut.of(
        operations.scan(actor=actor, at=now(), activity=found, text=payload.text, direction=payload.way)
    )


@router.post("/{activity_id}/marks", response=ActivityMarkOut, summary="Write somebody down by hand")
@decorate_view(idempotent)
def mark_by_hand(request: HttpRequest, activity_id: UUID, payload: HandMarkIn) -> ActivityMarkOut:
    """For the place: with a reason; of who helps it counts once a second person has confirmed it."""
    actor, found = activity_of_ours(request, activity_id)
    with office(public=False):
        person = queries.person_at_door(activity=found, uuid=payload.person)
    return ActivityMarkOut.of(
        operations.mark_by_hand(
            actor=actor, at=now(), activity=found, person=person, reason=payload.reason, direction=payload.way,
            when=payload.when,
        )
    )  # fmt: skip


@router.post(
    "/{activity_id}/marks/{mark_id}/word", response=MarkWordOut, summary="Confirm a time, or deny it"
)
@decorate_view(idempotent)
def judge_mark(request: HttpRequest, activity_id: UUID, mark_id: UUID, payload: MarkWordIn) -> MarkWordOut:
    """For the place: neither whose time it is nor who wrote it down."""
    actor, found = activity_of_ours(request, activity_id)
    written = mark_by_uuid(uuid=mark_id)
    said = operations.judge_mark(
        actor=actor, at=now(), activity=found, written=written, is_right=payload.is_right
    )
    return MarkWordOut(id=written.uuid, is_right=said.is_right, said_at=said.said_at)


@router.get("/{activity_id}/came", response=PresentPageOut, summary="Who came")
def list_came(
    request: HttpRequest, activity_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> PresentPageOut:
    """For the place: the latest first."""
    _actor, found = activity_of_ours(request, activity_id)
    page = keyset_page(rows=queries.came_to(activity=found), sort="-came_key", cursor=cursor, limit=limit)
    return PresentPageOut(items=list(map(PresentOut.of, page.items)), next_cursor=page.next_cursor)


@router.get("/{activity_id}/counted", response=CountedOut, summary="How many came")
def read_counted(request: HttpRequest, activity_id: UUID) -> CountedOut:
    """For the place: those who were marked, and apart from them heads."""
    _actor, found = activity_of_ours(request, activity_id)
    return CountedOut.of(queries.attendance_of(activity=found), queries.head_counts(activity=found))


@router.post("/{activity_id}/heads", response={201: HeadCountOut}, summary="Keep how many were counted")
@decorate_view(idempotent)
def count_heads(request: HttpRequest, activity_id: UUID, payload: HeadCountIn) -> Status[HeadCountOut]:
    """For the place: the crowd that does not check in; or a count that was wrong, put right."""
    actor, found = activity_of_ours(request, activity_id)
    replaced = None
    if payload.instead_of:
        replaced = queries.head_count_by_uuid(activity=found, uuid=payload.instead_of)
    made = operations.count_heads(
        actor=actor, at=now(), activity=found, people=payload.people, when=payload.when, instead_of=replaced
    )
    return Status(201, HeadCountOut.of(made))
