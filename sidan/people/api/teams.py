"""Teams and their members over the API."""

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
from sidan.people.enums import TeamLevel, TeamState
from sidan.people.models import Team
from sidan.people.schemas import (
    MemberOut,
    NumberIn,
    PersonIn,
    PersonOut,
    ResidentIn,
    TeamEditIn,
    TeamIn,
    TeamOut,
    TeamPageOut,
)

router = Router(tags=["teams"])
persons_router = Router(tags=["persons"])


@router.get("", response=TeamPageOut, summary="Teams by name, kind, level, state and place")
def list_teams(
    request: HttpRequest,
    q: Words = "",
    state: TeamState | None = None,
    category: Words = "",
    level: TeamLevel | None = None,
    place: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> TeamPageOut:
    """Return teams by name; dissolved ones only when asked for. Who comes to help is public, members are not."""
    actor_of(request)
    wanted = queries.TeamFilter(
        query=q, state=state or "", category=category, level=level or "",
        place_id=place_of(place).pk if place else None,
    )  # fmt: skip
    page = queries.team_page_of(rows=queries.public_teams(wanted=wanted), cursor=cursor, limit=limit)
    return TeamPageOut(items=[TeamOut.of(team) for team in page.items], next_cursor=page.next_cursor)


@router.post("", response={201: TeamOut}, summary="Found a team")
@decorate_view(idempotent)
def create_team(request: HttpRequest, payload: TeamIn) -> Status[TeamOut]:
    """Found a team at a place one manages."""
    team = operations.create_team(
        actor=actor_of(request), at=now(), place_id=place_of(payload.place_id).pk, category_code=payload.category,
        parent_uuid=payload.parent_id, **payload.model_dump(include={"name", "name_en", "level", "about"}),
    )  # fmt: skip
    return Status(201, TeamOut.of(team))


@router.get("/{uuid:team_id}", response=TeamOut, summary="One team")
def get_team(request: HttpRequest, team_id: UUID) -> TeamOut:
    """Return what everybody may know of a team."""
    actor_of(request)
    return TeamOut.of(_found(team_id))


@router.put("/{uuid:team_id}", response=TeamOut, summary="Change a team's name, kind, level, words")
def edit_team(request: HttpRequest, team_id: UUID, payload: TeamEditIn) -> TeamOut:
    """Replace what a team says of itself, and the team it stands under."""
    operations.edit_team(
        actor=actor_of(request), at=now(), uuid=team_id, category_code=payload.category,
        parent_uuid=payload.parent_id, **payload.model_dump(include={"name", "name_en", "level", "about"}),
    )  # fmt: skip
    return TeamOut.of(_found(team_id))


@router.get("/{uuid:team_id}/members", response=list[MemberOut], summary="The members of a team")
def list_members(request: HttpRequest, team_id: UUID) -> list[MemberOut]:
    """Return the present members, to members and to staff of the place."""
    actor, team = actor_of(request), _found(team_id)
    if team.pk not in actor.team_ids:
        permissions.require_running_team(actor=actor, team=team)
    return [MemberOut.of(member) for member in queries.members_of(team_id=team.pk)]


@router.post("/{uuid:team_id}/members", response={201: MemberOut}, summary="Take a volunteer in")
def add_member(request: HttpRequest, team_id: UUID, payload: PersonIn) -> Status[MemberOut]:
    """Take in a volunteer one may see."""
    member = operations.add_member(
        actor=actor_of(request), at=now(), uuid=team_id, person_uuid=payload.person_id
    )
    return Status(201, MemberOut.of(member))


@router.post(
    "/{uuid:team_id}/members/by-number", response={201: MemberOut}, summary="Take a volunteer in by number"
)
def add_member_by_number(request: HttpRequest, team_id: UUID, payload: NumberIn) -> Status[MemberOut]:
    """Take in a volunteer who told the leader their number."""
    member = operations.add_member_by_number(
        actor=actor_of(request), at=now(), uuid=team_id, number=payload.number
    )
    return Status(201, MemberOut.of(member))


@router.delete("/{uuid:team_id}/members/{uuid:person_id}", response={204: None}, summary="End a membership")
def remove_member(request: HttpRequest, team_id: UUID, person_id: UUID) -> Status[None]:
    """End a membership; that it was stays on record."""
    operations.remove_member(actor=actor_of(request), at=now(), uuid=team_id, person_uuid=person_id)
    return Status(204, None)


@router.put("/{uuid:team_id}/leader", response=TeamOut, summary="Name the leader")
def set_leader(request: HttpRequest, team_id: UUID, payload: PersonIn) -> TeamOut:
    """Name who speaks for a team."""
    operations.set_leader(actor=actor_of(request), at=now(), uuid=team_id, person_uuid=payload.person_id)
    return TeamOut.of(_found(team_id))


@router.post("/{uuid:team_id}/pause", response=TeamOut, summary="Let a team rest")
def pause_team(request: HttpRequest, team_id: UUID) -> TeamOut:
    """Offer a team no orders for a while."""
    return _step(request, team_id, operations.pause_team)


@router.post("/{uuid:team_id}/resume", response=TeamOut, summary="Let a resting team work again")
def resume_team(request: HttpRequest, team_id: UUID) -> TeamOut:
    """Offer a team orders again."""
    return _step(request, team_id, operations.resume_team)


@router.post("/{uuid:team_id}/dissolve", response=TeamOut, summary="Dissolve a team")
def dissolve_team(request: HttpRequest, team_id: UUID) -> TeamOut:
    """End a team and its memberships."""
    return _step(request, team_id, operations.dissolve_team)


@persons_router.get("", response=list[PersonOut], summary="Persons by name, to choose from")
def find_persons(request: HttpRequest, q: Words) -> list[PersonOut]:
    """Return at most twenty persons of one's own subtree by name, pinyin or initials."""
    permissions.require_team_work(actor=actor_of(request))
    return [PersonOut.of(person) for person in queries.persons_named(query=q)]


@persons_router.post("", response={201: PersonOut}, summary="Write down a resident who is new")
@decorate_view(idempotent)
def write_down_resident(request: HttpRequest, payload: ResidentIn) -> Status[PersonOut]:
    """Return the resident with this name and telephone, written down now if they are not yet."""
    person = operations.write_down_resident(
        actor=actor_of(request), at=now(), name=payload.name, phone=payload.phone,
        home_place_id=place_of(payload.place_id).pk, address=payload.address,
    )  # fmt: skip
    return Status(201, PersonOut.of(person))


def _step(request: HttpRequest, team_id: UUID, door: Callable[..., Team]) -> TeamOut:
    door(actor=actor_of(request), at=now(), uuid=team_id)
    return TeamOut.of(_found(team_id))


def _found(team_id: UUID) -> Team:
    team = queries.team_by_uuid(uuid=team_id)
    if team is None:
        raise NotFound
    return team
