"""The roll of volunteers over the API, for staff of its place."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from ninja.decorators import decorate_view

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.idempotency import idempotent
from sidan.core.pagination import DEFAULT_LIMIT
from sidan.core.requests import actor_of
from sidan.people import operations, permissions, queries
from sidan.people.api.shared import Cursor, Limit, Words, place_of
from sidan.people.enums import Skill, VolunteerState
from sidan.people.models import Volunteer
from sidan.people.schemas import OfferIn, PhoneOut, VolunteerIn, VolunteerOut, VolunteerPageOut

router = Router(tags=["volunteers"])


@router.get(
    "", response=VolunteerPageOut, summary="Volunteers by name, number, phone, state, skill and place"
)
def list_volunteers(
    request: HttpRequest,
    q: Words = "",
    state: VolunteerState | None = None,
    skill: Skill | None = None,
    place: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> VolunteerPageOut:
    """Return the volunteers of one's own subtree, newest first; those who left only when asked for."""
    permissions.require_people_role(actor=actor_of(request))
    wanted = queries.VolunteerFilter(
        query=q, state=state or "", skill=skill or "", place_id=place_of(place).pk if place else None
    )
    page = queries.volunteer_page_of(wanted=wanted, cursor=cursor, limit=limit)
    return VolunteerPageOut(items=[VolunteerOut.of(row) for row in page.items], next_cursor=page.next_cursor)


@router.post("", response={201: VolunteerOut}, summary="Enter a volunteer who agrees to it")
@decorate_view(idempotent)
def register_volunteer(request: HttpRequest, payload: VolunteerIn) -> Status[VolunteerOut]:
    """Enter a volunteer: active when a manager does it, applied when a practitioner does."""
    given = payload.model_dump(exclude={"place_id"})
    volunteer = operations.register_volunteer(
        actor=actor_of(request), at=now(), place_id=place_of(payload.place_id).pk, **given
    )
    return Status(201, VolunteerOut.of(volunteer))


@router.get("/{uuid:volunteer_id}", response=VolunteerOut, summary="One volunteer")
def get_volunteer(request: HttpRequest, volunteer_id: UUID) -> VolunteerOut:
    """Return a volunteer of one's own subtree."""
    permissions.require_people_role(actor=actor_of(request))
    return _told(volunteer_id)


@router.put("/{uuid:volunteer_id}", response=VolunteerOut, summary="Change place, skills and free time")
def edit_volunteer(request: HttpRequest, volunteer_id: UUID, payload: OfferIn) -> VolunteerOut:
    """Replace what a volunteer offers."""
    operations.edit_volunteer(
        actor=actor_of(request), at=now(), uuid=volunteer_id, place_id=place_of(payload.place_id).pk,
        skills=payload.skills, free_time=payload.free_time,
    )  # fmt: skip
    return _told(volunteer_id)


@router.post("/{uuid:volunteer_id}/approve", response=VolunteerOut, summary="Take an applicant in")
def approve_volunteer(request: HttpRequest, volunteer_id: UUID) -> VolunteerOut:
    """Approve an application."""
    return _step(request, volunteer_id, operations.approve_volunteer)


@router.post("/{uuid:volunteer_id}/pause", response=VolunteerOut, summary="Let a volunteer rest")
def pause_volunteer(request: HttpRequest, volunteer_id: UUID) -> VolunteerOut:
    """Let a volunteer rest."""
    return _step(request, volunteer_id, operations.pause_volunteer)


@router.post(
    "/{uuid:volunteer_id}/resume", response=VolunteerOut, summary="Let a resting volunteer serve again"
)
def resume_volunteer(request: HttpRequest, volunteer_id: UUID) -> VolunteerOut:
    """End a rest."""
    return _step(request, volunteer_id, operations.resume_volunteer)


@router.post("/{uuid:volunteer_id}/leave", response=VolunteerOut, summary="Take a volunteer off the roll")
def leave(request: HttpRequest, volunteer_id: UUID) -> VolunteerOut:
    """End a registration; what was done stays on record."""
    return _step(request, volunteer_id, operations.leave_as_volunteer)


@router.post(
    "/{uuid:volunteer_id}/phone", response=PhoneOut, summary="See the whole phone; the look is on record"
)
def reveal_phone(request: HttpRequest, volunteer_id: UUID) -> PhoneOut:
    """Return the contact phone."""
    phone = operations.reveal_volunteer_phone(actor=actor_of(request), at=now(), uuid=volunteer_id)
    return PhoneOut(phone=phone)


def _step(request: HttpRequest, volunteer_id: UUID, door: Callable[..., Volunteer]) -> VolunteerOut:
    door(actor=actor_of(request), at=now(), uuid=volunteer_id)
    return _told(volunteer_id)


def _told(volunteer_id: UUID) -> VolunteerOut:
    volunteer = queries.volunteer_by_uuid(uuid=volunteer_id)
    if volunteer is None:
        raise NotFound
    return VolunteerOut.of(volunteer)
